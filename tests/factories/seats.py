"""Seats that somebody leaves, and what is owed and told because of it.

leaves(scene.leder)          # Thursday is the last day, so the seat is empty from today, Friday
run_seats(scene)             # as the worker does
owed_by("tom_plass"); told_by("tom_plass")
"""

from datetime import UTC, date, datetime, timedelta

from actors.models import Notice
from meetings.actions.obligation import sync_empty_seats
from meetings.actions.reminder import cancel_settled_reminders, scan
from meetings.models import Obligation
from tests.factories.meetings import NOW, TODAY, Scene

LAST_DAY = TODAY - timedelta(days=1)


def leaves(row, last: date = LAST_DAY) -> None:
    """A role, a seat in a group or an oppdrag ends with the local day."""
    row.valid_to = last
    row.save()


def at(day: date) -> datetime:
    """In the morning of a local day."""
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def run_seats(scene: Scene, now: datetime = NOW) -> None:
    """As the worker does: what is owed, then reminders, then those that are settled."""
    sync_empty_seats(pulje=scene.pulje, now=now)
    scan(now=now)
    cancel_settled_reminders(now=now)


def owed_by(rule: str) -> list[tuple]:
    """(office, unit or None, due day, whether met, whether void) of each duty of the rule."""
    rows = Obligation.objects.filter(rule__key=rule).order_by("pk")
    return [(o.office, o.unit, o.due, bool(o.met_at), bool(o.void_at)) for o in rows]


def told_by(rule: str) -> list[tuple]:
    """(recipient, occasion, status) of each notice of the rule."""
    rows = Notice.objects.filter(kind=rule).order_by("pk")
    return [(n.recipient, n.occasion, n.status) for n in rows]
