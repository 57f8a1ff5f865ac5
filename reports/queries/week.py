"""The weeks of a veileder: where to be, what they ask, what was agreed last time."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from cohorts.models import DeltakendeUnit
from lmp.lib import status as words
from lmp.lib.wording import weekday
from meetings.actions.obligation.words import obligation_title
from meetings.models import (
    Attendance,
    FollowUp,
    Meeting,
    Obligation,
    Referat,
    VeiledningsgrunnlagVersion,
)
from meetings.rules.grunnlag import questions_in

WORKING_DAYS = 5
NEW_FOR = timedelta(days=14)
WAITING_DAYS = 3


@dataclass(frozen=True)
class Visit:
    """A meeting of the veileder. `sent_at` is when the last version of the grunnlag came."""

    meeting: Meeting
    place: str
    units: list[DeltakendeUnit]
    unit: DeltakendeUnit | None
    response: str
    sent_at: datetime | None = None
    question: str = ""
    due: date | None = None
    agreed: list[str] = field(default_factory=list)

    @property
    def awaits_paper(self) -> bool:
        return self.sent_at is None and self.due is not None

    @property
    def paper_url(self) -> str:
        url = reverse("meetings:grunnlag_detail", args=[self.meeting.pk])
        return f"{url}?enhet={self.unit.pk}" if self.unit else url


@dataclass(frozen=True)
class Day:
    day: date
    visits: list[Visit]

    @property
    def weekday(self) -> str:
        return weekday(self.day)


@dataclass(frozen=True)
class Waiting:
    """What others owe the veileder."""

    place: str
    what: str
    due: date


@dataclass(frozen=True)
class Week:
    """A week from Monday; Saturday and Sunday are shown only when something happens."""

    monday: date
    days: list[Day]
    new_grunnlag: list[VeiledningsgrunnlagVersion]
    to_review: list[Referat]
    waiting: list[Waiting]

    @property
    def friday(self) -> date:
        return self.monday + timedelta(days=4)

    @property
    def visits(self) -> list[Visit]:
        return [visit for day in self.days for visit in day.visits]

    @property
    def primary(self) -> Visit | None:
        """The visit whose button is filled: the first with a grunnlag to read."""
        return next((visit for visit in self.visits if visit.sent_at), None)

    @property
    def with_paper(self) -> int:
        return sum(visit.sent_at is not None for visit in self.visits)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_to_show(user, now: datetime) -> date:
    """The Monday of this week, or of the next when nothing is left of this one. One query."""
    monday = monday_of(timezone.localdate(now))
    left = _own_meetings(user).filter(end__gte=now, start__lt=_midnight(monday, 7))
    return monday if left.exists() else monday + timedelta(days=7)


def load_week(user, monday: date, *, now: datetime) -> Week:
    """The week from `monday` as the person sees it. Eight queries, however many visits."""
    meetings = list(
        _own_meetings(user)
        .filter(start__gte=_midnight(monday, 0), start__lt=_midnight(monday, 7))
        .order_by("start", "pk")
        .select_related("deltakelse__owner__kommune", "activity")
        .prefetch_related("units__unit__kommune")
    )
    visits = _visits(user, meetings)
    days = []
    for number in range(7):
        day = monday + timedelta(days=number)
        of_day = [visit for visit in visits if visit.meeting.day == day]
        if of_day or number < WORKING_DAYS:
            days.append(Day(day, of_day))
    today = timezone.localdate(now)
    return Week(
        monday=monday,
        days=days,
        new_grunnlag=_new_grunnlag(user, now),
        to_review=_to_review(user, today),
        waiting=_waiting(user, today),
    )


def _own_meetings(user) -> QuerySet[Meeting]:
    """Meetings that the veileder is invited to and may see."""
    invited = Attendance.objects.filter(user=user).values("meeting")
    return Meeting.objects.visible_to(user).taking_place().filter(pk__in=invited)


def _midnight(monday: date, days: int) -> datetime:
    return timezone.make_aware(datetime.combine(monday + timedelta(days=days), time()))


def _visits(user, meetings: list[Meeting]) -> list[Visit]:
    ids = [meeting.pk for meeting in meetings]
    units = {unit.pk for meeting in meetings for unit in meeting.units.all()}
    versions = _last_versions(user, ids)
    dues = _paper_dues(ids)
    agreed = _last_agreed(user, units)
    answers = dict(
        Attendance.objects.filter(user=user, meeting__in=ids).values_list("meeting", "response")
    )
    return [
        visit
        for meeting in meetings
        for visit in _of_meeting(meeting, versions, dues, agreed, answers.get(meeting.pk, ""))
    ]


def _of_meeting(meeting, versions, dues, agreed, response: str) -> Iterable[Visit]:
    """A visit for each unit of a meeting, because each has its own paper; else one."""
    units = list(meeting.units.all())
    for unit in units or [None]:
        version = versions.get((meeting.pk, unit.pk if unit else None))
        questions = questions_in(str(version.content.get("questions", ""))) if version else []
        yield Visit(
            meeting=meeting,
            place=_place(meeting, unit),
            units=units,
            unit=unit,
            response=response,
            sent_at=version.sent_at if version else None,
            question=questions[0] if questions else "",
            due=dues.get((meeting.pk, unit.pk if unit else None)),
            agreed=agreed.get(unit.pk, []) if unit else [],
        )


def _place(meeting: Meeting, unit: DeltakendeUnit | None) -> str:
    if unit is None:
        return meeting.name
    kommune = unit.unit.kommune
    return f"{unit}, {kommune}" if kommune else str(unit)


def _last_versions(user, meetings: list[int]) -> dict:
    """The last sent version of each grunnlag, by (meeting, unit)."""
    versions = VeiledningsgrunnlagVersion.objects.visible_to(user)
    found = versions.filter(paper__meeting__in=meetings).select_related("paper")
    return {(v.paper.meeting_id, v.paper.unit_id): v for v in found.reverse()}


def _paper_dues(meetings: list[int]) -> dict:
    """The due day of each paper before a meeting that is not sent, by (meeting, unit)."""
    owed = Obligation.objects.open().filter(
        meeting__in=meetings, activity__paper="before", rule__met_by="paper"
    )
    return {(m, unit): due for m, unit, due in owed.values_list("meeting", "unit", "due")}


def _last_agreed(user, units: Iterable[int]) -> dict[int, list[str]]:
    """The points of each unit's last referat that are still open, by unit."""
    points = FollowUp.objects.visible_to(user).filter(
        referat__unit__in=list(units), referat__sent_at__isnull=False
    )
    found: dict[int, tuple[int, list[str]]] = {}
    ordered = points.order_by("-referat__meeting__start", "position", "pk")
    for unit, referat, text, state in ordered.values_list(
        "referat__unit", "referat", "text", "status"
    ):
        last, texts = found.setdefault(unit, (referat, []))
        if last == referat and state == "open":
            texts.append(text)
    return {unit: texts for unit, (_referat, texts) in found.items()}


def _new_grunnlag(user, now: datetime) -> list[VeiledningsgrunnlagVersion]:
    """Grunnlag of the last two weeks for meetings that have not been, the newest first."""
    versions = VeiledningsgrunnlagVersion.objects.visible_to(user).filter(
        sent_at__gt=now - NEW_FOR, sent_at__lte=now, paper__meeting__end__gte=now
    )
    rows = versions.select_related("paper__meeting", "paper__unit__unit").order_by("-sent_at")
    newest = {version.paper_id: version for version in reversed(rows)}
    return sorted(newest.values(), key=lambda version: version.sent_at, reverse=True)


def _to_review(user, today: date) -> list[Referat]:
    """Referater that are open to merknader, the first to close on top."""
    referater = Referat.objects.visible_to(user).filter(
        status=words.SENT, merknad_due__gte=today, meeting__deltakelse__isnull=False
    )
    return list(
        referater.select_related(
            "meeting__deltakelse__owner", "meeting__activity", "unit__unit"
        ).order_by("merknad_due", "pk")
    )


def _waiting(user, today: date) -> list[Waiting]:
    """Papers that units and owners owe, late or due within three days."""
    units = DeltakendeUnit.objects.visible_to(user).values("pk")
    owed = Obligation.objects.open().filter(
        unit__in=units,
        rule__met_by="paper",
        pulje__status="running",
        due__lte=today + timedelta(days=WAITING_DAYS),
    )
    rows = owed.exclude(office=user.role.kind).for_lists()
    return [
        Waiting(str(duty.unit), obligation_title(duty), duty.due)
        for duty in rows.order_by("due", "pk")
        if duty.meeting is not None
    ]
