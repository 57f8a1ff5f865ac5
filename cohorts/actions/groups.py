"""The groups of a deltakelse: made, filled and explained. The seats come from the programme."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.actions.groups import (
    Seating,
    add_member,
    create_group,
    end_membership,
    explain_empty_seat,
)
from actors.models import Arbeidsgruppe, EmptySeatReason, Group, GroupMember, User
from cohorts.actions.deltakelse import note_change
from cohorts.models import Deltakelse, DeltakendeUnit, Pulje
from cohorts.programme.definition import GroupDef
from cohorts.queries.groups import group_in_pulje, office_holders
from cohorts.queries.programme import programme_of
from cohorts.rules.errors import NotAllowedHere, refuse_closed


@transaction.atomic
def establish_styringsgruppe(
    *, deltakelse: Deltakelse, seat_known: bool = True, by: User | None, now: datetime
) -> Group:
    """Make the group of the owner, or take the open one it has from another pulje.

    Leaders that are known get their seats, unless `seat_known` is False because the owner names
    them. The same group again when it is made already. Raises NotAllowedHere when the programme
    has no group for a deltakelse.
    """
    if deltakelse.styringsgruppe is not None:
        return deltakelse.styringsgruppe
    refuse_closed(deltakelse.pulje)
    kind = _group_in(deltakelse.pulje, "deltakelse").id
    group = create_group(kind=kind, owner=deltakelse.owner, by=by, now=now)
    deltakelse.styringsgruppe_id = group.pk
    deltakelse.save(update_fields=["styringsgruppe"])
    if seat_known:
        _seat_offices(group, by, now)
    note_change(deltakelse.pulje, now)
    return group


@transaction.atomic
def establish_arbeidsgruppe(
    *, unit: DeltakendeUnit, seat_known: bool = True, by: User | None, now: datetime
) -> Group:
    """Make the group of a unit; a unit that takes part in two puljer has one group in each.

    A known leader gets the seat, unless `seat_known` is False because the leader is named. The
    same group again when it is made already. Raises NotAllowedHere when the programme has no group
    for a unit.
    """
    if unit.arbeidsgruppe is not None:
        return unit.arbeidsgruppe
    pulje = unit.deltakelse.pulje
    refuse_closed(pulje)
    kind = _group_in(pulje, "unit").id
    if Arbeidsgruppe.objects.filter(kind=kind, unit=unit.unit, closed_at=None).exists():
        group: Group = Arbeidsgruppe.objects.create(kind=kind, unit=unit.unit, created_at=now)
        record_event(by=by, verb="create-group", subject=f"group:{group.pk}", now=now, kind=kind)
    else:
        group = create_group(kind=kind, unit=unit.unit, by=by, now=now)
    unit.arbeidsgruppe_id = group.pk
    unit.save(update_fields=["arbeidsgruppe"])
    if seat_known:
        _seat_offices(group, by, now)
    note_change(pulje, now)
    return group


@transaction.atomic
def seat_member(
    *, pulje: Pulje, group: Group, seating: Seating, by: User, now: datetime
) -> GroupMember:
    """Put somebody in a seat of a group of a pulje. Raises PuljeClosed."""
    refuse_closed(pulje)
    member = add_member(group=group, seating=seating, by=by, now=now)
    note_change(pulje, now)
    return member


@transaction.atomic
def unseat_member(
    *, pulje: Pulje, member: GroupMember, valid_to: date, by: User, now: datetime
) -> GroupMember:
    """End a membership of a group of a pulje with `valid_to` as its last day."""
    refuse_closed(pulje)
    ended = end_membership(member=member, valid_to=valid_to, by=by, now=now)
    note_change(pulje, now)
    return ended


@transaction.atomic
def explain_seat(
    *, pulje: Pulje, group: Group, seat: str, reason: str, by: User, now: datetime
) -> EmptySeatReason:
    """Write why a seat of a group of a pulje stays empty; it silences the reminders."""
    refuse_closed(pulje)
    explained = explain_empty_seat(group=group, seat=seat, reason=reason, by=by, now=now)
    note_change(pulje, now)
    return explained


def _seat_offices(group: Group, by: User | None, now: datetime) -> None:
    """Put those in their seats whom we know: who leads the owner, and who leads its units."""
    found = group_in_pulje(group)
    today = timezone.localdate(now)
    for seat, role, unit in office_holders(found, today) if found else []:
        leads = Seating(seat=seat, user=role.user, name=str(role.user), unit=unit, valid_from=today)
        add_member(group=group, seating=leads, by=by, now=now)


def _group_in(pulje: Pulje, scope: str) -> GroupDef:
    """The first group that the pulje's programme has for a deltakelse or a unit."""
    for group in programme_of(pulje).groups:
        if group.scope == scope:
            return group
    raise NotAllowedHere(_("Programmet har ingen slik gruppe."))
