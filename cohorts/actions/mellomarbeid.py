"""Adding, changing and finishing tasks between meetings.

What is registered as done is met by `meetings.actions.own_work`, which calls these.
"""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import User
from cohorts.actions.own_record import count_as_done, take_back_record
from cohorts.models import DeltakendeUnit, Mellomarbeid, Semester, Tiltak
from cohorts.rules.errors import (
    NationalIdFound,
    NotAllowedHere,
    StaleEdit,
    refuse_closed,
)
from cohorts.rules.mellomarbeid import DONE, DROPPED, KIND, shorten
from cohorts.rules.paper import fields_with_national_ids

TEXTS = ("task", "who", "period", "experience")


@transaction.atomic
def add_mellomarbeid(
    *,
    unit: DeltakendeUnit,
    semester: Semester,
    task: str,
    kind: str = Mellomarbeid.Kind.PRAKTISK,
    who: str,
    period: str = "",
    due: date | None = None,
    tiltak: Tiltak | None = None,
    came_from: str = "",
    by: User,
    now: datetime,
) -> Mellomarbeid:
    """Write down a task of the unit; `due` is a local date, `tiltak` one of the unit's own plan.

    `came_from` is what of a referat it is made of (`rules.mellomarbeid.origin`).

    A task longer than it can be is cut between words. Raises PuljeClosed, NotAllowedHere for a
    semester of another pulje or a tiltak of another unit, NationalIdFound, and ValidationError
    when `task` or `who` is empty.
    """
    refuse_closed(unit.deltakelse.pulje)
    if semester.pulje_id != unit.deltakelse.pulje_id:
        raise NotAllowedHere(_("Semesteret hører til en annen pulje."))
    values = {
        "task": shorten(task.strip()),
        "kind": kind or Mellomarbeid.Kind.PRAKTISK,
        "who": shorten(who.strip(), 150),
        "period": shorten(period.strip(), 120),
        "due": due,
        "tiltak": tiltak,
    }
    _check(unit, values)
    created = Mellomarbeid.objects.create(
        unit=unit,
        semester=semester,
        created_at=now,
        created_by=by,
        updated_at=now,
        updated_by=by,
        came_from=came_from,
        **values,
    )
    _event(created, "add-mellomarbeid", by, now)
    return created


@transaction.atomic
def edit_mellomarbeid(
    *,
    mellomarbeid: Mellomarbeid,
    values: dict[str, Any],
    edit_version: int | None = None,
    by: User,
    now: datetime,
) -> Mellomarbeid:
    """Change some of task, kind, who, period, due, tiltak and experience.

    Raises as `add_mellomarbeid`, and StaleEdit when somebody has saved since `edit_version`.
    """
    row = _locked(mellomarbeid)
    if edit_version is not None and edit_version != row.edit_version:
        raise StaleEdit(row)
    _check(row.unit, values)
    if values.get("experience", row.experience) != row.experience:
        row.experience_from_grunnlag = False
    for name, value in values.items():
        setattr(row, name, value)
    return _save(row, "edit-mellomarbeid", by, now)


@transaction.atomic
def set_mellomarbeid(
    *,
    mellomarbeid: Mellomarbeid,
    status: str,
    experience: str | None = None,
    from_grunnlag: bool = False,
    done_on: date | None = None,
    by: User,
    now: datetime,
) -> Mellomarbeid:
    """Set how a task stands; done is registered as the activity, and taken back if it is not so.

    `done_on` is the local date when it was done, today unless given. `experience` replaces what
    is written; None leaves it (`from_grunnlag`: a grunnlag tells it). Setting the status it has
    writes nothing but the experience.
    """
    row = _locked(mellomarbeid)
    if experience is not None:
        _check(row.unit, {"experience": experience})
        row.experience, row.experience_from_grunnlag = experience, from_grunnlag
    if status == row.status:
        return row if experience is None else _save(row, "edit-mellomarbeid", by, now)
    was = row.record
    row.status, row.record, row.done_on = status, None, None
    if status == DONE:
        row.done_on = done_on or timezone.localdate(now)
        row.record = count_as_done(
            unit=row.unit, kind=KIND, done_on=row.done_on, note=row.task, by=by, now=now
        )
    _save(row, "drop-mellomarbeid" if status == DROPPED else "set-mellomarbeid", by, now)
    if was is not None:
        take_back_record(record=was, by=by, now=now)
    return row


def _locked(mellomarbeid: Mellomarbeid) -> Mellomarbeid:
    rows = Mellomarbeid.objects.select_for_update(of=("self",)).select_related(
        "unit__unit", "unit__deltakelse__pulje"
    )
    row = rows.get(pk=mellomarbeid.pk)
    refuse_closed(row.unit.deltakelse.pulje)
    return row


def _check(unit: DeltakendeUnit, values: dict[str, Any]) -> None:
    empty = {
        field: text
        for field, text in {
            "task": _("Skriv hva oppgaven er."),
            "who": _("Skriv hvem som gjør det."),
        }.items()
        if field in values and not values[field].strip()
    }
    if empty:
        raise ValidationError(empty)
    found = fields_with_national_ids({key: values[key] for key in TEXTS if key in values})
    if found:
        raise NationalIdFound(found)
    tiltak = values.get("tiltak")
    if tiltak is not None and tiltak.maal.plan.unit_id != unit.pk:
        raise NotAllowedHere(_("Tiltaket hører til en annen enhet."))


def _save(row: Mellomarbeid, verb: str, by: User, now: datetime) -> Mellomarbeid:
    row.edit_version += 1
    row.updated_at, row.updated_by = now, by
    row.save()
    _event(row, verb, by, now)
    return row


def _event(row: Mellomarbeid, verb: str, by: User, now: datetime) -> None:
    record_event(
        by=by,
        verb=verb,
        subject=f"mellomarbeid:{row.pk}",
        now=now,
        unit=row.unit_id,
        status=row.status,
    )
