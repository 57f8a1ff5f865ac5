"""Seats that somebody has left and nobody has taken, in all of a pulje at once."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max, Q, QuerySet

from actors.models import Group, GroupMember, Role
from actors.rules.roles import SCOPE_OF_KIND, RoleKind
from cohorts.models import Deltakelse, DeltakendeUnit, Pulje
from cohorts.programme.definition import Programme
from cohorts.queries.groups import group_in_pulje, seats_on
from cohorts.queries.programme import programme_of

# Seats that follow an office: the leader's is seen to at the unit, a veileder's in `unfollowed`.
BY_OFFICE = (RoleKind.LEDER, RoleKind.VEILEDER)
# A deltakelse, and one of its units or None.
Place = tuple[int, int | None]
Left = list[tuple[Place, date]]


@dataclass(frozen=True)
class Vacancy:
    """A unit, or a deltakelse (`unit_id` None), lacks somebody that it or its group shall have.

    `since` is the first local day without the one who left last.
    """

    deltakelse_id: int
    unit_id: int | None
    since: date

    @property
    def place(self) -> Place:
        return self.deltakelse_id, self.unit_id


def vacancies(pulje: Pulje, on: date) -> list[Vacancy]:
    """Where whoever leads a group, or somebody in a seat that shall be filled, has left.

    A seat that was never filled is not here: that the groups are made is a duty of the start-up.
    Nor one that says why it is empty, or one whose next holder is known. Five queries, and a few
    more for each group with an empty seat.
    """
    programme = programme_of(pulje)
    deltakelser = Deltakelse.objects.filter(pulje=pulje).active()
    units = DeltakendeUnit.objects.active().filter(deltakelse__in=deltakelser)
    of_unit: dict[int, Place] = {
        row[2]: row[:2] for row in units.values_list("deltakelse", "pk", "unit")
    }
    of_owner: dict[int, Place] = {
        owner: (pk, None) for pk, owner in deltakelser.values_list("pk", "owner")
    }
    left = [
        *_without_leader(programme, "unit", of_unit, on),
        *_without_leader(programme, "deltakelse", of_owner, on),
        *_without_member(programme, units, deltakelser, on),
    ]
    latest: dict[Place, date] = {}
    for place, since in left:
        latest[place] = max(since, latest.get(place, since))
    return [Vacancy(*place, since) for place, since in latest.items()]


def _without_leader(programme: Programme, scope: str, places: dict[int, Place], on: date) -> Left:
    """The places whose group has lost the one who leads it by office."""
    group = next((each for each in programme.groups if each.scope == scope), None)
    office = programme.actor(group.leader).role if group and group.leader else None
    field = SCOPE_OF_KIND[office] if office else None
    if field is None:
        return []
    roles = Role.objects.of_kind(office).filter(**{f"{field}__in": places}).order_by()
    rows = roles.values_list(field).annotate(here=_here(on), last=_last(on))
    return [(places[pk], last + timedelta(days=1)) for pk, here, last in rows if not here]


def _without_member(
    programme: Programme,
    units: QuerySet[DeltakendeUnit],
    deltakelser: QuerySet[Deltakelse],
    on: date,
) -> Left:
    """The places whose group has lost a member in a seat that shall be filled."""
    groups = {
        group: (d, u) for d, u, group in units.values_list("deltakelse", "pk", "arbeidsgruppe")
    }
    groups |= {group: (d, None) for d, group in deltakelser.values_list("pk", "styringsgruppe")}
    ended = _last_days(groups.keys() - {None}, _demanded(programme), on)
    found = []
    for group in Group.objects.filter(pk__in=ended):
        where = group_in_pulje(group)
        for state in seats_on(where, on) if where else []:
            last = ended[group.pk].get(state.seat.id)
            if last is not None and state.empty == "must" and not state.reason:
                found.append((groups[group.pk], last + timedelta(days=1)))
    return found


def _demanded(programme: Programme) -> dict[str, str]:
    """The seats that shall be filled and that somebody is put into, each with whom it is per."""
    offices = {actor.id: actor.role for actor in programme.actors}
    return {
        seat.id: seat.per
        for group in programme.groups
        for seat in group.seats
        if seat.is_required and offices.get(seat.role) not in BY_OFFICE
    }


def _last_days(
    groups: Iterable[int | None], seats: dict[str, str], on: date
) -> dict[int, dict[str, date]]:
    """By group and seat the last day of the one who left last, where the seat may be empty."""
    members = GroupMember.objects.filter(group__in=groups, seat__in=seats, deputy=False)
    rows = members.order_by().values_list("group", "seat").annotate(here=_here(on), last=_last(on))
    found: dict[int, dict[str, date]] = defaultdict(dict)
    for group, seat, here, last in rows:
        # One seat for each private owner: somebody sits there, and another may still be missing.
        if last is not None and (not here or seats[seat] != "group"):
            found[group][seat] = last
    return dict(found)


def _here(on: date) -> Count:
    """How many are there, or come later."""
    return Count("pk", filter=Q(valid_to__isnull=True) | Q(valid_to__gte=on))


def _last(on: date) -> Max:
    """The last day of the one who left last; None when nobody has."""
    return Max("valid_to", filter=Q(valid_to__lt=on))
