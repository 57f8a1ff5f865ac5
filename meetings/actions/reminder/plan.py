"""What a scan has to do: for each thing in range, the steps to send and those that were missed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple

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
from meetings.rules.reminder import (
    Period,
    Sending,
    is_before_it_was_owed,
    sendings,
    window_start,
)

SOURCES: tuple[Source, ...] = (Duties(), Gatherings(), Invitations())
JOB = "reminders"
# A term that has ended ends no more: who is asked after that hears nothing of the days before.
TERM_END = "term_end"
# Things looked at together: enough that the queries of a page are few for each of them.
PAGE = 1000
# What there is only one notice of.
KEY = ("recipient", "kind", "subject", "occasion")
Key = tuple[int, str, str, str]


class ToWrite(NamedTuple):
    """A notice that does not exist yet, or one that was stopped and is needed after all."""

    planned: Planned
    role: Role
    stopped: int | None = None

    @property
    def key(self) -> Key:
        one = self.planned
        return self.role.user_id, one.of.rule.key, one.thing.subject, one.occasion


def pages_to_write(now: datetime, *, size: int = PAGE) -> Iterator[tuple[Source, list[ToWrite]]]:
    """What is to be written at `now` (aware), page by page; reads only. No page is empty.

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
            planned = planned_for(things, by_pk, periods)
            if page := _not_written(source, planned, today):
                yield source, page


def last_scan() -> date | None:
    """The local day of the last scan that went well; None before the first."""
    ok_at = Job.objects.filter(name=JOB).values_list("ok_at", flat=True).first()
    return timezone.localdate(ok_at) if ok_at else None


def planned_for(
    things: Iterable[Thing], by_pk: Mapping[int, list[InForce]], periods: Mapping[int, Period]
) -> list[Planned]:
    """The steps of things that are to be sent or told as missed.

    Things of one rule, due and born on the same days, have the same steps: worked out once.
    """
    known: dict[tuple, list[tuple[InForce, Sending, str, str]]] = {}
    found = []
    for thing in things:
        alike = thing.rule, thing.due, thing.born, thing.office, thing.until
        if alike not in known:
            period = periods[thing.rule]
            known[alike] = [each for of in by_pk[thing.rule] for each in _steps(thing, of, period)]
        found += [Planned(thing, *each) for each in known[alike]]
    return found


def _steps(
    thing: Thing, of: InForce, period: Period
) -> Iterator[tuple[InForce, Sending, str, str]]:
    """Each step with its office and its occasion."""
    rule = of.rule
    at_term_end = rule.anchor == TERM_END
    for each in sendings(of.steps, thing.due, rule.unit, of.calendar, period, thing.born):
        office = of.office(each.step, thing.office)
        too_late = thing.until is not None and thing.until < period.last and not each.missed
        too_late |= at_term_end and is_before_it_was_owed(each.day, thing.due, thing.born)
        if office is not None and of.holds(each.day) and not too_late:
            yield of, each, office, each.step.occasion(thing.due)


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
    wanted = {each.key: each for each in _one_each(planned, source.holders(planned, today))}
    again = []
    for key, pk, stopped in _written(wanted):
        each = wanted.pop(key, None)
        if each is not None and stopped and not each.planned.sending.missed:
            again.append(each._replace(stopped=pk))
    return [*wanted.values(), *again]


def _written(wanted: Iterable[Key]) -> Iterator[tuple[Key, int, bool]]:
    """The notices there are to these people on these occasions: key, primary key, and whether it
    was stopped. More than those `wanted`, which the index of what is written once finds at once."""
    there = Notice.objects.filter(
        recipient__in={key[0] for key in wanted},
        kind__in={key[1] for key in wanted},
        occasion__in={key[3] for key in wanted},
    )
    rows = there.order_by().values_list(*KEY, "pk", "status", "mail")
    for person, kind, subject, occasion, pk, status, mail in rows.iterator():
        key = person, kind, subject, occasion
        yield key, pk, status == NoticeStatus.CANCELLED and mail is None


def _one_each(planned: list[Planned], holders: dict[Planned, list[Role]]) -> list[ToWrite]:
    """A person who holds two offices is told once of a thing: the latest, as the one who owes it.

    What was missed is told of each step.
    """
    chosen: dict[tuple, ToWrite] = {}
    for each in planned:
        step = each.occasion if each.sending.missed else ""
        for role in holders[each]:
            key = role.user_id, each.thing.same, step
            other = chosen.get(key)
            if other is None or _weight(other.planned) < _weight(each):
                chosen[key] = ToWrite(each, role)
    return list(chosen.values())


def _weight(each: Planned) -> tuple[date, bool, int]:
    return each.sending.day, not each.step.to, -each.thing.pk
