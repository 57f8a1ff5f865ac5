"""Who may be veileder, and the other roles that stand in the way (domain 8.15)."""

from datetime import date

from django.db.models import Q, QuerySet

from actors.models import Role, User
from actors.rules.roles import RoleKind

# Who has led or owned something in a kommune is not its veileder later either.
NEVER_AGAIN = (RoleKind.LEDER, RoleKind.EIER)


def veiledere(on: date) -> QuerySet[User]:
    """People with the role of veileder on the day `on`, by name."""
    return User.objects.holding(RoleKind.VEILEDER, None, on).order_by("name", "pk")


def roles_in_the_way(veileder: User, deltakelse, on: date) -> QuerySet[Role]:
    """Other roles of the person at the owner, in its kommune or at a unit that takes part.

    Roles that still hold on the day `on` or later; of the roles as leader or owner also ended ones.
    """
    owner = deltakelse.owner
    place = Q(owner=owner) | Q(unit__owner=owner)
    place |= Q(unit__in=deltakelse.units.values("unit"))
    if owner.kommune_id is not None:
        kommune = owner.kommune
        place |= Q(kommune=kommune) | Q(unit__kommune=kommune) | Q(owner__kommune=kommune)
        place |= Q(ppt__kommuner=kommune)
    still = Q(valid_to__isnull=True) | Q(valid_to__gte=on) | Q(kind__in=NEVER_AGAIN)
    roles = Role.objects.filter(place, still, user=veileder).with_scope()
    return roles.order_by("valid_to", "pk").distinct()
