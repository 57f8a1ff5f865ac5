"""The papers of the demo's meetings in bulk, by the same rules as the actions that send them.

The papers of a unit follow each other: what was agreed at one meeting is carried into the next
grunnlag. So they are written in rounds, first the first meeting of every unit, then the second.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils.translation import override

from cohorts.models import PaperKind
from meetings.actions.paper_content import grunnlag_content
from meetings.models import (
    FollowUpStatus,
    PaperStatus,
    Sak,
    Veiledningsgrunnlag,
    VeiledningsgrunnlagVersion,
)
from meetings.queries.template import extra_of, questions_of
from meetings.rules.grunnlag import FIELDS
from reports.demo.desk import Desk, Paperwork, record_sending, version_values
from reports.demo.meetings import Planned
from reports.demo.own_tasks import settle_tasks, told_in_grunnlag
from reports.demo.paper_texts import grunnlag_texts
from reports.demo.paper_times import times_of
from reports.demo.referater import send_referater
from reports.demo.rows import write_changes
from reports.demo.schedule import PAPER_KINDS
from reports.demo.texts import Texts
from reports.demo.world import World


def write_papers(world: World, planned: list[Planned], texts: Texts, desk: Desk) -> None:
    """Write every saksliste, grunnlag and referat of a semester that exists at `world.now`."""
    work = [each for meeting in planned for each in _paperwork(world, meeting)]
    for each in work:
        _add_saker(each, texts)
    saker = [sak for each in planned for sak in each.saker]
    Sak.objects.bulk_create(saker, batch_size=500)
    for turn in _rounds(work):
        _send_grunnlag(desk, [each for each in turn if each.times.grunnlag])
        send_referater(desk, [each for each in turn if each.times.referat])


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
            template=desk.form(PaperKind.GRUNNLAG, each.planned.meeting),
            plan_links=desk.own.links(desk.own.units[each.unit.pk]),
            **grunnlag_texts(desk.texts, each),
        )
        each.grunnlag.extra = _extra(desk, each)
        each.grunnlag.since_last = [*_since_last(desk, each), *told_in_grunnlag(desk.own, each)]
        each.grunnlag.saker = [_sak_row(sak) for sak in each.saker]
    Veiledningsgrunnlag.objects.bulk_create([each.grunnlag for each in work], batch_size=200)
    versions = [_grunnlag_version(each) for each in work]
    VeiledningsgrunnlagVersion.objects.bulk_create(versions, batch_size=200)
    _close_points(desk, work)
    settle_tasks(desk.own, work)
    record_sending(work, "submit_grunnlag", "grunnlag", lambda each: each.grunnlag, versions)


def _since_last(desk: Desk, each: Paperwork) -> list[dict[str, Any]]:
    """How it went with what was agreed before; what is reported twice is done by then."""
    rows = []
    for point in desk.points.get(each.unit.pk, []):
        late = point.due < each.planned.meeting.day - timedelta(days=45)
        outcome = "done" if late or desk.world.happens(0.8) else "partly"
        rows.append({"follow_up": point.pk, "outcome": outcome, "comment": ""})
    return rows


def _extra(desk: Desk, each: Paperwork) -> dict[str, str]:
    """Most units answer what the form asks besides."""
    asked = questions_of(each.grunnlag)
    if not asked or desk.own.chance.random() < 0.3:
        return {}
    return {asked[0].id: desk.own.draw(desk.own.units[each.unit.pk], "form_answer")}


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
        data = data_of(paper)
        extra = extra_of(paper, data, each.language)
        content = grunnlag_content(meeting, each.unit, data, each.language, extra=extra)
    return VeiledningsgrunnlagVersion(**version_values(each, paper, "VG", content))


def _close_points(desk: Desk, work: list[Paperwork]) -> None:
    """Points reported as done are closed by whoever sent the grunnlag."""
    closed = []
    for each in work:
        done = {r.get("follow_up") for r in each.grunnlag.since_last if r["outcome"] == "done"}
        for point in desk.points.get(each.unit.pk, []):
            if point.pk in done:
                point.status = FollowUpStatus.DONE
                point.closed_at, point.closed_by = each.grunnlag.sent_at, each.author.user
                closed.append(point)
        left = [p for p in desk.points.get(each.unit.pk, []) if p.pk not in done]
        desk.points[each.unit.pk] = left
    write_changes(closed, ["status", "closed_at", "closed_by"])
