"""Who closes a follow-up point, and who makes a task of it."""

from collections.abc import Collection

from cohorts.access.mellomarbeid import can_edit_mellomarbeid
from cohorts.rules.mellomarbeid import DROPPED
from meetings.models import FollowUp, FollowUpStatus


def can_settle_follow_up(
    user, follow_up: FollowUp, *, offices: Collection[str], is_author: bool
) -> bool:
    """Whether the role closes or reopens the point: who is responsible, or wrote the referat.

    `offices` are the access roles of the responsible actor, and the person is known to read the
    referat.
    """
    if follow_up.status == FollowUpStatus.DROPPED or follow_up.referat.meeting.pulje.is_closed:
        return False
    return is_author or (user.role is not None and user.role.kind in offices)


def is_task(follow_up: FollowUp) -> bool:
    """Whether a mellomarbeid was made of the point and not dropped again."""
    task = follow_up.mellomarbeid
    return task is not None and task.status != DROPPED


def can_make_task(user, follow_up: FollowUp) -> bool:
    """Whether the role may make a mellomarbeid of an open point of its own unit."""
    unit = follow_up.referat.unit
    if unit is None or follow_up.status != FollowUpStatus.OPEN or is_task(follow_up):
        return False
    return can_edit_mellomarbeid(user, unit)
