"""A unit's own part of a søknad, written by its leader through the personal link (domain 3.2).

Nobody signs in here: `by` is the person when there is one, else None.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.actions.messages import NoticeText, Origin, notify
from actors.models import User
from cohorts.actions.soeknad_state import local_day, people_of
from cohorts.models import SoeknadUnit
from cohorts.queries.opptak import application_deadline
from cohorts.rules.errors import NationalIdFound, NotPossible, NotReady, StaleEdit
from cohorts.rules.paper import Data, differing, fields_with_national_ids, without
from cohorts.rules.soeknad_units import LinkState, link_state, missing_in_part

FIELDS = (
    "children",
    "staff",
    "grades",
    "sfo",
    "maalform",
    "why",
    "needs",
    "ongoing",
    "staff_agreed",
    "staff_meeting_on",
)
DECLINED = NoticeText(
    title_bm="En enhet vil ikke være med i søknaden",
    title_nn="Ei eining vil ikkje vere med i søknaden",
    body_bm="Lederen har svart nei i sin del av søknaden.",
    body_nn="Leiaren har svart nei i sin del av søknaden.",
    action_bm="Se enhetenes deler",
    action_nn="Sjå delane til einingane",
)


def state_of_link(row: SoeknadUnit, now: datetime) -> LinkState:
    """What the link opens at `now` (aware); the row with its søknad, candidate and embete."""
    soeknad = row.soeknad
    opptak = soeknad.candidate.embete.opptak
    return link_state(
        withdrawn=soeknad.is_withdrawn or opptak.pulje.is_closed,
        being_written=soeknad.is_being_written,
        today=local_day(now),
        deadline=application_deadline(soeknad.candidate.embete),
    )


def data_of(row: SoeknadUnit) -> Data:
    """What is saved in the part, as data of its form."""
    return {key: getattr(row, key) for key in FIELDS}


@transaction.atomic
def note_opened(*, row: SoeknadUnit, now: datetime) -> None:
    """Remember when the link was first opened; nothing else follows from it."""
    SoeknadUnit.objects.filter(pk=row.pk, opened_at=None).update(opened_at=now)


@transaction.atomic
def save_part(
    *, row: SoeknadUnit, edit_version: int, data: Data, by: User | None, now: datetime
) -> tuple[SoeknadUnit, list[str]]:
    """Save what is in `data` (keys of `FIELDS`) as a draft; the row, and the fields left out.

    A field with a national id number is left as it was and named in the answer. Raises StaleEdit
    when somebody with the same link has saved something else since `edit_version`, NotPossible
    when the link does not open for writing or the part is delivered.
    """
    current = _locked(row, now)
    if current.part == SoeknadUnit.Part.DELIVERED:
        raise NotPossible(_("Delen er levert. Lever på nytt når du har rettet."))
    refused = fields_with_national_ids(data)
    kept = without(data, refused)
    if not _is_stale(current, edit_version, kept):
        _write(current, kept, SoeknadUnit.Part.DRAFT, now)
        _record(by, "save-unit-part", current, now, refused=refused)
    return current, refused


@transaction.atomic
def deliver_part(
    *, row: SoeknadUnit, edit_version: int, data: Data, by: User | None, now: datetime
) -> SoeknadUnit:
    """Deliver the part to the owner; it may be corrected until the søknad is sent.

    Delivering the same again changes nothing. Raises NationalIdFound, NotReady, StaleEdit or
    NotPossible; then nothing is delivered.
    """
    current = _locked(row, now)
    if found := fields_with_national_ids(data):
        raise NationalIdFound(found)
    if missing := missing_in_part(data):
        raise NotReady(missing)
    stale = _is_stale(current, edit_version, data)
    if stale and current.part == SoeknadUnit.Part.DELIVERED:
        return current
    current.delivered_at, current.left_out_reason, current.declined_reason = now, "", ""
    _write(current, data, SoeknadUnit.Part.DELIVERED, now)
    _record(by, "deliver-unit-part", current, now)
    return current


@transaction.atomic
def decline_part(*, row: SoeknadUnit, reason: str, by: User | None, now: datetime) -> SoeknadUnit:
    """The unit will not take part; the owner is told. Saying it twice changes nothing.

    What was written stays with the unit, and delivering the part later says yes again.
    """
    current = _locked(row, now)
    if fields_with_national_ids({"reason": reason}):
        raise NationalIdFound(["reason"])
    if not reason.strip():
        raise NotReady(["reason"])
    if current.part == SoeknadUnit.Part.DECLINED:
        return current
    current.declined_reason = reason.strip()
    _write(current, {}, SoeknadUnit.Part.DECLINED, now)
    _record(by, "decline-unit-part", current, now)
    _tell_owner(current, now)
    return current


def _is_stale(current: SoeknadUnit, edit_version: int, data: Data) -> bool:
    """Whether the form is older than what is saved, and says the same; raises when it does not."""
    if current.edit_version == edit_version:
        return False
    if differing(data, data_of(current)):
        raise StaleEdit(current)
    return True


def _locked(row: SoeknadUnit, now: datetime) -> SoeknadUnit:
    rows = SoeknadUnit.objects.select_for_update(of=("self",))
    current = rows.select_related(
        "soeknad__candidate__owner", "soeknad__candidate__embete__opptak__pulje"
    ).get(pk=row.pk)
    if current.token != row.token or state_of_link(current, now) != LinkState.WRITE:
        raise NotPossible(_("Lenka kan ikke brukes til å skrive lenger."))
    return current


def _write(row: SoeknadUnit, data: dict[str, Any], part: str, now: datetime) -> None:
    for key, value in data.items():
        setattr(row, key, value)
    row.part, row.saved_at = part, now
    row.opened_at = row.opened_at or now
    row.edit_version += 1
    row.save()


def _tell_owner(row: SoeknadUnit, now: datetime) -> None:
    soeknad = row.soeknad
    notify(
        recipients=people_of(soeknad.candidate.owner, now),
        kind="unit_part_declined",
        subject=f"soeknad:{soeknad.pk}",
        occasion=f"unit-{row.pk}-{row.edit_version}",
        text=DECLINED,
        url=reverse("cohorts:soeknad_unit_part_list", args=[soeknad.pk]),
        now=now,
        place=str(soeknad.candidate.owner),
        origin=Origin(owner_id=soeknad.candidate.owner_id),
    )


def _record(by: User | None, verb: str, row: SoeknadUnit, now: datetime, **data) -> None:
    subject = f"soeknad:{row.soeknad_id}"
    record_event(by=by, verb=verb, subject=subject, now=now, row=row.pk, **data)
