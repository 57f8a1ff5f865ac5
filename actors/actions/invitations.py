"""Invitations: the only way in. Sent by those who may, accepted once, withdrawn or run out."""

import secrets
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from actors.access import can_invite
from actors.actions.events import record_event
from actors.actions.groups import adopt_memberships
from actors.actions.invitation_letters import queue_letter, stop_letters
from actors.actions.roles import check_period, check_scope, create_person, find_person, give_role
from actors.models import Invitation, Role, User
from actors.rules.invitations import (
    RESEND_AFTER,
    InvitationState,
    invitation_state,
    language_of,
    may_resend,
)
from actors.rules.roles import SCOPE_OF_KIND


class InvitationClosed(ValidationError):
    """The invitation was accepted, withdrawn or has run out; `state` says which."""

    def __init__(self, state: InvitationState) -> None:
        super().__init__(_("Denne invitasjonen kan ikke brukes lenger."))
        self.state = state


@transaction.atomic
def invite_person(
    *,
    email: str,
    name: str,
    kind: str,
    scope,
    role_from: date,
    role_to: date | None = None,
    acting: bool = False,
    by: User,
    now: datetime,
    expires_in_days: int = 21,
    message: str = "",
    landing: str = "",
) -> Invitation:
    """Invite somebody to the role `kind` on `scope` (None for national kinds), by e-mail.

    `message` is a neutral text for the mail, `landing` a path on the portal to come in at.
    Raises PermissionDenied when `by`, in the role acted in, may not give that role there, and
    ValidationError when scope, period or an open invitation of the same kind stands in the way.
    """
    check_scope(kind, scope)
    check_period(role_from, role_to)
    if not can_invite(by, kind, scope):
        raise PermissionDenied(_("Du kan ikke invitere noen til denne rollen."))
    address = email.strip().lower()
    if _waiting(address, kind, scope, now).exists():
        raise ValidationError(_("%(email)s er invitert allerede.") % {"email": address})
    return _create(
        email=address,
        name=name,
        kind=kind,
        scope=scope,
        role_from=role_from,
        role_to=role_to,
        acting=acting,
        by=by,
        now=now,
        expires_in_days=expires_in_days,
        message=message,
        landing=landing,
    )


@transaction.atomic
def invite_by_decision(
    *,
    email: str,
    name: str,
    kind: str,
    scope,
    role_from: date,
    by: User,
    now: datetime,
    expires_in_days: int = 21,
    message: str = "",
    landing: str = "",
) -> Invitation | None:
    """Invite somebody to the role at a place that follows from a decision already taken.

    An owner that says yes to take part names who leads its units, private ones too, where it may
    invite nobody otherwise: the right lies in the decision, and the caller has checked who may
    take it. None when the person holds the role or is invited to it. Raises ValidationError for a
    national role, which no decision gives, and when the scope does not fit.
    """
    check_scope(kind, scope)
    if scope is None:
        raise ValidationError(_("Du kan ikke invitere noen til denne rollen."))
    address = email.strip().lower()
    person = find_person(address)
    held = Role.objects.filter(user=person).for_scope(kind, scope).active(role_from)
    if (person and held.exists()) or _waiting(address, kind, scope, now).exists():
        return None
    return _create(
        email=address,
        name=name,
        kind=kind,
        scope=scope,
        role_from=role_from,
        by=by,
        now=now,
        expires_in_days=expires_in_days,
        message=message,
        landing=landing,
    )


@transaction.atomic
def resend_invitation(
    *, invitation: Invitation, by: User, now: datetime, expires_in_days: int = 21
) -> Invitation:
    """Send the invitation again and let it last `expires_in_days` from now.

    Raises InvitationClosed when it was accepted or withdrawn, ValidationError when it was sent
    within the last hour, PermissionDenied when `by` may not give the role.
    """
    invitation = _locked(invitation)
    state = state_of(invitation, now)
    if state not in (InvitationState.OPEN, InvitationState.EXPIRED):
        raise InvitationClosed(state)
    _check_may_manage(invitation, by)
    if not may_resend(invitation.sent_at, now):
        minutes = RESEND_AFTER.seconds // 60
        raise ValidationError(
            _("Invitasjonen er nettopp sendt. Vent %(n)s minutter før du sender den igjen.")
            % {"n": minutes}
        )
    invitation.sent_at = now
    invitation.expires_at = now + timedelta(days=expires_in_days)
    invitation.save(update_fields=["sent_at", "expires_at"])
    stop_letters(invitation)
    queue_letter(invitation, now=now)
    _record(invitation, "resend-invitation", by=by, now=now)
    return invitation


@transaction.atomic
def remind_invitee(*, invitation: Invitation, occasion: str, now: datetime) -> bool:
    """Send the letter again as a reminder; the invitation lasts no longer for that.

    `occasion` says which reminder it is: False when that has been sent, or the invitation can no
    longer be accepted. Nobody does it: it is the rule of the programme.
    """
    invitation = _locked(invitation)
    if state_of(invitation, now) != InvitationState.OPEN:
        return False
    return queue_letter(invitation, occasion=occasion, now=now)


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User, now: datetime) -> Invitation:
    """Make the link useless. Raises InvitationClosed when it was accepted or withdrawn already."""
    invitation = _locked(invitation)
    state = state_of(invitation, now)
    if state not in (InvitationState.OPEN, InvitationState.EXPIRED):
        raise InvitationClosed(state)
    _check_may_manage(invitation, by)
    invitation.withdrawn_at = now
    invitation.save(update_fields=["withdrawn_at"])
    stop_letters(invitation)
    _record(invitation, "withdraw-invitation", by=by, now=now)
    return invitation


@transaction.atomic
def accept_invitation(*, invitation: Invitation, now: datetime) -> User:
    """Take the role: find the person by e-mail or make one, give the role, close the invitation.

    Raises InvitationClosed for all but the first who tries, and when the link has run out, and
    PermissionDenied when the person's account is closed.
    """
    taken = Invitation.objects.filter(pk=invitation.pk).open(now).update(accepted_at=now)
    invitation.refresh_from_db()
    if not taken:
        raise InvitationClosed(state_of(invitation, now))
    person = create_person(
        email=invitation.email,
        name=invitation.name,
        language=language_of(invitation.scope),
        by=None,
        now=now,
    )
    if not person.is_active:
        raise PermissionDenied(_("Kontoen din er stengt. Spør den som inviterte deg."))
    give_role(
        user=person,
        kind=invitation.kind,
        scope=invitation.scope,
        valid_from=invitation.role_from,
        valid_to=invitation.role_to,
        acting=invitation.acting,
        by=invitation.invited_by,
        now=now,
    )
    adopt_memberships(user=person, now=now)
    invitation.accepted_by = person
    invitation.save(update_fields=["accepted_by"])
    stop_letters(invitation)
    _record(invitation, "accept-invitation", by=person, now=now)
    return person


def state_of(invitation: Invitation, now: datetime) -> InvitationState:
    """What has become of the invitation at `now` (aware)."""
    return invitation_state(
        accepted_at=invitation.accepted_at,
        withdrawn_at=invitation.withdrawn_at,
        expires_at=invitation.expires_at,
        now=now,
    )


def _waiting(address: str, kind: str, scope, now: datetime) -> QuerySet[Invitation]:
    """The open invitations of an address to the same role at the same place."""
    field = SCOPE_OF_KIND[kind]
    place = {field: scope} if field else {}
    return Invitation.objects.open(now).filter(email=address, kind=kind, **place)


def _create(
    *,
    email: str,
    name: str,
    kind: str,
    scope,
    by: User,
    now: datetime,
    expires_in_days: int,
    message: str,
    **values,
) -> Invitation:
    """Store the invitation and queue its letter; who may send it is asked before."""
    field = SCOPE_OF_KIND[kind]
    invitation = Invitation.objects.create(
        email=email,
        name=name.strip(),
        kind=kind,
        token=secrets.token_urlsafe(32),
        invited_by=by,
        sent_at=now,
        expires_at=now + timedelta(days=expires_in_days),
        message=message.strip(),
        **({field: scope} if field else {}),
        **values,
    )
    queue_letter(invitation, now=now)
    _record(invitation, "invite-person", by=by, now=now)
    return invitation


def _locked(invitation: Invitation) -> Invitation:
    return Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)


def _check_may_manage(invitation: Invitation, by: User) -> None:
    if not can_invite(by, invitation.kind, invitation.scope):
        raise PermissionDenied(_("Du kan ikke endre denne invitasjonen."))


def _record(invitation: Invitation, verb: str, *, by: User, now: datetime) -> None:
    subject = f"invitation:{invitation.pk}"
    record_event(by=by, verb=verb, subject=subject, now=now, kind=invitation.kind)
