"""Groups and who sits in them. A seat in a unit's group also opens the unit's papers."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from actors.actions.events import record_event
from actors.actions.roles import check_period, end_role, give_role
from actors.models import EmptySeatReason, Group, GroupMember, Owner, Role, Unit, User
from actors.rules.roles import RoleKind


@dataclass(frozen=True, kw_only=True)
class Seating:
    """Who is to sit in which seat (its id in the programme's file), from `valid_from`, a local
    date. `name` may be of one without an account; `unit` or `owner` is whom the person sits for.
    """

    seat: str
    name: str
    user: User | None = None
    email: str = ""
    unit: Unit | None = None
    owner: Owner | None = None
    deputy: bool = False
    valid_from: date


@transaction.atomic
def create_group(
    *,
    kind: str,
    owner: Owner | None = None,
    unit: Unit | None = None,
    by: User | None,
    now: datetime,
) -> Group:
    """Make the group `kind` (its id in the programme's file) of an owner or of a unit.

    An open group of the same kind at the same place is returned as it is.
    """
    place = {"owner": owner, "unit": unit}
    group = Group.objects.filter(kind=kind, closed_at=None, **place).first()
    if group is None:
        group = Group.objects.create(kind=kind, created_at=now, **place)
        record_event(by=by, verb="create-group", subject=f"group:{group.pk}", now=now, kind=kind)
    return group


@transaction.atomic
def add_member(*, group: Group, seating: Seating, by: User | None, now: datetime) -> GroupMember:
    """Put somebody in a seat.

    In a unit's group a member with an account may read the unit's papers from the same day. The
    same open membership is returned as it is. A reason why the seat was empty is removed.
    """
    user, seat = seating.user, seating.seat
    if user is not None:
        sits = group.members.filter(user=user, seat=seat, valid_to=None).first()
        if sits is not None:
            return sits
    member = GroupMember.objects.create(
        group=group,
        seat=seat,
        user=user,
        name=seating.name or str(user),
        email=seating.email or getattr(user, "email", ""),
        unit=seating.unit,
        owner=seating.owner,
        deputy=seating.deputy,
        valid_from=seating.valid_from,
    )
    group.empty_seat_reasons.filter(seat=seat).delete()
    _open_papers(member, by=by, now=now)
    record_event(by=by, verb="add-member", subject=f"group:{group.pk}", now=now, seat=seat)
    return member


@transaction.atomic
def adopt_memberships(*, user: User, now: datetime) -> int:
    """Tie seats that wait for the person's address to the account; return how many.

    Somebody is put in a seat before the invitation is accepted; until then the seat has only a
    name and an address.
    """
    waiting = GroupMember.objects.filter(user=None, email__iexact=user.email, valid_to=None)
    adopted = 0
    for member in waiting.select_related("group"):
        same = GroupMember.objects.filter(group=member.group, seat=member.seat, valid_to=None)
        if not same.filter(user=user).exists():
            member.user = user
            member.save(update_fields=["user"])
            _open_papers(member, by=None, now=now)
            adopted += 1
    return adopted


@transaction.atomic
def end_membership(
    *, member: GroupMember, valid_to: date, by: User | None, now: datetime
) -> GroupMember:
    """End a membership with `valid_to` as its last day, and with it the access it gave.

    Raises ValidationError when the day is before the membership began.
    """
    check_period(member.valid_from, valid_to)
    member.valid_to = valid_to
    member.save(update_fields=["valid_to"])
    _close_papers(member, by=by, now=now)
    record_event(
        by=by, verb="end-membership", subject=f"group:{member.group_id}", now=now, seat=member.seat
    )
    return member


@transaction.atomic
def explain_empty_seat(
    *, group: Group, seat: str, reason: str, by: User, now: datetime
) -> EmptySeatReason:
    """Write why a seat stays empty; it silences the reminders about it."""
    explained, _created = EmptySeatReason.objects.update_or_create(
        group=group,
        seat=seat,
        defaults={"reason": reason.strip(), "written_by": by, "written_at": now},
    )
    record_event(by=by, verb="explain-empty-seat", subject=f"group:{group.pk}", now=now, seat=seat)
    return explained


def _open_papers(member: GroupMember, *, by: User | None, now: datetime) -> None:
    """Give the access role of the unit, unless the person has access to its papers already.

    Who leads the unit has more, and a PPT-rådgiver reads them in that office by sitting there.
    """
    unit, user = member.group.unit, member.user
    if unit is None or user is None:
        return
    held = Role.objects.filter(user=user).active(member.valid_from)
    leads = held.for_scope(RoleKind.LEDER, unit)
    if not (leads | held.of_kind(RoleKind.PPT)).exists():
        give_role(
            user=user,
            kind=RoleKind.ARBEIDSGRUPPE,
            scope=unit,
            valid_from=member.valid_from,
            by=by,
            now=now,
        )


def _close_papers(member: GroupMember, *, by: User | None, now: datetime) -> None:
    """End the access role with the last of the seats that the person has at the unit."""
    unit = member.group.unit
    if unit is None or member.user is None:
        return
    seats = GroupMember.objects.filter(user=member.user, group__unit=unit)
    ends = list(seats.values_list("valid_to", flat=True))
    if None in ends:
        return
    held = Role.objects.filter(user=member.user, valid_to=None)
    for role in held.for_scope(RoleKind.ARBEIDSGRUPPE, unit):
        end_role(role=role, valid_to=max(*ends, role.valid_from), by=by, now=now)
