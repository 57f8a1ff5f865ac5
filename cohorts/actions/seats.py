"""Bringing somebody into a seat: a person with an account, one who is invited, or only a name."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from actors.access import can_invite
from actors.actions.groups import Seating
from actors.actions.invitations import invite_person
from actors.actions.roles import find_person
from actors.models import PPT, GroupMember, Invitation, User
from actors.rules.roles import SCOPE_OF_KIND, RoleKind
from cohorts.actions.groups import seat_member
from cohorts.queries.groups import GroupInPulje
from cohorts.rules.errors import NotAllowedHere
from cohorts.rules.offices import seat_role


@dataclass(frozen=True)
class Brought:
    """A new member, and whether an invitation to the portal was sent."""

    member: GroupMember
    invited: bool


@transaction.atomic
def bring_member(*, found: GroupInPulje, seating: Seating, by: User, now: datetime) -> Brought:
    """Put somebody in a seat of a group.

    An address that has an account is that person. Another is invited to the access role that goes
    with the seat, when it has one and `by` may give it; the account is tied to the seat when the
    invitation is accepted. Raises NotAllowedHere when the person sits there already.
    """
    name, email = seating.name, seating.email
    user = find_person(email) if email else None
    sitting = found.group.members.filter(
        seat=seating.seat, unit=seating.unit, owner=seating.owner, valid_to=None
    )
    same = {"user": user} if user else {"email__iexact": email, "name": name}
    if sitting.filter(**same).exists():
        raise NotAllowedHere(_("%(name)s sitter på denne plassen fra før.") % {"name": name})
    member = seat_member(
        pulje=found.pulje,
        group=found.group,
        seating=replace(seating, user=user, name=str(user) if user else name),
        by=by,
        now=now,
    )
    invited = bool(email) and user is None and _invite(found, member, by, now)
    return Brought(member, invited)


def _invite(found: GroupInPulje, member: GroupMember, by: User, now: datetime) -> bool:
    """Send an invitation to the role of the seat; False when there is none that `by` may give."""
    kind = seat_role(found.programme, found.definition, member.seat)
    scope = _scope(found, member, kind)
    if kind is None or scope is None or not can_invite(by, kind, scope):
        return False
    place = {SCOPE_OF_KIND[kind]: scope}
    waiting = Invitation.objects.open(now).filter(kind=kind, **place)
    if not waiting.filter(email__iexact=member.email).exists():
        invite_person(
            email=member.email,
            name=member.name,
            kind=kind,
            scope=scope,
            role_from=member.valid_from,
            by=by,
            now=now,
        )
    return True


def _scope(found: GroupInPulje, member: GroupMember, kind: str | None):
    """What the role of a seat is limited to; None when it cannot be known."""
    if kind in (RoleKind.LEDER, RoleKind.ARBEIDSGRUPPE):
        return member.unit or found.group.unit
    if kind == RoleKind.EIER:
        return member.owner or found.group.owner
    if kind == RoleKind.PPT:
        serving = PPT.objects.filter(
            pptkommune__kommune=found.deltakelse.owner.kommune_id, pptkommune__valid_to=None
        )
        return serving.first() if serving.count() == 1 else None
    return None
