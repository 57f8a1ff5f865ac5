"""One leader, two units in the same meeting: one text for both (domain 8.1)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from actors.models import Role, User
from actors.rules.roles import RoleKind
from cohorts.models import DeltakendeUnit
from cohorts.rules.errors import NotReady
from meetings.actions.grunnlag import (
    data_of,
    locked_grunnlag,
    start_grunnlag,
    submit_grunnlag,
    write_draft,
)
from meetings.actions.grunnlag_copy import copy_previous
from meetings.models import Meeting, Veiledningsgrunnlag
from meetings.rules.grunnlag import COPIED, own_again

SHARED = ("heard_children", "heard_parents", "focus")


@dataclass(frozen=True)
class Filed:
    """What became of the common text at one of the other units: sent, or in its draft."""

    unit: DeltakendeUnit
    is_sent: bool


def other_units(
    meeting: Meeting, unit: DeltakendeUnit, user: User, on: date
) -> list[tuple[DeltakendeUnit, Role]]:
    """The other units of the meeting that the person leads on the local date `on`. Two queries."""
    units = meeting.units.exclude(pk=unit.pk).select_related("unit").order_by("unit__name")
    by_unit = {each.unit_id: each for each in units}
    if not by_unit:
        return []
    roles = Role.objects.filter(user=user, kind=RoleKind.LEDER, unit__in=by_unit).active(on)
    return [(by_unit[role.unit_id], role) for role in roles.order_by("unit__name", "pk")]


@transaction.atomic
def file_for_others(*, grunnlag: Veiledningsgrunnlag, by: User, now: datetime) -> list[Filed]:
    """Let the text of a grunnlag that was sent count for the leader's other units of the meeting.

    What those units have written themselves is not touched. Theirs is sent when it is the same
    text and nothing is left to answer; else the text waits in their draft, for the leader to see.
    Each is signed as the leader of that unit. Raises as `start_grunnlag`.
    """
    today = timezone.localtime(now).date()
    found = other_units(grunnlag.meeting, grunnlag.unit, by, today)
    return [_file_for(grunnlag, unit, role, by, now) for unit, role in found]


def _file_for(
    source: Veiledningsgrunnlag, unit: DeltakendeUnit, role: Role, by: User, now: datetime
) -> Filed:
    leader = User.objects.get(pk=by.pk).act_as(role, timezone.localtime(now).date())
    draft = start_grunnlag(meeting=source.meeting, unit=unit, by=leader, now=now)
    copy_previous(grunnlag=draft, source=source, by=leader, now=now)
    current = locked_grunnlag(draft)
    _take_the_rest(current, source, leader, now)
    data = data_of(current)
    if current.sent_at is not None or any(data[key] != getattr(source, key) for key in COPIED):
        return Filed(unit, is_sent=False)
    try:
        submit_grunnlag(
            grunnlag=current,
            edit_version=current.edit_version,
            data=data,
            confirmed=True,
            by=leader,
            now=now,
        )
    except NotReady:
        return Filed(unit, is_sent=False)
    return Filed(unit, is_sent=True)


def _take_the_rest(
    draft: Veiledningsgrunnlag, source: Veiledningsgrunnlag, by: User, now: datetime
) -> None:
    """The ticks, and the own saker of the source where the draft has none."""
    data = data_of(draft)
    taken = {key: getattr(source, key) for key in SHARED if not data[key]}
    if all(row["standing"] for row in data["saker"]):
        own = [row for row in source.saker if row.get("own") and not row.get("removed")]
        rows = own_again(own, [row["sak"] for row in own])
        at = len(data["saker"]) - 1 if data["saker"] and data["saker"][-1]["standing"] else None
        last = data["saker"][at:] if at is not None else []
        taken["saker"] = [*data["saker"][:at], *({**row, "own": False} for row in rows), *last]
    if taken:
        write_draft(draft, taken, by, now)
