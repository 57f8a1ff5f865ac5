"""What will be sent in the time to come, and what a scan would write now. Writes nothing."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from actors.models import Role
from cohorts.models import Pulje
from meetings.actions.reminder.coming import Coming, Planned, Source, Thing
from meetings.actions.reminder.in_force import (
    Changed,
    InForce,
    rules_in_force,
    spans_of,
    with_waiting,
)
from meetings.actions.reminder.letters import letters_between, letters_due
from meetings.actions.reminder.plan import PAGE, SOURCES, coming_of, pages_to_write
from meetings.rules.reminder import Sending, sending_day


def forecast(
    *, today: date, days: int = 30, changed: Changed | None = None, pulje: Pulje | None = None
) -> list[Coming]:
    """The reminders of the local days from `today` on, `days` of them, in the order of the days.

    As things stand now, with the version of a rule that waits from its day on: what is met or
    moved before its day falls away, and whoever has an office that day gets it. What has been sent
    today already is among them. `changed` replaces the steps of rules (by primary key) to show what
    a change would do; `pulje` keeps to one.
    """
    last = today + timedelta(days=days - 1)
    rules = with_waiting(rules_in_force(changed=changed, pulje=pulje), changed=changed)
    by_pk = defaultdict(list)
    for each in rules:
        by_pk[each.rule.pk].append(each)
    found = []
    for source in SOURCES:
        own = [each for each in rules if source.concerns(each)]
        spans = spans_of(own, lambda _each: today, last)
        for things in source.pages(own, spans, last, PAGE):
            planned = [
                each
                for thing in things
                for of in by_pk[thing.rule]
                for each in _steps(thing, of, today, last)
            ]
            found += list(_coming(source, planned, today))
    found += letters_between(rules, today, last)
    return sorted(found, key=lambda each: (each.day, each.rule.pk, each.about.pk))


def due_now(*, now: datetime) -> list[Coming]:
    """What a scan at `now` (aware) would write and let go out; nothing is written."""
    found = []
    for source, page in pages_to_write(now):
        roles: dict[Planned, list[Role]] = {}
        for each in page:
            if not each.planned.sending.missed:
                roles.setdefault(each.planned, []).append(each.role)
        found += list(coming_of(source, roles.items()))
    found += letters_due(now)
    return sorted(found, key=lambda each: (each.day, each.rule.pk, each.about.pk))


def _steps(thing: Thing, of: InForce, first: date, last: date) -> Iterator[Planned]:
    first, last = of.not_before(first), of.not_after(last)
    for step in of.steps:
        day = sending_day(thing.due, step.offset, of.rule.unit, of.calendar)
        office = of.office(step, thing.office)
        until = min(last, thing.until or last)
        if office is not None and first <= day <= until:
            yield Planned(thing, of, Sending(day, step), office, step.occasion(thing.due))


def _coming(source: Source, planned: list[Planned], today: date) -> Iterator[Coming]:
    holders = source.holders(planned, today)
    return coming_of(source, ((each, holders[each]) for each in planned))
