"""What a unit finishes in its own work counts as an activity of the programme, when it has one."""

from datetime import date, datetime

from django.utils import timezone

from actors.actions.events import record_event
from actors.models import User
from cohorts.actions.records import register_activity
from cohorts.models import Activity, ActivityRecord, DeltakendeUnit
from cohorts.rules.records import date_problem


def count_as_done(
    *, unit: DeltakendeUnit, kind: str, done_on: date, note: str, by: User, now: datetime
) -> ActivityRecord | None:
    """Register the unit's activity of `kind` as done on the local date, when one asks for it.

    The activity is that of the semester of the day; else of another semester that the day can
    still count for. None when the programme asks for none then. `kind` is of the programme's file.
    """
    activity = activity_for(unit, kind, done_on, timezone.localdate(now))
    if activity is None:
        return None
    return register_activity(
        activity=activity,
        deltakelse=unit.deltakelse,
        unit=unit,
        done_on=done_on,
        note=note[:300],
        by=by,
        now=now,
    )


def activity_for(unit: DeltakendeUnit, kind: str, done_on: date, today: date) -> Activity | None:
    """The unit's activity of `kind` that something done on the day counts for, or None."""
    found = Activity.objects.filter(
        semester__pulje=unit.deltakelse.pulje_id,
        semester__number__gte=unit.first_semester,
        kind=kind,
        scope="unit",
        applies_to__in=("", unit.unit.kind),
    ).select_related("semester__pulje")
    fitting = [
        activity
        for activity in found.order_by("semester__number")
        if not date_problem(done_on, activity.semester.start, activity.semester.end, today)
    ]
    inside = [a for a in fitting if a.semester.start <= done_on <= a.semester.end]
    return next(iter(inside + fitting), None)


def take_back_record(*, record: ActivityRecord, by: User, now: datetime) -> None:
    """Take away the registration of something that turned out not to be finished.

    Unlike `undo_record` on any day, because it follows from what is written elsewhere.
    """
    record_event(
        by=by,
        verb="undo-record",
        subject=f"activity:{record.activity_id}",
        now=now,
        unit=record.unit_id,
        deltakelse=record.deltakelse_id,
        done_on=str(record.done_on),
    )
    record.delete()
