"""Choosing the units of a søknad, and sending their leaders the link to their own part."""

import secrets
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import Owner, Unit, User
from actors.rules.invitations import RESEND_AFTER, language_of, may_resend
from cohorts.actions.soeknad_letters import queue_unit_link
from cohorts.actions.soeknad_state import locked_soeknad, refuse_not_writing
from cohorts.models import Soeknad, SoeknadUnit
from cohorts.queries.applicants import applicants_of
from cohorts.queries.programme import programme_of
from cohorts.queries.soeknad_units import applicant_of
from cohorts.rules.errors import NationalIdFound, NotAllowedHere, NotPossible
from cohorts.rules.paper import fields_with_national_ids
from cohorts.rules.search import grades_in_words

SKOLE_ALONE = "frittstaaende_skole"


@transaction.atomic
def add_soeknad_unit(*, soeknad: Soeknad, unit: Unit, by: User, now: datetime) -> SoeknadUnit:
    """Bring a unit of the register into the søknad, with the register's numbers copied.

    A unit that is there already is given back as it is. Raises NotAllowedHere when it is closed,
    of a kind the programme is not for, or belongs to none of the applicants, and NotPossible when
    the søknad may not be changed.
    """
    soeknad = locked_soeknad(soeknad.pk)
    refuse_not_writing(soeknad)
    found = soeknad.units.filter(unit=unit).first()
    if found is not None:
        return found
    applicant = _check_unit(soeknad, unit)
    return _create(
        soeknad,
        by,
        now,
        unit=unit,
        owner=unit.owner or applicant,
        name=unit.name,
        orgnr=unit.orgnr,
        kind=unit.kind,
        ownership=unit.ownership,
        grades=grades_in_words(unit.grade_from, unit.grade_to),
        children=unit.children,
        has_sfo=bool(unit.has_sfo),
        maalform=language_of(unit if unit.kommune_id else applicant),
    )


@transaction.atomic
def add_manual_unit(
    *,
    soeknad: Soeknad,
    owner: Owner,
    name: str,
    kind: str,
    ownership: str,
    orgnr: str = "",
    grades: str = "",
    children: int | None,
    staff: int | None,
    by: User,
    now: datetime,
) -> SoeknadUnit:
    """Bring in a unit that is not in the register, as one of the applicants has typed it in.

    Raises NationalIdFound, NotAllowedHere or NotPossible; a unit with the same name and kind is
    given back as it is.
    """
    soeknad = locked_soeknad(soeknad.pk)
    refuse_not_writing(soeknad)
    if found := fields_with_national_ids({"name": name, "grades": grades}):
        raise NationalIdFound(found)
    if owner not in applicants_of(soeknad):
        raise NotAllowedHere(_("%(owner)s er ikke med i søknaden.") % {"owner": owner})
    _check_kind(soeknad, kind)
    same = soeknad.units.filter(unit=None, name__iexact=name.strip(), kind=kind).first()
    if same is not None:
        return same
    return _create(
        soeknad,
        by,
        now,
        owner=owner,
        name=name.strip(),
        kind=kind,
        ownership=ownership,
        orgnr=orgnr,
        grades=grades.strip() if kind == "skole" else "",
        maalform=language_of(owner),
        children=children,
        staff=staff,
    )


@transaction.atomic
def remove_soeknad_unit(*, row: SoeknadUnit, by: User, now: datetime) -> None:
    """Take a unit out of the søknad with what its leader has written; the link stops working."""
    soeknad = locked_soeknad(row.soeknad_id)
    refuse_not_writing(soeknad)
    unit, part = row.unit_id, row.part
    row.delete()
    _record(by, "remove-soeknad-unit", soeknad, now, unit=unit, part=part)


@transaction.atomic
def save_leader(
    *,
    row: SoeknadUnit,
    leader_name: str,
    leader_email: str,
    children: int | None,
    staff: int | None,
    by: User,
    now: datetime,
) -> SoeknadUnit:
    """Write who leads the unit, and its numbers as the owner knows them."""
    soeknad = locked_soeknad(row.soeknad_id)
    refuse_not_writing(soeknad)
    row = _locked(row)
    row.leader_name, row.leader_email = leader_name.strip(), leader_email.strip().lower()
    row.children, row.staff = children, staff
    row.edit_version += 1
    row.save(update_fields=["leader_name", "leader_email", "children", "staff", "edit_version"])
    _record(by, "save-unit-leader", soeknad, now, row=row.pk)
    return row


@transaction.atomic
def send_unit_link(*, row: SoeknadUnit, by: User, now: datetime) -> SoeknadUnit:
    """Send the leader a fresh link; the one before stops working.

    Raises ValidationError when no address is written or a link went out within the last hour,
    NotPossible when the søknad may not be changed.
    """
    soeknad = locked_soeknad(row.soeknad_id)
    refuse_not_writing(soeknad)
    row = _locked(row)
    if not row.leader_email:
        raise ValidationError(_("Skriv inn navn og e-post til lederen først."))
    if row.link_sent_at is not None and not may_resend(row.link_sent_at, now):
        minutes = RESEND_AFTER.seconds // 60
        text = _("Lenka er nettopp sendt. Vent %(n)s minutter før du sender den igjen.")
        raise ValidationError(text % {"n": minutes})
    row.token, row.link_sent_at, row.opened_at = _new_token(), now, None
    row.save(update_fields=["token", "link_sent_at", "opened_at"])
    queue_unit_link(row, now=now)
    _record(by, "send-unit-link", soeknad, now, row=row.pk)
    return row


@transaction.atomic
def leave_part_out(*, row: SoeknadUnit, reason: str, by: User, now: datetime) -> SoeknadUnit:
    """Say why the søknad is sent without the unit's own part; an empty reason takes it back."""
    soeknad = locked_soeknad(row.soeknad_id)
    refuse_not_writing(soeknad)
    row = _locked(row)
    if fields_with_national_ids({"reason": reason}):
        raise NationalIdFound(["reason"])
    if row.part in (SoeknadUnit.Part.DELIVERED, SoeknadUnit.Part.DECLINED):
        raise NotPossible(_("Enheten har svart. Da trengs ingen grunn."))
    row.left_out_reason = reason.strip()
    row.save(update_fields=["left_out_reason"])
    _record(by, "leave-part-out", soeknad, now, row=row.pk, left_out=bool(row.left_out_reason))
    return row


def _check_unit(soeknad: Soeknad, unit: Unit) -> Owner:
    """The applicant the unit takes part with; raises NotAllowedHere when there is none."""
    if not unit.active:
        raise NotAllowedHere(_("%(unit)s er lagt ned, ifølge registeret.") % {"unit": unit})
    _check_kind(soeknad, unit.kind)
    applicant = applicant_of(unit, applicants_of(soeknad))
    if applicant is None:
        raise NotAllowedHere(_("%(unit)s hører ikke til dem som søker.") % {"unit": unit})
    return applicant


def _check_kind(soeknad: Soeknad, kind: str) -> None:
    if kind not in programme_of(soeknad.candidate.embete.opptak.pulje).unit_kinds:
        raise NotAllowedHere(_("Programmet er ikke for denne typen enhet."))
    if soeknad.applicant != SKOLE_ALONE:
        return
    if kind != "skole":
        raise NotAllowedHere(_("Private barnehager søker gjennom kommunen sin."))
    if soeknad.units.exists():
        raise NotAllowedHere(_("En frittstående skole søker alene. Ta bort den andre først."))


def _create(soeknad: Soeknad, by: User, now: datetime, **values) -> SoeknadUnit:
    row = SoeknadUnit.objects.create(soeknad=soeknad, token=_new_token(), **values)
    _record(by, "add-soeknad-unit", soeknad, now, unit=row.unit_id, row=row.pk)
    return row


def _new_token() -> str:
    return secrets.token_urlsafe(32)


def _locked(row: SoeknadUnit) -> SoeknadUnit:
    rows = SoeknadUnit.objects.select_for_update(of=("self",))
    return rows.select_related(
        "unit__kommune", "soeknad__candidate__owner__kommune", "soeknad__candidate__embete"
    ).get(pk=row.pk)


def _record(by: User, verb: str, soeknad: Soeknad, now: datetime, **data) -> None:
    record_event(by=by, verb=verb, subject=f"soeknad:{soeknad.pk}", now=now, **data)
