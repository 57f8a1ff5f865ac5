"""Kommuner that apply together: asked by the lead, each confirms, and may withdraw alone."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import Owner, User
from actors.rules.invitations import RESEND_AFTER, may_resend
from cohorts.actions.soeknad_letters import queue_partner_question
from cohorts.actions.soeknad_notices import (
    PARTNER_ANSWERED,
    PARTNER_ASKED,
    PARTNER_LEFT,
    tell_embete,
    tell_owner,
)
from cohorts.actions.soeknad_state import locked_soeknad, refuse_not_writing
from cohorts.models import Soeknad, SoeknadPartner
from cohorts.queries.applicants import applies_elsewhere, partners_for
from cohorts.rules.errors import NationalIdFound, NotAllowedHere, NotPossible, NotReady
from cohorts.rules.paper import fields_with_national_ids

Status = SoeknadPartner.Status


@transaction.atomic
def ask_partner(
    *,
    soeknad: Soeknad,
    owner: Owner,
    contact_name: str,
    contact_email: str,
    by: User,
    now: datetime,
) -> SoeknadPartner:
    """Ask an owner to apply together; its people get a notice, the contact a mail.

    Asking again within an hour raises ValidationError. Raises NotAllowedHere when the owner cannot
    be asked, NotPossible when the søknad may not be changed.
    """
    soeknad = locked_soeknad(soeknad.pk)
    refuse_not_writing(soeknad)
    _check_joint(soeknad)
    partner = soeknad.partners.filter(owner=owner).first()
    if partner is None or partner.status != Status.ASKED:
        if not partners_for(soeknad).filter(pk=owner.pk).exists():
            text = _("%(owner)s kan ikke spørres om å søke sammen med dere.")
            raise NotAllowedHere(text % {"owner": owner})
        partner = partner or SoeknadPartner(soeknad=soeknad, owner=owner)
    elif not may_resend(partner.asked_at, now):
        minutes = RESEND_AFTER.seconds // 60
        text = _("%(owner)s er nettopp spurt. Vent %(n)s minutter før du spør igjen.")
        raise ValidationError(text % {"owner": owner, "n": minutes})
    _ask(partner, contact_name, contact_email, now)
    _record(by, "ask-partner", partner, now)
    return partner


def _check_joint(soeknad: Soeknad) -> None:
    if soeknad.applicant != "kommune" or not soeknad.candidate.embete.opptak.joint_allowed:
        raise NotAllowedHere(_("I dette opptaket kan dere ikke søke sammen med andre."))


def _ask(partner: SoeknadPartner, name: str, email: str, now: datetime) -> None:
    partner.status, partner.asked_at = Status.ASKED, now
    partner.answered_at, partner.answered_by, partner.reason = None, None, ""
    partner.contact_name, partner.contact_email = name.strip(), email.strip().lower()
    partner.save()
    _tell(partner, partner.owner, PARTNER_ASKED, "soeknad_partner_asked", now)
    if partner.contact_email:
        queue_partner_question(partner, now=now)


@transaction.atomic
def take_back_question(*, partner: SoeknadPartner, by: User, now: datetime) -> None:
    """The lead no longer asks; an owner that has confirmed must withdraw itself."""
    soeknad = locked_soeknad(partner.soeknad_id)
    refuse_not_writing(soeknad)
    partner = _locked(partner)
    if partner.status == Status.CONFIRMED:
        raise NotPossible(_("%(owner)s har bekreftet og må selv trekke seg.") % {"owner": partner})
    _record(by, "take-back-question", partner, now)
    partner.delete()


@transaction.atomic
def answer_partner(
    *, partner: SoeknadPartner, confirmed: bool, reason: str = "", by: User, now: datetime
) -> SoeknadPartner:
    """The asked owner says yes, or no with a reason. The same answer twice changes nothing.

    Raises NotReady without a reason to a no, NationalIdFound, NotAllowedHere when it applies
    elsewhere, NotPossible when it has answered something else or the søknad is sent.
    """
    soeknad = locked_soeknad(partner.soeknad_id)
    partner = _locked(partner)
    answer = Status.CONFIRMED if confirmed else Status.DECLINED
    if partner.status == answer:
        return partner
    refuse_not_writing(soeknad)
    if partner.status != Status.ASKED:
        raise NotPossible(_("Dere har svart før. Den som søker, må spørre på nytt."))
    if confirmed and applies_elsewhere(partner.owner, soeknad):
        raise NotAllowedHere(_("Dere er med i en annen søknad. Trekk den først."))
    _answer(partner, answer, "" if confirmed else _checked(reason), by, now)
    _record(by, "answer-partner", partner, now, status=answer.value)
    lead = soeknad.candidate.owner
    _tell(partner, lead, PARTNER_ANSWERED, "soeknad_partner_answered", now)
    return partner


@transaction.atomic
def withdraw_partner(
    *, partner: SoeknadPartner, reason: str, by: User, now: datetime
) -> SoeknadPartner:
    """An owner that has confirmed leaves, also after the søknad was sent; the others stand.

    The sent versions stay as they are; capacity and decisions count those that are left. Raises
    NotReady without a reason, NationalIdFound, NotPossible when Udir has answered the owner.
    """
    soeknad = locked_soeknad(partner.soeknad_id)
    partner = _locked(partner)
    if partner.status == Status.WITHDRAWN:
        return partner
    if partner.status != Status.CONFIRMED:
        raise NotPossible(_("Dere har ikke bekreftet. Svar nei i stedet."))
    if soeknad.decisions.released().filter(owner=partner.owner_id).exists():
        raise NotPossible(_("Dere har fått svar fra Udir. Svar på det i stedet."))
    _answer(partner, Status.WITHDRAWN, _checked(reason), by, now)
    _record(by, "withdraw-partner", partner, now)
    _tell(partner, soeknad.candidate.owner, PARTNER_LEFT, "soeknad_partner_left", now)
    if soeknad.sent_at is not None:
        occasion = f"partner-{partner.pk}-{int(now.timestamp())}"
        kind = "soeknad_partner_left"
        tell_embete(soeknad, PARTNER_LEFT, kind=kind, occasion=occasion, now=now)
    return partner


def _checked(reason: str) -> str:
    if not reason.strip():
        raise NotReady(["reason"])
    if fields_with_national_ids({"reason": reason}):
        raise NationalIdFound(["reason"])
    return reason.strip()


def _answer(partner: SoeknadPartner, status: str, reason: str, by: User, now: datetime) -> None:
    partner.status, partner.reason = status, reason
    partner.answered_at, partner.answered_by = now, by
    partner.save(update_fields=["status", "reason", "answered_at", "answered_by"])


def _locked(partner: SoeknadPartner) -> SoeknadPartner:
    rows = SoeknadPartner.objects.select_for_update(of=("self",))
    return rows.select_related("owner", "soeknad__candidate__owner").get(pk=partner.pk)


def _tell(partner: SoeknadPartner, owner: Owner, text, kind: str, now: datetime) -> None:
    occasion = f"partner-{partner.pk}-{int(now.timestamp())}"
    page = "soeknad_partners"
    tell_owner(partner.soeknad, owner, text, kind=kind, occasion=occasion, page=page, now=now)


def _record(by: User, verb: str, partner: SoeknadPartner, now: datetime, **data) -> None:
    subject = f"soeknad:{partner.soeknad_id}"
    record_event(by=by, verb=verb, subject=subject, now=now, owner=partner.owner_id, **data)
