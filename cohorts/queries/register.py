"""What may be picked from the registers: owners for a pulje, units for a deltakelse."""

from django.db.models import Q, QuerySet

from actors.models import Owner, Unit
from actors.rules.roles import RoleKind
from cohorts.rules.participants import Place


def owners_for(user) -> QuerySet[Owner]:
    """Owners the person may bring into a pulje: a statsforvalter those of the own embete.

    A private owner has no kommune in the registers; its units say in which embete it is.
    """
    owners = Owner.objects.select_related("kommune", "fylke")
    role = user.role
    if role is None:
        return owners.none()
    if role.kind != RoleKind.STATSFORVALTER:
        return owners
    embete = role.statsforvalter
    private = Unit.objects.filter(kommune__fylke__statsforvalter=embete, owner__kind="privat")
    return owners.filter(
        Q(kommune__fylke__statsforvalter=embete)
        | Q(kommune=None, fylke__statsforvalter=embete)
        | Q(pk__in=private.values("owner"))
    )


def units_for(owner: Owner, kinds: tuple[str, ...]) -> QuerySet[Unit]:
    """Units in operation that an owner may take part with; see `rules.participants`."""
    units = Unit.objects.active().filter(kind__in=kinds).select_related("kommune", "owner")
    if owner.kommune_id is not None:
        along = Q(ownership="privat", kommune=owner.kommune)
    elif owner.fylke_id is not None:
        along = Q(ownership="privat", kommune__fylke=owner.fylke)
    else:
        along = Q(ownership="privat", owner=None)
    return units.filter(Q(owner=owner) | along)


def place_of_owner(owner: Owner) -> Place:
    return Place(owner.pk, owner.kommune_id, owner.fylke_id, private=owner.kind == "privat")


def place_of_unit(unit: Unit) -> Place:
    fylke = unit.kommune.fylke_id if unit.kommune else None
    return Place(unit.owner_id, unit.kommune_id, fylke, private=unit.ownership == "privat")
