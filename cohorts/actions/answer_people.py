"""The people an owner names with its yes: put in their seats, and invited to the portal.

They sit with name and address from the first day; the account is tied to the seat when the
invitation is accepted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from actors.actions.groups import Seating
from actors.actions.invitations import invite_by_decision
from actors.actions.roles import find_person
from actors.models import GroupMember, Owner, Unit, User
from actors.rules.roles import RoleKind
from cohorts.actions.groups import seat_member
from cohorts.models import Answer, Deltakelse, DeltakendeUnit
from cohorts.queries.groups import GroupInPulje, group_in_pulje


@dataclass(frozen=True)
class GivenName:
    """A person as the owner has written it: a name, and an address or none."""

    name: str = ""
    email: str = ""

    def __bool__(self) -> bool:
        return bool(self.name)


NOBODY = GivenName()


def bring_people(
    answer: Answer,
    deltakelse: Deltakelse,
    leaders: Mapping[DeltakendeUnit, GivenName],
    *,
    by: User,
    now: datetime,
) -> None:
    """Seat and invite the leader of the styringsgruppe, the leader of each unit, and PPT.

    The owner's personvernkontakt sits in no group and is invited alone.

    Whoever sits there, holds the role or is invited already is passed over.
    """
    on = timezone.localdate(now)
    head = GivenName(answer.leader_name, answer.leader_email)
    ppt = GivenName(answer.ppt_name, answer.ppt_email)
    steering = _found(deltakelse.styringsgruppe)
    if steering is not None:
        _seat(steering, _leading(steering), head, by, now, owner=deltakelse.owner)
    for unit, leader in leaders.items():
        working = _found(unit.arbeidsgruppe)
        if working is not None:
            _seat(working, _leading(working), leader, by, now)
        if steering is not None:
            _seat(steering, _of_units(steering), leader, by, now, unit=unit.unit)
        if steering is None and working is not None:
            _seat(working, _of_role(working, RoleKind.PPT), ppt, by, now)
        _invite(leader, RoleKind.LEDER, unit.unit, on, by, now)
    if steering is not None:
        _seat(steering, _of_role(steering, RoleKind.PPT), ppt, by, now)
    _invite(head, RoleKind.EIER, deltakelse.owner, on, by, now)
    contact = GivenName(answer.privacy_name, answer.privacy_email)
    _invite(contact, RoleKind.PERSONVERNKONTAKT, deltakelse.owner, on, by, now)
    if answer.ppt is not None:
        _invite(ppt, RoleKind.PPT, answer.ppt, on, by, now)


def _found(group) -> GroupInPulje | None:
    return group_in_pulje(group) if group is not None else None


def _leading(found: GroupInPulje) -> str:
    """The id of the seat that leads the group; empty when the programme names none."""
    return next((seat.id for seat in found.definition.seats if seat.leader), "")


def _of_units(found: GroupInPulje) -> str:
    """The seat in which each unit has its leader."""
    roles = _roles(found)
    seats = (s.id for s in found.definition.seats if s.per == "unit")
    return next((seat for seat in seats if roles[seat] == RoleKind.LEDER), "")


def _of_role(found: GroupInPulje, kind: str) -> str:
    """The seat of those who hold an access role."""
    return next((seat for seat, role in _roles(found).items() if role == kind), "")


def _roles(found: GroupInPulje) -> dict[str, str | None]:
    """The access role behind each seat of the group; occupations have none."""
    actors = {actor.id: actor.role for actor in found.programme.actors}
    return {seat.id: actors.get(seat.role) for seat in found.definition.seats}


def _seat(
    found: GroupInPulje,
    seat: str,
    person: GivenName,
    by: User,
    now: datetime,
    *,
    unit: Unit | None = None,
    owner: Owner | None = None,
) -> None:
    """Put the person in the seat, unless the group has no such seat or the person sits there."""
    if not seat or not person:
        return
    user = find_person(person.email) if person.email else None
    sitting = GroupMember.objects.filter(group=found.group, seat=seat, valid_to=None)
    same = Q(user=user) if user else Q(email__iexact=person.email, name=person.name)
    if unit is not None:
        same &= Q(unit=unit)
    if sitting.filter(same).exists():
        return
    seat_member(
        pulje=found.pulje,
        group=found.group,
        seating=Seating(
            seat=seat,
            name=str(user) if user else person.name,
            user=user,
            email=person.email,
            unit=unit,
            owner=owner,
            valid_from=timezone.localdate(now),
        ),
        by=by,
        now=now,
    )


def _invite(person: GivenName, kind: str, scope, on: date, by: User, now: datetime) -> None:
    if person and person.email:
        invite_by_decision(
            email=person.email,
            name=person.name,
            kind=kind,
            scope=scope,
            role_from=on,
            by=by,
            now=now,
        )
