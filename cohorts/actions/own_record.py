"""What a unit finishes in its own work counts as an activity of the programme, when it has one."""

from datetime import date, datetime

from django.utils import timezone

from actors.actions.events import record_event
from actors.models import User
from cohorts.actions.records import register_activity
from cohorts.models import Activity, ActivityRecord, DeltakendeUnit
from cohorts.rules.records import date_problem


def count_as_done(
    *,
    unit: DeltakendeUnit,
    kind: str,
    done_on: date,
    note: str,
    late: bool = False,
    by: User,
    now: datetime,
) -> ActivityRecord | None:
    """Register the unit's activity of `kind` as done on the local date, when one asks for it.

    The activity is that of the semester of the day; else of another semester that the day can
    still count for, with `late` the last one before it that nothing is registered for. None when
    the programme asks for none then. `kind` is of the programme's file.
    """
    activity = activity_for(unit, kind, done_on, timezone.localdate(now), late=late)
    if activity is None:
        return None
    return register_activity(
        activity=activity,
        deltakelse=unit.deltakelse,
        unit=unit,
        done_on=done_on,
        note=note[:300],
        late=late,
        by=by,
        now=now,
    )


def activity_for(
    unit: DeltakendeUnit, kind: str, done_on: date, today: date, *, late: bool = False
) -> Activity | None:
    """The unit's activity of `kind` that something done on the day counts for, or None."""
    found = Activity.objects.filter(
        semester__pulje=unit.deltakelse.pulje_id,
        semester__number__gte=unit.first_semester,
        kind=kind,
        scope="unit",
        applies_to__in=("", unit.unit.kind),
    ).select_related("semester__pulje")
    activities = list(found.order_by("-semester__number"))
    spans = [(each, each.semester.start, each.semester.end) for each in activities]
    fits = [each for each, start, end in spans if start <= done_on <= end]
    fits += [each for each, start, end in spans if not date_problem(done_on, start, end, today)]
    if late and not fits:
        missed = [each for each, start, _end in spans if start <= done_on <= today]
        fits = [each for each in missed if not each.records.filter(unit=unit).exists()]
    return next(iter(fits), None)


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
