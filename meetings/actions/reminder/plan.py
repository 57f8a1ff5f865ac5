"""What a scan has to do: for each thing in range, the steps to send and those that were missed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from actors.models import Invitation, Job, Notice, NoticeStatus, Role
from meetings.actions.reminder.coming import Coming, Planned, Source, Thing
from meetings.actions.reminder.duties import Duties
from meetings.actions.reminder.gatherings import Gatherings
from meetings.actions.reminder.in_force import (
    INVITER,
    InForce,
    rules_in_force,
    spans_of,
    with_former,
)
from meetings.actions.reminder.invitations import Invitations
from meetings.models import Meeting, Obligation
from meetings.rules.reminder import Period, sendings, window_start

SOURCES: tuple[Source, ...] = (Duties(), Gatherings(), Invitations())
JOB = "reminders"
# Things looked at together: enough that the queries of a page are few for each of them.
PAGE = 1000


@dataclass(frozen=True)
class ToWrite:
    """A notice that does not exist yet, or one that was stopped and is needed after all."""

    planned: Planned
    role: Role
    stopped: int | None = None


def pages_to_write(now: datetime, *, size: int = PAGE) -> Iterator[tuple[Source, list[ToWrite]]]:
    """What is to be written at `now` (aware), page by page; reads only.

    Nothing on days that are no working days in the programme's calendar.
    """
    today, since = timezone.localdate(now), last_scan()
    rules = [each for each in rules_in_force() if each.calendar.is_workday(today)]
    periods = {
        each.rule.pk: Period(window_start(today, each.calendar), today, since) for each in rules
    }
    rules = with_former(rules, min((each.earliest for each in periods.values()), default=today))
    by_pk = defaultdict(list)
    for each in rules:
        by_pk[each.rule.pk].append(each)
    for source in SOURCES:
        own = [each for each in rules if source.concerns(each)]
        spans = spans_of(own, lambda each: periods[each.rule.pk].earliest, today)
        for things in source.pages(own, spans, today, size):
            planned = [
                each
                for thing in things
                for of in by_pk[thing.rule]
                for each in planned_for(thing, of, periods[thing.rule])
            ]
            yield source, _not_written(source, planned, today)


def last_scan() -> date | None:
    """The local day of the last scan that went well; None before the first."""
    ok_at = Job.objects.filter(name=JOB).values_list("ok_at", flat=True).first()
    return timezone.localdate(ok_at) if ok_at else None


def planned_for(thing: Thing, of: InForce, period: Period) -> Iterator[Planned]:
    """The steps of one thing that are to be sent or told as missed."""
    rule = of.rule
    for each in sendings(of.steps, thing.due, rule.unit, of.calendar, period, thing.born):
        office = of.office(each.step, thing.office)
        too_late = thing.until is not None and thing.until < period.last and not each.missed
        if office is not None and of.holds(each.day) and not too_late:
            yield Planned(thing, of, each, office)


def coming_of(source: Source, planned: Iterable[tuple[Planned, list[Role]]]) -> Iterator[Coming]:
    """What is planned, with what it is about and the roles of each office."""
    each = list(planned)
    about = source.load({one.thing.pk for one, _ in each})
    for one, roles in each:
        thing: Obligation | Meeting | Invitation = about[one.thing.pk]
        for office, holders in _by_office(one.office, roles).items():
            yield Coming(one.sending.day, one.of.rule, one.step, office, thing, holders)


def _by_office(office: str, roles: list[Role]) -> dict[str, list[Role]]:
    """The roles of the office; of those who are invited or did the inviting, of each of theirs."""
    if office not in ("", INVITER):
        return {office: roles}
    found: dict[str, list[Role]] = {}
    for role in roles:
        found.setdefault(role.kind, []).append(role)
    return found


def _not_written(source: Source, planned: list[Planned], today: date) -> list[ToWrite]:
    """One for each person and thing, without what exists."""
    chosen = _one_each(planned, source.holders(planned, today))
    subjects = {each.planned.thing.subject for each in chosen}
    existing = {
        tuple(key): (pk, status == NoticeStatus.CANCELLED and mail is None)
        for *key, pk, status, mail in Notice.objects.filter(
            subject__in=subjects, kind__in={each.planned.of.rule.key for each in chosen}
        ).values_list("recipient", "kind", "subject", "occasion", "pk", "status", "mail")
    }
    found = []
    for each in chosen:
        one = each.planned
        key = (each.role.user_id, one.of.rule.key, one.thing.subject, one.occasion)
        pk, was_stopped = existing.get(key, (None, False))
        if pk is None:
            found.append(each)
        elif was_stopped and not one.sending.missed:
            found.append(ToWrite(one, each.role, pk))
    return found


def _one_each(planned: list[Planned], holders: dict[Planned, list[Role]]) -> list[ToWrite]:
    """A person who holds two offices is told once of a thing: the latest, as the one who owes it.

    What was missed is told of each step.
    """
    chosen: dict[tuple, ToWrite] = {}
    for each in sorted(planned, key=_weight, reverse=True):
        step = each.occasion if each.sending.missed else ""
        for role in holders[each]:
            chosen.setdefault((role.user_id, each.thing.same, step), ToWrite(each, role))
    return list(chosen.values())


def _weight(each: Planned) -> tuple[date, bool, int]:
    return each.sending.day, not each.step.to, -each.thing.pk
