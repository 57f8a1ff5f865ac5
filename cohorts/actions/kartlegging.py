"""Writing how a unit found out where it stands, and saying that it is finished."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import User
from cohorts.actions.own_record import count_as_done, take_back_record
from cohorts.models import DeltakendeUnit, Kartlegging, Semester
from cohorts.rules.errors import NationalIdFound, StaleEdit, refuse_closed
from cohorts.rules.kartlegging import KIND, OTHER, missing_before_done
from cohorts.rules.paper import fields_with_national_ids

FIELDS = (
    "tool",
    "tool_other",
    "period",
    "participants",
    "findings",
    "discussed_on",
    "reference",
)


class NotFinished(ValidationError):
    """Something is missing before a kartlegging is finished; the messages say what."""


@transaction.atomic
def add_kartlegging(
    *, unit: DeltakendeUnit, semester: Semester, values: dict[str, Any], by: User, now: datetime
) -> Kartlegging:
    """Begin a kartlegging with `values` of FIELDS; dates are local dates.

    Raises PuljeClosed, NationalIdFound, and ValidationError for an own tool without a name.
    """
    refuse_closed(unit.deltakelse.pulje)
    row = Kartlegging(unit=unit, semester=semester, created_at=now, updated_at=now, updated_by=by)
    _take(row, values)
    row.save()
    _event(row, "add-kartlegging", by, now)
    return row


@transaction.atomic
def edit_kartlegging(
    *,
    kartlegging: Kartlegging,
    values: dict[str, Any],
    edit_version: int | None = None,
    by: User,
    now: datetime,
) -> Kartlegging:
    """Change `values` of FIELDS. Raises as `add_kartlegging`, and StaleEdit."""
    row = _locked(kartlegging)
    if edit_version is not None and edit_version != row.edit_version:
        raise StaleEdit(row)
    _take(row, values)
    return _save(row, "edit-kartlegging", by, now)


@transaction.atomic
def finish_kartlegging(*, kartlegging: Kartlegging, by: User, now: datetime) -> Kartlegging:
    """Say today that it is finished; it counts as the activity of the programme that asks for it.

    That is the one of this semester, else the last one asked for before. Raises NotFinished with
    what is missing. Finishing twice changes nothing.
    """
    row = _locked(kartlegging)
    if row.done_on is not None:
        return row
    kinds = row.unit.omraader.values_list("kind", flat=True)
    missing = missing_before_done(row.findings, kinds)
    if missing:
        raise NotFinished([ValidationError(text, "not_finished") for text in missing])
    row.done_on = timezone.localdate(now)
    row.record = count_as_done(
        unit=row.unit, kind=KIND, done_on=row.done_on, note=str(row), late=True, by=by, now=now
    )
    return _save(row, "finish-kartlegging", by, now)


@transaction.atomic
def reopen_kartlegging(*, kartlegging: Kartlegging, by: User, now: datetime) -> Kartlegging:
    """Take back that it is finished, with its registration."""
    row = _locked(kartlegging)
    was, row.record, row.done_on = row.record, None, None
    _save(row, "reopen-kartlegging", by, now)
    if was is not None:
        take_back_record(record=was, by=by, now=now)
    return row


def _take(row: Kartlegging, values: dict[str, Any]) -> None:
    found = fields_with_national_ids({key: values[key] for key in FIELDS if key in values})
    if found:
        raise NationalIdFound(found)
    for name in FIELDS:
        if name in values:
            setattr(row, name, values[name])
    if row.tool != OTHER:
        row.tool_other = ""
    elif not row.tool_other.strip():
        raise ValidationError({"tool_other": _("Skriv hva dere brukte.")})


def _locked(kartlegging: Kartlegging) -> Kartlegging:
    rows = Kartlegging.objects.select_for_update(of=("self",)).select_related(
        "unit__unit", "unit__deltakelse__pulje"
    )
    row = rows.get(pk=kartlegging.pk)
    refuse_closed(row.unit.deltakelse.pulje)
    return row


def _save(row: Kartlegging, verb: str, by: User, now: datetime) -> Kartlegging:
    row.edit_version += 1
    row.updated_at, row.updated_by = now, by
    row.save()
    _event(row, verb, by, now)
    return row


def _event(row: Kartlegging, verb: str, by: User, now: datetime) -> None:
    record_event(
        by=by, verb=verb, subject=f"kartlegging:{row.pk}", now=now, unit=row.unit_id, tool=row.tool
    )
