"""Registering work, so that what is owed is met at once and Mine oppgaver is right."""

from datetime import date, datetime

from django.db import transaction

from actors.models import User
from cohorts.actions.records import register_activity, undo_record
from cohorts.models import Activity, ActivityRecord, Deltakelse, DeltakendeUnit
from meetings.actions.obligation import sync_semester_obligations


@transaction.atomic
def register_work(
    *,
    activity: Activity,
    deltakelse: Deltakelse | None,
    unit: DeltakendeUnit | None = None,
    done_on: date,
    note: str,
    by: User,
    now: datetime,
) -> ActivityRecord:
    """Record that `activity` was done and bring what is owed up to date.

    Takes and raises what `cohorts.actions.records.register_activity` does.
    """
    record = register_activity(
        activity=activity,
        deltakelse=deltakelse,
        unit=unit,
        done_on=done_on,
        note=note,
        by=by,
        now=now,
    )
    _settle(record, now)
    return record


@transaction.atomic
def undo_work(*, record: ActivityRecord, by: User, now: datetime) -> None:
    """Take back one's own registration on the day it was made; it is owed again."""
    undo_record(record=record, by=by, now=now)
    _settle(record, now)


def _settle(record: ActivityRecord, now: datetime) -> None:
    sync_semester_obligations(
        semester=record.activity.semester, deltakelse=record.deltakelse, now=now
    )
