"""What was agreed: closing a point, and opening it again."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction

from actors.actions.events import record_event
from actors.models import User
from cohorts.models import Mellomarbeid
from cohorts.rules.errors import refuse_closed
from cohorts.rules.mellomarbeid import DONE
from meetings.actions.obligation import sync_referat_obligations
from meetings.models import FollowUp, FollowUpStatus


@transaction.atomic
def close_follow_up(*, follow_up: FollowUp, by: User, now: datetime) -> FollowUp:
    """Mark a point as done. Doing it twice changes nothing. Raises `PuljeClosed`."""
    refuse_closed(follow_up.referat.meeting.pulje)
    if follow_up.status == FollowUpStatus.OPEN:
        _settle(follow_up, FollowUpStatus.DONE, by, now)
        sync_referat_obligations(referat=follow_up.referat, now=now)
    return follow_up


@transaction.atomic
def reopen_follow_up(*, follow_up: FollowUp, by: User, now: datetime) -> FollowUp:
    """Open a point that was marked as done by mistake. Raises `PuljeClosed`."""
    refuse_closed(follow_up.referat.meeting.pulje)
    settle_points(points=[follow_up], done=[], by=by, now=now)
    return follow_up


@transaction.atomic
def settle_points(
    *, points: Iterable[FollowUp], done: Collection[int], by: User, now: datetime
) -> None:
    """Close the points whose id is in `done`, and open the others that were closed as done."""
    changed = {}
    for point in points:
        status = FollowUpStatus.DONE if point.pk in done else FollowUpStatus.OPEN
        if point.status in (status, FollowUpStatus.DROPPED):
            continue
        _settle(point, status, by, now)
        changed[point.referat_id] = point.referat
    for referat in changed.values():
        sync_referat_obligations(referat=referat, now=now)


@transaction.atomic
def follow_task(*, task: Mellomarbeid, was: str, by: User, now: datetime) -> None:
    """Close the points that a mellomarbeid was made of when it is done; open them if it is undone.

    `was` is how the task stood before. A point that is closed by hand stays so as long as the
    task has not been done.
    """
    if task.status == was or DONE not in (task.status, was):
        return
    points = FollowUp.objects.filter(mellomarbeid=task).select_for_update(of=("self",))
    found = list(points.select_related("referat__meeting").order_by("pk"))
    done = [point.pk for point in found] if task.status == DONE else []
    settle_points(points=found, done=done, by=by, now=now)


def _settle(point: FollowUp, status: str, by: User, now: datetime) -> None:
    is_open = status == FollowUpStatus.OPEN
    point.status = status
    point.closed_at, point.closed_by = (None, None) if is_open else (now, by)
    point.save(update_fields=["status", "closed_at", "closed_by"])
    verb = "reopen_follow_up" if is_open else "close_follow_up"
    record_event(by=by, verb=verb, subject=f"follow_up:{point.pk}", now=now)
