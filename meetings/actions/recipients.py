"""Who holds an office at a place today: the people a message about a duty goes to.

Rights and duties belong to the office, so a message goes to whoever holds it on the day.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from actors.models import GroupMember, Role
from actors.rules.roles import SCOPE_OF_KIND, RoleKind
from cohorts.models import Deltakelse, DeltakendeUnit, Veilederoppdrag


class Place(NamedTuple):
    """Where an office is looked for: an access role, and the deltakelse or unit (ids or None).

    In a recruitment there is no deltakelse yet: then the owner, and the embete it applies in.
    """

    office: str
    deltakelse_id: int | None = None
    unit_id: int | None = None
    owner_id: int | None = None
    statsforvalter_id: int | None = None


class _Unit(NamedTuple):
    """What an office at a unit hangs on: primary keys of the unit, its private owner and so on."""

    pk: int
    unit_id: int
    owner_id: int | None
    kommune_id: int | None
    statsforvalter_id: int
    arbeidsgruppe_id: int | None


class _Deltakelse(NamedTuple):
    """The same for a deltakelse; the owner is a kommune, in a fylke, or neither."""

    pk: int
    owner_id: int
    kommune_id: int | None
    statsforvalter_id: int | None
    styringsgruppe_id: int | None


def office_holders(places: Iterable[Place], on: date) -> dict[Place, list[Role]]:
    """The roles valid on the local day `on` for each place, each with its active user.

    At most eight queries, however many places. A place nobody holds gets an empty list.
    """
    wanted = set(places)
    units = _units({place.unit_id for place in wanted})
    deltakelser = _deltakelser({place.deltakelse_id for place in wanted})
    finders = {
        RoleKind.VEILEDER: _veiledere,
        RoleKind.PPT: _ppt,
    }
    found: dict[Place, list[Role]] = {place: [] for place in wanted}
    for office in {place.office for place in wanted}:
        here = [place for place in wanted if place.office == office]
        find = finders.get(RoleKind(office), _holders_by_scope)
        found.update(find(here, units, deltakelser, on))
    return found


def holders_of(
    offices: Iterable[str], deltakelse_id: int | None, unit_id: int | None, on: date
) -> list[Role]:
    """Who holds one of the offices at one place on the local day `on`, each person once."""
    places = [Place(office, deltakelse_id, unit_id) for office in offices]
    found = office_holders(places, on)
    return list({role.user_id: role for place in places for role in found[place]}.values())


def _units(ids: set[int | None]) -> dict[int, _Unit]:
    rows = DeltakendeUnit.objects.filter(pk__in=ids - {None}).values_list(
        "pk",
        "unit",
        "unit__owner",
        "unit__kommune",
        "unit__kommune__fylke__statsforvalter",
        "arbeidsgruppe",
    )
    return {row[0]: _Unit(*row) for row in rows}


def _deltakelser(ids: set[int | None]) -> dict[int, _Deltakelse]:
    of_fylke = Coalesce(
        F("owner__kommune__fylke__statsforvalter"), F("owner__fylke__statsforvalter")
    )
    rows = Deltakelse.objects.filter(pk__in=ids - {None}).values_list(
        "pk", "owner", "owner__kommune", of_fylke, "styringsgruppe"
    )
    return {row[0]: _Deltakelse(*row) for row in rows}


def _roles(office: str, on: date) -> QuerySet[Role]:
    roles = Role.objects.of_kind(office).active(on).filter(user__is_active=True)
    return roles.select_related("user").order_by("pk")


def _holders_by_scope(places, units, deltakelser, on: date) -> dict[Place, list[Role]]:
    """Offices whose scope follows from the unit or the owner; national ones are held anywhere."""
    office = places[0].office
    scopes = {
        place: _scope_id(place, units.get(place.unit_id), deltakelser.get(place.deltakelse_id))
        for place in places
    }
    roles, field = _roles(office, on), SCOPE_OF_KIND[RoleKind(office)]
    if field:
        roles = roles.filter(**{f"{field}__in": set(scopes.values())})
    by_scope: dict[int | None, list[Role]] = defaultdict(list)
    for role in roles:
        by_scope[getattr(role, f"{field}_id") if field else None].append(role)
    return {place: by_scope.get(scope, []) for place, scope in scopes.items()}


def _scope_id(place: Place, unit: _Unit | None, deltakelse: _Deltakelse | None) -> int | None:
    """The primary key of the scope that the office has at the place; None for national offices."""
    # A number that no row has: a scoped office without a place is held by nobody.
    nobody = 0
    if place.statsforvalter_id is not None:
        known = {
            RoleKind.EIER: place.owner_id,
            RoleKind.STATSFORVALTER: place.statsforvalter_id,
            RoleKind.UDIR: None,
        }
        return known.get(RoleKind(place.office), nobody)
    match place.office:
        case RoleKind.LEDER | RoleKind.ARBEIDSGRUPPE:
            return unit.unit_id if unit else nobody
        case RoleKind.EIER:
            private = unit.owner_id if unit else None
            return private or (deltakelse.owner_id if deltakelse else nobody)
        case RoleKind.STATSFORVALTER:
            there = unit if unit and unit.kommune_id else deltakelse
            return (there.statsforvalter_id if there else None) or nobody
        case RoleKind.BARNEHAGEMYNDIGHET:
            there = unit or deltakelse
            return (there.kommune_id if there else None) or nobody
        case _:
            return None


def _veiledere(places, units, deltakelser, on: date) -> dict[Place, list[Role]]:
    """Veiledere with an assignment to the unit, or to the whole deltakelse."""
    roles = {role.user_id: role for role in _roles(RoleKind.VEILEDER, on)}
    by_place: dict[tuple[int, int | None], list[Role]] = defaultdict(list)
    for oppdrag in Veilederoppdrag.objects.active(on).order_by("-function", "pk"):
        role = roles.get(oppdrag.veileder_id)
        if role is not None:
            by_place[oppdrag.deltakelse_id, oppdrag.unit_id].append(role)
    return {
        place: [
            *by_place.get((place.deltakelse_id, None), []),
            *(by_place.get((place.deltakelse_id, place.unit_id), []) if place.unit_id else []),
        ]
        for place in places
    }


def _ppt(places, units, deltakelser, on: date) -> dict[Place, list[Role]]:
    """PPT-rådgivere who sit in the unit's arbeidsgruppe or in the styringsgruppe."""
    roles = {role.user_id: role for role in _roles(RoleKind.PPT, on)}
    by_group: dict[int, list[Role]] = defaultdict(list)
    members = GroupMember.objects.active(on).filter(user__in=roles)
    for group, user in members.values_list("group", "user").order_by("pk"):
        by_group[group].append(roles[user])

    def group_of(place: Place) -> int | None:
        unit, deltakelse = units.get(place.unit_id), deltakelser.get(place.deltakelse_id)
        if unit is not None:
            return unit.arbeidsgruppe_id
        return deltakelse.styringsgruppe_id if deltakelse else None

    return {place: by_group.get(group_of(place) or 0, []) for place in places}
