"""Who is told next of a duty that somebody never heard of: the steps of its rule that remain."""

from collections.abc import Iterable
from datetime import date

from actors.models import Notice
from actors.rules.roles import RoleKind
from cohorts.queries.programme import programme_of
from meetings.models import Obligation
from meetings.rules.reminder import sending_day, steps_of


def next_told(notices: Iterable[Notice], today: date) -> tuple[str, date] | None:
    """The office that is told next of what the notices are about, and on which day; or None.

    Only of open duties with a rule, and only offices other than the one who owes it. One query.
    """
    keys = [int(pk) for kind, _, pk in _subjects(notices) if kind == "obligation" and pk.isdigit()]
    if not keys:
        return None
    owed = Obligation.objects.open().filter(pk__in=keys, rule__isnull=False)
    found = []
    for duty in owed.select_related("rule__pulje"):
        programme = programme_of(duty.rule.pulje)
        calendar = programme.calendar_rules.calendar
        for step in steps_of(duty.rule.steps):
            office = programme.actor(step.to).role if step.to else None
            day = sending_day(duty.due, step.offset, duty.rule.unit, calendar)
            if office is not None and day > today:
                found.append((day, str(RoleKind(office).label)))
    if not found:
        return None
    day, office = min(found)
    return office, day


def _subjects(notices: Iterable[Notice]) -> list[tuple[str, str, str]]:
    return [notice.subject.partition(":") for notice in notices]
