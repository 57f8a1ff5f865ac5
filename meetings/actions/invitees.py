"""Who is invited to a meeting: the actors its activity names, as the people who hold the offices.

Office, not person: an actor of the programme maps to an access role, and whoever holds that role
at the place on the day of the meeting is invited. An actor without access is only counted.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from actors.models import GroupMember, Role
from actors.rules.roles import RoleKind
from cohorts.models import Activity, Deltakelse, DeltakendeUnit
from cohorts.programme.definition import Programme
from cohorts.queries.programme import programme_of
from meetings.actions.recipients import Place, office_holders
from meetings.models import Attendance, Meeting

# National offices call meetings and are told of them elsewhere; nobody is invited as one.
NOT_INVITED = (RoleKind.UDIR, RoleKind.KOORDINATOR, RoleKind.ADMIN)


@dataclass(frozen=True)
class Invitee:
    """Somebody to invite. `role` is None for a group member without an account."""

    name: str
    actor: str
    role: Role | None = None
    unit: DeltakendeUnit | None = None
    deltakelse: Deltakelse | None = None

    @property
    def identity(self) -> tuple[str, int | str]:
        """One person is invited once; somebody without an account is told apart by name."""
        return ("user", self.role.user_id) if self.role else ("name", self.name)

    def attendance_at(self, meeting: Meeting) -> Attendance:
        """The row of the meeting's list for them, not saved."""
        return Attendance(
            meeting=meeting,
            user=self.role.user if self.role else None,
            name=self.name,
            actor=self.actor,
            unit=self.unit,
            deltakelse=self.deltakelse,
        )


def invited_actors(activity: Activity, programme: Programme) -> dict[str, str]:
    """The actors of an activity that have access, with their role, in the order of the file."""
    options = activity.options
    named = [
        *options.get("participants", []),
        activity.responsible,
        options.get("professional_responsible"),
        *options.get("may_invite", []),
    ]
    roles = {actor.id: actor.role for actor in programme.actors}
    return {
        actor: role
        for actor in dict.fromkeys(filter(None, named))
        if (role := roles.get(actor)) is not None and role not in NOT_INVITED
    }


def find_invitees(
    *,
    activity: Activity,
    deltakelse: Deltakelse | None,
    units: Iterable[DeltakendeUnit],
    on: date,
) -> list[Invitee]:
    """Everybody to invite to a meeting on the local day `on`, each person once.

    Without units a meeting concerns all active units of the deltakelse; without deltakelse all of
    the pulje. The number of queries does not grow with the number of people.
    """
    programme = programme_of(activity.semester.pulje)
    chosen = list(units)
    concerned = chosen or _all_units(activity, deltakelse)
    deltakelser = _deltakelser(activity, deltakelse)
    sought = [
        (actor, place, unit, owner)
        for actor, role in invited_actors(activity, programme).items()
        for place, unit, owner in _places(role, deltakelser, concerned, bool(chosen))
    ]
    holders = office_holders((place for _, place, _, _ in sought), on)
    seats = _seats(deltakelser, on)
    invitees = [
        Invitee(role.user.name, actor, role, unit, owner)
        for actor, place, unit, owner in sought
        for role in _seated(holders[place], owner, seats)
    ]
    for actor, role in invited_actors(activity, programme).items():
        if role == RoleKind.ARBEIDSGRUPPE:
            invitees += _without_account(actor, concerned, on)
    found: dict[tuple[str, int | str], Invitee] = {}
    for invitee in invitees:
        found.setdefault(invitee.identity, invitee)
    return list(found.values())


def _all_units(activity: Activity, deltakelse: Deltakelse | None) -> list[DeltakendeUnit]:
    """The units that take part in the activity's semester."""
    semester = activity.semester
    units = DeltakendeUnit.objects.active().filter(
        deltakelse__pulje=semester.pulje_id, first_semester__lte=semester.number
    )
    if deltakelse is not None:
        units = units.filter(deltakelse=deltakelse)
    return list(units.select_related("unit", "deltakelse"))


def _deltakelser(activity: Activity, deltakelse: Deltakelse | None) -> list[Deltakelse]:
    if deltakelse is not None:
        return [deltakelse]
    return list(Deltakelse.objects.active().filter(pulje=activity.semester.pulje_id))


def _places(
    role: str, deltakelser: list[Deltakelse], units: list[DeltakendeUnit], chosen: bool
) -> Iterator[tuple[Place, DeltakendeUnit | None, Deltakelse | None]]:
    """Where an office is looked for: at the units, at the owner, or both.

    In a meeting of chosen units the owner of each unit is invited, not the kommune on behalf of a
    private owner (two-hats rule, domain 1.3).
    """
    by_pk = {deltakelse.pk: deltakelse for deltakelse in deltakelser}
    if not chosen and role not in (RoleKind.LEDER, RoleKind.ARBEIDSGRUPPE):
        for deltakelse in deltakelser:
            yield Place(role, deltakelse.pk), None, deltakelse
    at_units = chosen or role in (RoleKind.LEDER, RoleKind.ARBEIDSGRUPPE, RoleKind.EIER)
    for unit in units if at_units else []:
        yield Place(role, unit.deltakelse_id, unit.pk), unit, by_pk.get(unit.deltakelse_id)


def _seats(deltakelser: list[Deltakelse], on: date) -> set[tuple[int, int]]:
    """(styringsgruppe, user) of everyone with an account who sits in one of them."""
    groups = {deltakelse.styringsgruppe_id for deltakelse in deltakelser} - {None}
    members = GroupMember.objects.active(on).filter(group__in=groups, user__isnull=False)
    return set(members.values_list("group", "user"))


def _seated(
    roles: list[Role], deltakelse: Deltakelse | None, seats: set[tuple[int, int]]
) -> list[Role]:
    """Of an embete's people, those who sit in the styringsgruppe; all of them when none does."""
    if deltakelse is None or any(role.kind != RoleKind.STATSFORVALTER for role in roles):
        return roles
    group = deltakelse.styringsgruppe_id
    return [role for role in roles if (group, role.user_id) in seats] or roles


def _without_account(actor: str, units: list[DeltakendeUnit], on: date) -> list[Invitee]:
    """Members of the arbeidsgrupper that have no account: counted and greeted by name."""
    by_group = {unit.arbeidsgruppe_id: unit for unit in units if unit.arbeidsgruppe_id}
    members = GroupMember.objects.active(on).filter(group__in=by_group, user=None).order_by("pk")
    return [
        Invitee(member.name, actor, None, unit, unit.deltakelse)
        for member in members
        if (unit := by_group[member.group_id])
    ]


def invite(*, meeting: Meeting, invitees: Iterable[Invitee]) -> list[Attendance]:
    """Make the attendance rows that are missing; return them."""
    users = set(meeting.attendances.values_list("user", flat=True))
    names = set(meeting.attendances.filter(user=None).values_list("name", flat=True))
    new = [
        invitee.attendance_at(meeting)
        for invitee in invitees
        if (invitee.role.user_id not in users if invitee.role else invitee.name not in names)
    ]
    return Attendance.objects.bulk_create(new)
