"""The groups of a pulje: which ones a person sees, and who sits in one on a day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from actors.models import Group, Owner, Role, Unit, User
from actors.rules.roles import RoleKind, role_title
from cohorts.programme.definition import GroupDef, Programme
from cohorts.queries.programme import programme_of
from cohorts.rules.seats import Participants, Place, SeatState, Sitter, seats_of_group
from lmp.lib.wording import small_first


@dataclass(frozen=True)
class GroupInPulje:
    """A group where it works: in a pulje, for a deltakelse or for one unit of it."""

    group: Group
    pulje: Any
    deltakelse: Any
    units: tuple[Any, ...]
    programme: Programme
    definition: GroupDef

    @property
    def is_of_unit(self) -> bool:
        return self.group.unit_id is not None


def groups_visible_to(user) -> QuerySet[Group]:
    """Groups of the units and deltakelser within the scope of the role the person acts in."""
    units = apps.get_model("cohorts", "DeltakendeUnit").objects.visible_to(user)
    deltakelser = apps.get_model("cohorts", "Deltakelse").objects.visible_to(user)
    working = units.filter(arbeidsgruppe__isnull=False).values("arbeidsgruppe")
    steering = deltakelser.filter(styringsgruppe__isnull=False).values("styringsgruppe")
    return Group.objects.filter(Q(pk__in=working) | Q(pk__in=steering))


def group_in_pulje(group: Group) -> GroupInPulje | None:
    """Where the group works; a group shared by puljer in the newest that is not closed."""
    if group.unit_id is not None:
        unit = _units().order_by().filter(arbeidsgruppe=group.pk).first()
        return _found(group, unit.deltakelse, (unit,)) if unit else None
    deltakelser = apps.get_model("cohorts", "Deltakelse").objects.filter(styringsgruppe=group.pk)
    deltakelser = deltakelser.select_related("pulje", "owner")
    newest = sorted(deltakelser, key=lambda d: (not d.pulje.is_closed, d.pulje.number))
    if not newest:
        return None
    units = _units().active().filter(deltakelse=newest[-1])
    return _found(group, newest[-1], tuple(units))


def group_of_unit(unit) -> GroupInPulje | None:
    """The arbeidsgruppe of a DeltakendeUnit where it works; None before it is made."""
    group = unit.arbeidsgruppe
    return _found(group, unit.deltakelse, (unit,)) if group is not None else None


def seats_on(found: GroupInPulje, on: date) -> list[SeatState]:
    """The seats of a group with who sits there on the local date `on`, and what is empty."""
    reasons = dict(found.group.empty_seat_reasons.values_list("seat", "reason"))
    participants = participants_of(found)
    sitters = sitters_on(found, on)
    return seats_of_group(found.programme, found.definition, participants, sitters, reasons)


def sitters_on(found: GroupInPulje, on: date) -> list[Sitter]:
    """Who sits in the group on the local date `on`: by office, and those who were put there.

    A leader or a veileder who was put there counts only while the office lasts.
    """
    by_office = _by_office(found, on)
    held = {
        seat.id
        for seat in found.definition.seats
        if _access_role(found.programme, seat.role) in (RoleKind.LEDER, RoleKind.VEILEDER)
    }
    there = {(sitter.seat, sitter.person) for sitter in by_office}
    members = [
        member
        for member in _members(found, on)
        if (member.seat, member.person) not in there
        and not (member.seat in held and member.person.startswith("user:"))
    ]
    return [*by_office, *members]


def participants_of(found: GroupInPulje) -> Participants:
    """What decides which seats the group has."""
    own = found.deltakelse.owner_id
    owners = {
        unit.unit.owner_id: Place(unit.unit.owner_id, str(unit.unit.owner))
        for unit in found.units
        if unit.unit.ownership == "privat" and unit.unit.owner_id not in (None, own)
    }
    return Participants(
        units=tuple(Place(u.unit_id, str(u.unit), u.unit.kind) for u in found.units),
        private_owners=tuple(owners.values()),
        has_sfo=any(unit.sfo_takes_part for unit in found.units),
        private_units=any(unit.unit.ownership == "privat" for unit in found.units),
        applicant=applicant_of(found.deltakelse.owner, found.programme),
    )


def applicant_of(owner: Owner, programme: Programme) -> str | None:
    """What kind of applicant an owner is, in the words of the programme; None if it is unclear."""
    named = {"kommune": "kommune", "fylkeskommune": "fylkeskommune"}
    applicant = named.get(owner.kind, "frittstaaende_skole")
    return applicant if applicant in programme.recruitment.applicants else None


def office_holders(found: GroupInPulje, on: date) -> list[tuple[str, Role, Unit | None]]:
    """(seat, role, unit) of those who lead the owner or its units on the day `on`, by seat."""
    roles = Role.objects.active(on).select_related("user")
    units = [unit.unit_id for unit in found.units]
    held: dict[str | None, QuerySet[Role]] = {
        RoleKind.LEDER: roles.select_related("unit").filter(kind=RoleKind.LEDER, unit__in=units),
        RoleKind.EIER: roles.filter(kind=RoleKind.EIER, owner=found.deltakelse.owner_id),
    }
    return [
        (seat.id, role, role.unit)
        for seat in found.definition.seats
        if seat.per != "private_owner"
        for role in held.get(_access_role(found.programme, seat.role), ())
    ]


def _by_office(found: GroupInPulje, on: date) -> list[Sitter]:
    """Leaders of units and the assigned veiledere sit in their seats without being put there."""
    leaders = [
        Sitter(
            seat=seat,
            name=str(role.user),
            person=_key(role.user),
            since=role.valid_from,
            until=role.valid_to,
            unit=role.unit_id,
            note=_office_note(role, found),
        )
        for seat, role, unit in office_holders(found, on)
        if unit is not None
    ]
    return leaders + _veiledere(found, on)


def _office_note(role: Role, found: GroupInPulje) -> str:
    title = role_title(role.kind, role.unit.kind, acting=role.acting)
    return small_first(title) if found.is_of_unit else f"{small_first(title)}, {role.unit}"


def _veiledere(found: GroupInPulje, on: date) -> list[Sitter]:
    seats = [
        seat.id
        for seat in found.definition.seats
        if _access_role(found.programme, seat.role) == RoleKind.VEILEDER
    ]
    if not seats:
        return []
    oppdrag = found.deltakelse.oppdrag.following(found.deltakelse, on)
    return [
        Sitter(
            seat=seat,
            name=str(each.veileder),
            person=_key(each.veileder),
            since=each.valid_from,
            until=each.valid_to,
            note=each.get_function_display().lower(),
        )
        for seat in seats
        for each in oppdrag
    ]


def _members(found: GroupInPulje, on: date) -> list[Sitter]:
    rows = found.group.members.active(on).in_seat_order()
    return [
        Sitter(
            seat=row.seat,
            name=row.name,
            person=_key(row.user) if row.user else (row.email or row.name).lower(),
            since=row.valid_from,
            until=row.valid_to,
            deputy=row.deputy,
            unit=row.unit_id,
            owner=row.owner_id,
            member=row.pk,
            note=str(row.unit or row.owner or ""),
        )
        for row in rows
    ]


def _access_role(programme: Programme, role: str) -> str | None:
    """The access role behind the role of a seat; occupations have none."""
    actors = {actor.id: actor.role for actor in programme.actors}
    return actors.get(role)


def _key(user: User) -> str:
    return f"user:{user.pk}"


def _units():
    units = apps.get_model("cohorts", "DeltakendeUnit").objects
    return units.select_related("unit__owner", "deltakelse__pulje", "deltakelse__owner")


def _found(group: Group, deltakelse, units: tuple) -> GroupInPulje:
    programme = programme_of(deltakelse.pulje)
    return GroupInPulje(
        group, deltakelse.pulje, deltakelse, units, programme, programme.group(group.kind)
    )
