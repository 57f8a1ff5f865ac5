"""People whose address is wrong, and who may correct it."""

from django.db.models import Q, QuerySet

from actors.models import Role, User
from actors.rules.roles import RoleKind

STEERS = (RoleKind.UDIR, RoleKind.ADMIN)
# Offices that are the owner's own people and nobody else's.
OF_OWNER = (RoleKind.EIER, RoleKind.PERSONVERNKONTAKT)
OF_UNIT = (RoleKind.LEDER, RoleKind.ARBEIDSGRUPPE)


def correctable_by(user) -> QuerySet[User]:
    """People whose address the role acted in may correct: who has it, signs in with it.

    An owner only while mail comes back, and only for those whose roles are all its own; Udir
    anybody but administrators, whose addresses are for administrators.
    """
    role = user.role
    if role is None or role.kind not in (RoleKind.EIER, *STEERS):
        return User.objects.none()
    people = User.objects.filter(is_active=True)
    if role.kind == RoleKind.ADMIN:
        return people
    held = Role.objects.active(user.on)
    admins = held.filter(kind=RoleKind.ADMIN)
    people = people.filter(is_staff=False, is_superuser=False).exclude(pk__in=admins.values("user"))
    if role.kind == RoleKind.UDIR:
        return people
    own = Q(kind__in=OF_OWNER, owner=role.owner_id)
    own |= Q(kind__in=OF_UNIT, unit__owner=role.owner_id)
    others = held.exclude(pk__in=held.filter(own).values("pk"))
    return people.filter(
        email_bounced_at__isnull=False, pk__in=held.filter(own).values("user")
    ).exclude(pk__in=others.values("user"))
