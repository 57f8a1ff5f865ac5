"""The papers of the demo's meetings in bulk, by the same rules as the actions that send them.

The papers of a unit follow each other: what was agreed at one meeting is carried into the next
grunnlag. So they are written in rounds, first the first meeting of every unit, then the second.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from actors.models import Event, Role
from cohorts.models import DeltakendeUnit, Pulje
from lmp.lib.hashing import content_hash
from meetings.actions.obligation import Demands, review_due_day
from meetings.actions.paper_content import grunnlag_content, language_of, referat_content
from meetings.actions.signature import signed_as
from meetings.models import (
    FollowUp,
    FollowUpStatus,
    PaperStatus,
    Referat,
    ReferatSak,
    ReferatVersion,
    Sak,
    Veiledningsgrunnlag,
    VeiledningsgrunnlagVersion,
)
from meetings.rules.grunnlag import FIELDS
from meetings.rules.paper import receipt_number
from reports.demo.meetings import Planned
from reports.demo.paper_texts import grunnlag_texts, referat_texts
from reports.demo.paper_times import Times, times_of
from reports.demo.plan import FJORDVIK
from reports.demo.schedule import PAPER_KINDS
from reports.demo.texts import Texts
from reports.demo.world import World, oslo


@dataclass
class Paperwork:
    """The papers of one meeting and unit (None at owner level), and when they are sent."""

    planned: Planned
    unit: DeltakendeUnit | None
    author: Role
    times: Times
    grunnlag: Veiledningsgrunnlag | None = None
    referat: Referat | None = None

    @property
    def language(self) -> str:
        return language_of(self.planned.meeting, self.unit)

    @property
    def kind(self) -> str:
        return self.unit.unit.kind if self.unit else "skole"

    @property
    def saker(self) -> list[Sak]:
        """The saker that concern this unit."""
        own = self.unit.pk if self.unit else None
        return [sak for sak in self.planned.saker if sak.unit_id in (None, own)]


@dataclass
class Desk:
    """What the writing carries along: the demands of the pulje, and each unit's open points."""

    world: World
    texts: Texts
    demands: Demands
    points: dict[int, list[FollowUp]]


def write_papers(world: World, planned: list[Planned], texts: Texts, desk: Desk) -> None:
    """Write every saksliste, grunnlag and referat of a semester that exists at `world.now`."""
    work = [each for meeting in planned for each in _paperwork(world, meeting)]
    for each in work:
        _add_saker(each, texts)
    saker = [sak for each in planned for sak in each.saker]
    Sak.objects.bulk_create(saker, batch_size=500)
    for turn in _rounds(work):
        _send_grunnlag(desk, [each for each in turn if each.times.grunnlag])
        _send_referater(desk, [each for each in turn if each.times.referat])


def _paperwork(world: World, planned: Planned) -> Iterable[Paperwork]:
    """Each unit writes its own papers; of an owner's meeting there is one referat or notat."""
    running = planned.meeting.semester.start <= world.today <= planned.meeting.semester.end
    if planned.key in PAPER_KINDS:
        for unit in planned.units:
            times = times_of(world, planned, unit.unit.name, running=running)
            yield Paperwork(planned, unit, planned.leader_of(unit), times)
    elif planned.meeting.kind in ("styringsgruppemoete", "eiermoete"):
        author = planned.lead if planned.key == "eiermoete" else planned.place.eier
        times = times_of(world, planned, "", running=running)
        yield Paperwork(planned, None, author, times)


def _rounds(work: list[Paperwork]) -> Iterable[list[Paperwork]]:
    """The first papers of every unit, then the second ones, and so on."""
    by_place: dict[Any, list[Paperwork]] = defaultdict(list)
    for each in sorted(
        work, key=lambda each: (each.planned.meeting.start, each.planned.meeting.pk)
    ):
        place = each.unit.pk if each.unit else ("owner", each.planned.deltakelse.pk)
        by_place[place].append(each)
    longest = max((len(rows) for rows in by_place.values()), default=0)
    for turn in range(longest):
        yield [rows[turn] for rows in by_place.values() if turn < len(rows)]


def _add_saker(each: Paperwork, texts: Texts) -> None:
    """Put the unit's own saker between the first and the last standing one, once it is sent."""
    if not each.times.grunnlag or each.unit is None:
        return
    saker, meeting = each.planned.saker, each.planned.meeting
    joint = len(each.planned.units) > 1
    titles = texts.draw_some("saker", 2, each.language, each.kind)
    own = [
        Sak(
            meeting=meeting,
            unit=each.unit if joint else None,
            title=title,
            type=type_,
            responsible="leder",
            minutes=minutes,
        )
        for title, type_, minutes in zip(titles, ("droefting", "refleksjon"), (40, 30), strict=True)
    ]
    at = len(saker) - 1
    saker[at:at] = own
    for position, sak in enumerate(saker, start=1):
        sak.position = position


def _send_grunnlag(desk: Desk, work: list[Paperwork]) -> None:
    """The drafts, what was done since last, and the sent versions."""
    for each in work:
        sent = each.times.grunnlag
        each.grunnlag = Veiledningsgrunnlag(
            meeting=each.planned.meeting,
            unit=each.unit,
            status=PaperStatus.SENT,
            edit_version=3,
            created_at=sent - timedelta(days=3),
            updated_at=sent,
            updated_by=each.author.user,
            sent_at=sent,
            **grunnlag_texts(desk.texts, each),
        )
        each.grunnlag.since_last = _since_last(desk, each)
        each.grunnlag.saker = [_sak_row(sak) for sak in each.saker]
    Veiledningsgrunnlag.objects.bulk_create([each.grunnlag for each in work], batch_size=200)
    versions = [_grunnlag_version(each) for each in work]
    VeiledningsgrunnlagVersion.objects.bulk_create(versions, batch_size=200)
    _close_points(desk, work)
    _record(work, "submit_grunnlag", "grunnlag", lambda each: each.grunnlag, versions)


def _since_last(desk: Desk, each: Paperwork) -> list[dict[str, Any]]:
    """How it went with what was agreed before; what is reported twice is done by then."""
    rows = []
    for point in desk.points.get(each.unit.pk, []):
        late = point.due < each.planned.meeting.day - timedelta(days=45)
        outcome = "done" if late or desk.world.happens(0.8) else "partly"
        rows.append({"follow_up": point.pk, "outcome": outcome, "comment": ""})
    return rows


def _sak_row(sak: Sak) -> dict[str, Any]:
    return {
        "sak": sak.pk,
        "title": sak.title,
        "type": sak.type,
        "minutes": sak.minutes,
        "responsible": sak.responsible,
        "standing": sak.standing,
        "removed": False,
    }


def data_of(grunnlag: Veiledningsgrunnlag) -> dict[str, Any]:
    """The content of a grunnlag as its form has it."""
    return {key: getattr(grunnlag, key) for key in FIELDS}


def _grunnlag_version(each: Paperwork) -> VeiledningsgrunnlagVersion:
    paper, meeting = each.grunnlag, each.planned.meeting
    with override(each.language):
        content = grunnlag_content(meeting, each.unit, data_of(paper), each.language)
    return VeiledningsgrunnlagVersion(**_version(each, paper, "VG", content))


def _version(each: Paperwork, paper, prefix: str, content: dict[str, Any]) -> dict[str, Any]:
    by = each.author.user.act_as(each.author, timezone.localtime(paper.sent_at).date())
    with override(each.language):
        signature = signed_as(by)
    return {
        "paper": paper,
        "number": 1,
        "content": content,
        "language": each.language,
        "sha256": content_hash(content),
        "receipt": receipt_number(prefix, each.planned.meeting.pulje.number, paper.pk, 1),
        "sent_at": paper.sent_at,
        "sent_by": each.author.user,
        "sent_as": signature,
    }


def _close_points(desk: Desk, work: list[Paperwork]) -> None:
    """Points reported as done are closed by whoever sent the grunnlag."""
    closed = []
    for each in work:
        done = {r["follow_up"] for r in each.grunnlag.since_last if r["outcome"] == "done"}
        for point in desk.points.get(each.unit.pk, []):
            if point.pk in done:
                point.status = FollowUpStatus.DONE
                point.closed_at, point.closed_by = each.grunnlag.sent_at, each.author.user
                closed.append(point)
        left = [p for p in desk.points.get(each.unit.pk, []) if p.pk not in done]
        desk.points[each.unit.pk] = left
    FollowUp.objects.bulk_update(closed, ["status", "closed_at", "closed_by"], batch_size=200)


def _send_referater(desk: Desk, work: list[Paperwork]) -> None:
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
    versions = [_referat_version(each, data[id(each)]) for each in work]
    ReferatVersion.objects.bulk_create(versions, batch_size=200)
    _record(work, "submit_referat", "referat", lambda each: each.referat, versions)


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
    Referat.objects.bulk_update([each.referat for each in work], ["agreed"], batch_size=200)


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
    FollowUp.objects.bulk_update(closed, ["status", "closed_at", "closed_by"], batch_size=200)


def _referat_version(each: Paperwork, data: dict[str, Any]) -> ReferatVersion:
    with override(each.language):
        content = referat_content(each.planned.meeting, each.unit, data, each.language)
    return ReferatVersion(**_version(each, each.referat, "RF", content))


def _record(work: list[Paperwork], verb: str, noun: str, paper_of, versions) -> None:
    """The events of sending, as the actions record them."""
    Event.objects.bulk_create(
        (
            Event(
                at=version.sent_at,
                by=each.author.user,
                role=each.author,
                verb=verb,
                subject=f"{noun}:{paper_of(each).pk}",
                data={"version": 1, "receipt": version.receipt},
            )
            for each, version in zip(work, versions, strict=True)
        ),
        batch_size=500,
    )
