"""Changing an opptak: what is announced, who may apply, and the four dates."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import User
from cohorts.actions.deltakelse import note_change
from cohorts.models import Opptak, PuljeDate
from cohorts.queries.opptak import opptak_dates
from cohorts.queries.programme import programme_of
from cohorts.rules.errors import NationalIdFound, NotPossible, refuse_closed
from cohorts.rules.opptak import OpptakDates, date_problems
from cohorts.rules.paper import fields_with_national_ids

CHANGEABLE = (
    "info_bm",
    "info_nn",
    "applicants",
    "joint_allowed",
    "capacity",
    "private_per_fylke",
    "enkeltvedtak",
    "complaint_deadline",
)


@transaction.atomic
def change_opptak(*, opptak: Opptak, by: User, now: datetime, **values: Any) -> Opptak:
    """Change any of the columns in `CHANGEABLE`; the same values again record nothing.

    Raises `NationalIdFound` for a text with a fødselsnummer, ValidationError at `applicants` when
    none is left, or one that has applied.
    """
    refuse_ended(opptak)
    unknown = set(values) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"not a column that can be changed: {sorted(unknown)}")
    refuse_national_ids(values)
    changed = {name: value for name, value in values.items() if getattr(opptak, name) != value}
    if "applicants" in changed:
        _check_applicants(opptak, changed["applicants"])
    if not changed:
        return opptak
    for name, value in changed.items():
        setattr(opptak, name, value)
    opptak.save(update_fields=list(changed))
    record_event(
        by=by,
        verb="change-opptak",
        subject=f"opptak:{opptak.pk}",
        now=now,
        changed=sorted(changed),
    )
    return opptak


def _check_applicants(opptak: Opptak, applicants: list[str]) -> None:
    if not applicants:
        raise ValidationError({"applicants": _("Velg minst én som kan søke.")})
    gone = set(opptak.applicants) - set(applicants)
    soeknader = opptak.embeter.filter(candidates__soeknad__applicant__in=gone)
    if gone and soeknader.exists():
        raise ValidationError({"applicants": _("Noen av dem har begynt på en søknad.")})


@transaction.atomic
def set_dates(*, opptak: Opptak, dates: OpptakDates, by: User, now: datetime) -> Opptak:
    """Set the four dates of the recruitment; one that is None is taken away.

    The same dates again record nothing. Raises ValidationError by the key of a date that is no
    working day, does not come after the one before it, or has passed.
    """
    refuse_ended(opptak)
    before = opptak_dates(opptak)
    if dates == before:
        return opptak
    calendar = programme_of(opptak.pulje).calendar_rules.calendar
    today = timezone.localtime(now).date()
    problems = date_problems(dates, calendar, former=before, today=today)
    if opptak.opened_at is not None:
        empty = {key: _("Opptaket er åpent. Sett en dato.") for key in _gone(before, dates)}
        problems |= empty
    if problems:
        raise ValidationError(problems)
    for key, day in dates.by_key().items():
        if day is None:
            opptak.pulje.dates.filter(key=key).delete()
        else:
            PuljeDate.objects.update_or_create(pulje=opptak.pulje, key=key, defaults={"date": day})
    note_change(opptak.pulje, now)
    record_event(
        by=by,
        verb="change-opptak-dates",
        subject=f"opptak:{opptak.pk}",
        now=now,
        before=_as_texts(before),
        after=_as_texts(dates),
    )
    return opptak


def _gone(before: OpptakDates, after: OpptakDates) -> list[str]:
    return [key for key, day in after.by_key().items() if day is None and before.by_key()[key]]


def _as_texts(dates: OpptakDates) -> dict[str, str | None]:
    return {key: day.isoformat() if day else None for key, day in dates.by_key().items()}


def refuse_ended(opptak: Opptak) -> None:
    """Raise when the opptak has ended or its pulje is closed."""
    refuse_closed(opptak.pulje)
    if opptak.closed_at is not None:
        raise NotPossible(_("Opptaket er avsluttet. Alt kan leses, men ikke endres."), "ended")


def refuse_national_ids(values: dict[str, Any]) -> None:
    """Raise when a text holds a fødselsnummer."""
    found = fields_with_national_ids(values)
    if found:
        raise NationalIdFound(found)
