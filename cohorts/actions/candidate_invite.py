"""Inviting an owner's contact to apply: one or many at once, again, and taking it back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.actions.invitation_letters import letter_language
from actors.actions.invitations import invite_person, resend_invitation, withdraw_invitation
from actors.models import User
from actors.rules.roles import RoleKind
from cohorts.actions.candidate import log_contact, refuse_ended
from cohorts.actions.stage import refresh_stages
from cohorts.models import Candidate, CandidateContact, CandidateInvitation, EmbeteOpptak
from cohorts.queries.opptak import application_deadline
from cohorts.rules.candidate_invite import MAY_BE_INVITED, USUAL_EXPIRY, is_repeat
from cohorts.rules.errors import NationalIdFound, NotPossible
from cohorts.rules.opptak import is_late
from cohorts.rules.paper import fields_with_national_ids


@dataclass(frozen=True)
class Contact:
    """Whom to invite for a candidate."""

    candidate: Candidate
    name: str
    email: str


class NotInvited(ValidationError):
    """Nobody was invited; `rows` says why, by the key of the candidate."""

    def __init__(self, rows: dict[int, str]) -> None:
        self.rows = rows
        super().__init__(_("Ingen er invitert. Rett det som står ved radene."))


@transaction.atomic
def invite_candidates(
    *,
    embete: EmbeteOpptak,
    contacts: Iterable[Contact],
    message_bm: str,
    message_nn: str,
    expires_in_days: int = USUAL_EXPIRY,
    late_reason: str = "",
    by: User,
    now: datetime,
) -> list[CandidateInvitation]:
    """Send each contact a personal link to the søknad, in the language of the place; all or none.

    A double click is harmless: an address that was invited within two minutes is passed over.
    Raises NotInvited with what is wrong by row, NotPossible when the opptak is not open,
    ValidationError (late_reason) when the deadline has passed and no reason is given, and
    NationalIdFound for a fødselsnummer in the texts.
    """
    rows = list(contacts)
    late = _check(embete, message_bm, message_nn, late_reason, now)
    keys = [row.candidate.pk for row in rows]
    list(Candidate.objects.select_for_update().filter(pk__in=keys).order_by("pk").values("pk"))
    messages = {"nb": message_bm, "nn": message_nn}
    sent = _invite_all(rows, messages, expires_in_days, by=by, now=now)
    if late:
        _log_late(sent, late_reason, by=by, now=now)
    refresh_stages(keys)
    return sent


def _invite_all(
    rows: list[Contact], messages: dict[str, str], days: int, *, by: User, now: datetime
) -> list[CandidateInvitation]:
    """Invite each contact with the message in the language of its letter; raises NotInvited."""
    either = messages["nb"] or messages["nn"]
    sent, wrong = [], {}
    for row in rows:
        message = messages[letter_language(row.email, row.candidate.owner)]
        try:
            invited = _invite(row, message or either, days, by=by, now=now)
        except (ValidationError, PermissionDenied) as error:
            wrong[row.candidate.pk] = _why(error)
            continue
        if invited is not None:
            sent.append(invited)
    if wrong:
        raise NotInvited(wrong)
    return sent


def _check(embete: EmbeteOpptak, bm: str, nn: str, late_reason: str, now: datetime) -> bool:
    """Whether it is after the deadline; raises what stands in the way."""
    refuse_ended(embete.opptak)
    if not embete.opptak.is_open:
        raise NotPossible(_("Opptaket er ikke åpnet ennå."))
    texts = {"message_bm": bm, "message_nn": nn, "late_reason": late_reason}
    if fields := fields_with_national_ids(texts):
        raise NationalIdFound(fields)
    late = is_late(timezone.localdate(now), application_deadline(embete))
    if late and not late_reason.strip():
        text = _("Søknadsfristen har gått ut. Skriv hvorfor dere inviterer likevel.")
        raise ValidationError({"late_reason": text})
    return late


def _invite(
    row: Contact, message: str, days: int, *, by: User, now: datetime
) -> CandidateInvitation | None:
    """Invite one contact; None when that is done just now. Raises ValidationError."""
    candidate = row.candidate
    if candidate.dismissed_at is not None:
        raise NotPossible(_("Ikke aktuell nå. Ta den tilbake på lista først."))
    if candidate.stage not in MAY_BE_INVITED:
        raise NotPossible(_("Har søkt allerede, og trenger ingen invitasjon."))
    before = candidate.invitations.filter(
        invitation__email=row.email.strip().lower(),
        invitation__accepted_at=None,
        invitation__withdrawn_at=None,
        invitation__expires_at__gt=now,
    ).select_related("invitation")
    if any(is_repeat(each.invitation.sent_at, now) for each in before):
        return None
    invitation = invite_person(
        email=row.email,
        name=row.name,
        kind=RoleKind.EIER,
        scope=candidate.owner,
        role_from=timezone.localdate(now),
        by=by,
        now=now,
        expires_in_days=days,
        message=message,
        landing=landing_of(candidate.embete.opptak.pulje.number),
    )
    return CandidateInvitation.objects.create(candidate=candidate, invitation=invitation)


def _why(error: ValidationError | PermissionDenied) -> str:
    return error.messages[0] if isinstance(error, ValidationError) else str(error)


def _log_late(sent: list[CandidateInvitation], reason: str, *, by: User, now: datetime) -> None:
    """Leave the reason for a late invitation in the contact log, where the embete looks."""
    text = _("Invitert etter søknadsfristen. %(reason)s") % {"reason": reason.strip()}
    for each in sent:
        log_contact(
            candidate=each.candidate,
            on=timezone.localdate(now),
            how=CandidateContact.How.EPOST,
            text=text[:300],
            by=by,
            now=now,
        )


def landing_of(number: int) -> str:
    """Where the link of an invitation leads: the søknad of the opptak to pulje `number`."""
    return reverse("cohorts:soeknad_create", args=[number])


@transaction.atomic
def resend_candidate_invitation(
    *, invited: CandidateInvitation, by: User, now: datetime
) -> CandidateInvitation:
    """Send the link again; it lasts as long as the first time. Raises as `resend_invitation`."""
    refuse_ended(invited.candidate.embete.opptak)
    first = invited.invitation
    days = max((first.expires_at - first.sent_at).days, 1)
    resend_invitation(invitation=first, by=by, now=now, expires_in_days=days)
    refresh_stages([invited.candidate_id])
    return invited


@transaction.atomic
def withdraw_candidate_invitation(
    *, invited: CandidateInvitation, by: User, now: datetime
) -> CandidateInvitation:
    """Make the link useless. Raises as `withdraw_invitation`."""
    withdraw_invitation(invitation=invited.invitation, by=by, now=now)
    refresh_stages([invited.candidate_id])
    return invited
