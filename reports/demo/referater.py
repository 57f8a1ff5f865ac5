"""The referater of the demo with their saker and points, and what their readers did."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from cohorts.models import Mellomarbeid, PaperKind, Pulje
from meetings.actions.obligation import review_due_day
from meetings.actions.paper_content import referat_content
from meetings.models import (
    FollowUp,
    FollowUpStatus,
    PaperStatus,
    Referat,
    ReferatSak,
    ReferatVersion,
)
from reports.demo.desk import Desk, Paperwork, record_sending, version_values
from reports.demo.own_tasks import tasks_of_referat
from reports.demo.paper_texts import referat_texts
from reports.demo.plan import FJORDVIK
from reports.demo.rows import write_changes
from reports.demo.world import World, oslo


def send_referater(desk: Desk, work: list[Paperwork]) -> None:
    """The referater with their saker, points and versions, and what the readers did."""
    saker: list[ReferatSak] = []
    data = {}
    for each in work:
        data[id(each)] = referat_texts(desk.texts, each)
        each.referat = _referat(desk, each, data[id(each)])
    Referat.objects.bulk_create([each.referat for each in work], batch_size=200)
    points: list[FollowUp] = []
    for each in work:
        values = data[id(each)]
        saker += [
            ReferatSak(referat=each.referat, position=n, **row)
            for n, row in enumerate(values["saker"], start=1)
        ]
        points += [
            FollowUp(
                referat=each.referat,
                position=n,
                text=row["text"],
                responsible=row["responsible"],
                due=date.fromisoformat(row["due"]),
            )
            for n, row in enumerate(values["agreed"], start=1)
        ]
    ReferatSak.objects.bulk_create(saker, batch_size=500)
    FollowUp.objects.bulk_create(points, batch_size=500)
    _number_points(desk, work, points)
    tasks = [task for each in work for task in tasks_of_referat(desk.own, each)]
    Mellomarbeid.objects.bulk_create(tasks, batch_size=500)
    versions = [_referat_version(each, data[id(each)]) for each in work]
    ReferatVersion.objects.bulk_create(versions, batch_size=200)
    record_sending(work, "submit_referat", "referat", lambda each: each.referat, versions)


def _referat(desk: Desk, each: Paperwork, data: dict[str, Any]) -> Referat:
    meeting, sent = each.planned.meeting, each.times.referat
    referat = Referat(
        meeting=meeting,
        unit=each.unit,
        status=PaperStatus.SENT,
        edit_version=2,
        created_at=sent - timedelta(hours=20),
        updated_at=sent,
        updated_by=each.author.user,
        sent_at=sent,
        template=desk.form(PaperKind.REFERAT, meeting),
        **{key: value for key, value in data.items() if key not in ("attendance", "saker")},
    )
    referat.merknad_due = review_due_day(referat, timezone.localtime(sent).date(), desk.demands)
    _read(desk.world, each, referat)
    return referat


def _read(world: World, each: Paperwork, referat: Referat) -> None:
    """What became of a sent referat: approved by a veileder, locked when its time is out."""
    read_at = referat.sent_at + timedelta(days=2, hours=1)
    if each.times.approved and read_at < world.now and referat.merknad_due is not None:
        referat.status, referat.approved_at = PaperStatus.APPROVED, read_at
        referat.approved_by = each.planned.lead.user
    if referat.merknad_due is not None and referat.merknad_due < world.today:
        night = datetime.combine(
            referat.merknad_due + timedelta(days=1), datetime.min.time(), tzinfo=world.now.tzinfo
        )
        referat.status, referat.locked_at = PaperStatus.LOCKED, night + timedelta(hours=1)
        referat.approved_at = referat.approved_at or referat.locked_at


def _number_points(desk: Desk, work: list[Paperwork], points: list[FollowUp]) -> None:
    """Write the ids of the points in their referater, and note what is open for the next time."""
    by_referat: dict[int, list[FollowUp]] = defaultdict(list)
    for point in points:
        by_referat[point.referat_id].append(point)
    for each in work:
        own = by_referat[each.referat.pk]
        for row, point in zip(each.referat.agreed, own, strict=True):
            row["id"] = point.pk
        if each.unit is not None:
            desk.points.setdefault(each.unit.pk, []).extend(own)
    write_changes([each.referat for each in work], ["agreed"])


def close_old_points(world: World, pulje: Pulje) -> None:
    """Nearly all that has passed its date is done; the rest shows what overdue looks like.

    In a pulje that is over, and where the people of our pictures work, all of it is done.
    """
    over = pulje.semesters.filter(end__gte=world.today).first() is None
    points = FollowUp.objects.open().filter(due__lt=world.today, referat__meeting__pulje=pulje)
    closed = []
    for point in points.select_related(
        "referat__updated_by", "referat__meeting__deltakelse__owner"
    ):
        by_arbeidsgruppe = point.responsible == "arbeidsgruppe"
        first = point.referat.meeting.deltakelse.owner.name.startswith(FJORDVIK)
        if over or first or not by_arbeidsgruppe or world.happens(0.9):
            point.status, point.closed_by = FollowUpStatus.DONE, point.referat.updated_by
            point.closed_at = oslo(point.due, 14)
            closed.append(point)
    write_changes(closed, ["status", "closed_at", "closed_by"])


def _referat_version(each: Paperwork, data: dict[str, Any]) -> ReferatVersion:
    with override(each.language):
        content = referat_content(each.planned.meeting, each.unit, data, each.language)
    return ReferatVersion(**version_values(each, each.referat, "RF", content))
