"""What was agreed, as the reader sees it: how each point stands, and what may be done with it."""

from typing import Any

from django.urls import reverse

from meetings.access.follow_up import can_make_task, can_settle_follow_up, is_task
from meetings.access.meeting import offices_of
from meetings.models import FollowUp, FollowUpStatus, Referat, ReferatVersion
from meetings.views.paper_place import PaperPlace
from meetings.views.paper_sheet import sheet_of


def shown_points(
    place: PaperPlace, referat: Referat, version: ReferatVersion, user, *, is_author: bool
) -> list[dict[str, Any]]:
    """The points of `version` with status and addresses of what the person may do with each.

    `is_author`: the role writes the referat and the pulje is open. Two queries.
    """
    rows = referat.follow_ups.exclude(status=FollowUpStatus.DROPPED)
    points = {each.position: each for each in rows.select_related("mellomarbeid")}
    for each in points.values():
        each.referat = referat
    offices = {
        actor: offices_of(place.meeting.activity, actor)
        for actor in {each.responsible for each in points.values()}
    }
    return [
        {**row, **_standing(points.get(position), place, user, offices, is_author=is_author)}
        for position, row in enumerate(sheet_of(version).content["agreed"], start=1)
    ]


def _standing(
    point: FollowUp | None,
    place: PaperPlace,
    user,
    offices: dict[str, set[str]],
    *,
    is_author: bool,
) -> dict[str, Any]:
    if point is None:
        return {"is_done": False}
    may_settle = can_settle_follow_up(
        user, point, offices=offices[point.responsible], is_author=is_author
    )
    args = [place.meeting.pk, point.pk]
    task = "meetings:follow_up_to_mellomarbeid"
    return {
        "is_done": point.status == FollowUpStatus.DONE,
        "close_url": reverse("meetings:follow_up_close", args=args) if may_settle else "",
        "task_url": reverse(task, args=args) if can_make_task(user, point) else "",
        "is_task": is_task(point),
    }
