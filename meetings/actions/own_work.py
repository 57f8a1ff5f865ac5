"""Finishing parts of a unit's own work, so that what is owed is met at once.

Each calls the action of cohorts and then brings what the unit owes up to date.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from actors.models import User
from cohorts.actions.involvement import Occasion, add_involvement, undo_involvement
from cohorts.actions.kartlegging import finish_kartlegging, reopen_kartlegging
from cohorts.actions.mellomarbeid import set_mellomarbeid
from cohorts.models import (
    ActivityRecord,
    DeltakendeUnit,
    Involvement,
    Kartlegging,
    Mellomarbeid,
    Semester,
)
from cohorts.rules.mellomarbeid import DROPPED, OUTCOMES
from meetings.actions.follow_up import follow_task
from meetings.actions.obligation import sync_semester_obligations


@transaction.atomic
def settle_records(
    *, unit: DeltakendeUnit, records: list[ActivityRecord | None], now: datetime
) -> None:
    """Bring what the unit's owner owes up to date in the semesters of some registrations.

    `records` are those just made or taken back; None among them is passed over.
    """
    wanted = {record.activity.semester_id for record in records if record is not None}
    for semester in Semester.objects.filter(pk__in=wanted):
        sync_semester_obligations(semester=semester, deltakelse=unit.deltakelse, now=now)


@transaction.atomic
def change_mellomarbeid(
    *,
    mellomarbeid: Mellomarbeid,
    status: str,
    experience: str | None = None,
    by: User,
    now: datetime,
) -> Mellomarbeid:
    """Set how a task stands (`cohorts.actions.mellomarbeid.set_mellomarbeid`), and what is owed.

    The points of a referat that it was made of are closed and opened with it.
    """
    row = _with_records([mellomarbeid.pk]).get()
    before, was = row.record, row.status
    changed = set_mellomarbeid(
        mellomarbeid=row, status=status, experience=experience, by=by, now=now
    )
    follow_task(task=changed, was=was, by=by, now=now)
    settle_records(unit=changed.unit, records=_changed(before, changed.record), now=now)
    return changed


@transaction.atomic
def settle_mellomarbeid(
    *, rows: list[dict[str, Any]], unit: DeltakendeUnit, by: User, now: datetime
) -> None:
    """Set how tasks stand from a grunnlag that is sent.

    `rows` are {"mellomarbeid": id, "outcome": "done" | "partly" | "not_done", "comment": text};
    tasks of other units, dropped ones and rows without an outcome are passed over. A comment
    becomes the experience of the task when that is empty or came from a grunnlag itself. Sending
    again changes nothing, or sets what the grunnlag now says. Points that a task was made of are
    closed and opened with it.
    """
    asked = {row.get("mellomarbeid"): row for row in rows if row.get("outcome") in OUTCOMES}
    tasks = _with_records([pk for pk in asked if pk]).filter(unit=unit).exclude(status=DROPPED)
    records: list[ActivityRecord | None] = []
    for task in tasks:
        row, before, was = asked[task.pk], task.record, task.status
        changed = set_mellomarbeid(
            mellomarbeid=task,
            status=OUTCOMES[row["outcome"]],
            experience=_experience(task, str(row.get("comment") or "").strip()),
            from_grunnlag=True,
            by=by,
            now=now,
        )
        follow_task(task=changed, was=was, by=by, now=now)
        records += _changed(before, changed.record)
    settle_records(unit=unit, records=records, now=now)


@transaction.atomic
def complete_kartlegging(*, kartlegging: Kartlegging, by: User, now: datetime) -> Kartlegging:
    """Say that a kartlegging is finished (`finish_kartlegging`), and what is owed."""
    done = finish_kartlegging(kartlegging=kartlegging, by=by, now=now)
    settle_records(unit=done.unit, records=[done.record], now=now)
    return done


@transaction.atomic
def resume_kartlegging(*, kartlegging: Kartlegging, by: User, now: datetime) -> Kartlegging:
    """Take back that a kartlegging is finished; it is owed again."""
    before = kartlegging.record
    row = reopen_kartlegging(kartlegging=kartlegging, by=by, now=now)
    settle_records(unit=row.unit, records=[before], now=now)
    return row


@transaction.atomic
def register_involvement(
    *, unit: DeltakendeUnit, occasion: Occasion, by: User, now: datetime
) -> Involvement:
    """Register that somebody took part (`add_involvement`), and what is owed."""
    made = add_involvement(unit=unit, occasion=occasion, by=by, now=now)
    settle_records(unit=unit, records=[made.record], now=now)
    return made


@transaction.atomic
def take_back_involvement(*, involvement: Involvement, by: User, now: datetime) -> None:
    """Take back one's own registration on the day it was made; it is owed again."""
    before = involvement.record
    undo_involvement(involvement=involvement, by=by, now=now)
    settle_records(unit=involvement.unit, records=[before], now=now)


def _with_records(pks: list[Any]) -> QuerySet[Mellomarbeid]:
    rows = Mellomarbeid.objects.filter(pk__in=pks).select_for_update(of=("self",))
    return rows.select_related("record__activity").order_by("pk")


def _changed(
    before: ActivityRecord | None, after: ActivityRecord | None
) -> list[ActivityRecord | None]:
    return [] if before == after else [before, after]


def _experience(task: Mellomarbeid, comment: str) -> str | None:
    """What a grunnlag's comment makes of the experience; None leaves what people have written."""
    own = task.experience and not task.experience_from_grunnlag
    return None if own or not comment or comment == task.experience else comment
