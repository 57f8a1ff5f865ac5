"""What the page of a meeting shows: the chain, the saksliste, who comes, and what has happened."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.models import Event, User
from actors.rules.roles import RoleKind
from cohorts.models import Activity
from lmp.lib import status
from lmp.lib.wording import dag, is_far, tallord, when
from lmp.lib.workdays import Calendar
from meetings.access.meeting import (
    Reach,
    can_change_meeting,
    can_read_saksliste,
    is_author,
    reach_in,
)
from meetings.actions.attendance import GUEST
from meetings.actions.notices import subject_of
from meetings.actions.paper_notices import paper_path
from meetings.actions.saksliste import positions_of
from meetings.forms.sak_types import SAK_TYPES
from meetings.models import Attendance, Meeting, Presence, Sak
from meetings.queries.demand import paper_activities
from meetings.rules.meeting import days_until, is_over, weeks_apart
from meetings.rules.saksliste import arrange, planned_minutes, start_times
from meetings.rules.timeline import DRAFTING, line_of
from meetings.views.meeting_people import actor_names, answers_of, people_of, presence_groups
from meetings.views.papers import paper_states

LONGEST_TIMELINE = 12
READ_EVENTS = 200


def page_of(meeting: Meeting, user: User, now: datetime) -> dict[str, Any]:
    """Everything the template shows. The number of queries does not grow with people or saker."""
    today = timezone.localtime(now).date()
    reach = reach_in(meeting.units.all())
    over = is_over(meeting.end, now)
    activities = paper_activities(meeting)
    papers = paper_states(meeting, user, today, reach=reach, activities=activities)
    people = people_of(meeting, user, reach)
    saker = saker_of(meeting, reach)
    rights = rights_of(meeting, user, reach, papers, activities, now)
    return {
        "meeting": meeting,
        "today": today,
        "now": now,
        "over": over,
        "state": state_of(meeting, over=over),
        "when_note": when_note(meeting, people, today, over=over),
        "papers": panels_of(papers, has_begun=meeting.start <= now),
        "folders": folders_of(meeting, papers),
        "chain": chain_of(meeting, papers, len(saker), over=over),
        "saker": saker if rights["reads_names"] else [],
        "saker_count": len(saker),
        "people": people,
        "answers": answers_of(people),
        "groups": presence_groups(people),
        "timeline": timeline_of(meeting, papers, now, names=rights["reads_names"]),
        **rights,
        **own_answer(people, user, is_open=rights["is_open"] and not over),
    }


def rights_of(
    meeting: Meeting,
    user: User,
    reach: Reach,
    papers: list,
    activities: list[Activity],
    now: datetime,
) -> dict[str, bool]:
    """What the person reads and may do on the page, asked once of each rule."""
    is_open = not meeting.pulje.is_closed and not meeting.is_cancelled
    reads = can_read_saksliste(user, meeting, reach)
    writes = is_author(user, meeting, reach, activities)
    changes = can_change_meeting(user, meeting, reach)
    with_paper = any(paper.kind == "before" for paper in papers)
    takes_part = is_open and reads and (changes or writes)
    return {
        "is_open": is_open,
        "reads_names": reads,
        "saker_goes_with_paper": with_paper,
        "written_in_paper": with_paper and any(paper.can_write for paper in papers),
        "may_change": is_open and changes,
        "may_write_saker": takes_part
        and not is_over(meeting.end, now)
        and not (with_paper and writes),
        "may_record": takes_part and meeting.start <= now,
    }


def own_answer(people: list[Attendance], user: User, *, is_open: bool) -> dict[str, Any]:
    """The person's own invitation, and whether it can be answered now."""
    own = next((row for row in people if row.user_id == user.pk), None)
    return {"own": own, "may_answer": own is not None and is_open}


def folders_of(meeting: Meeting, papers: list) -> list[dict[str, Any]]:
    """Where all that was sent can be had as one file, per unit of a joint meeting."""
    units = {paper.unit for paper in papers if paper.can_read and paper.is_sent}
    ordered = sorted(units, key=str)
    return [{"unit": unit, "url": paper_path("bundle_pdf", meeting, unit)} for unit in ordered]


def panels_of(papers: list, *, has_begun: bool) -> list:
    """The papers in the order of the page: what is owed first. A referat is of no use before."""
    before = [paper for paper in papers if paper.kind == "before"]
    after = [paper for paper in papers if paper.kind == "after"]
    return [*after, *before] if has_begun else before


def state_of(meeting: Meeting, *, over: bool) -> str:
    """The status tag of the meeting."""
    if meeting.is_cancelled:
        return status.CANCELLED
    if over:
        return status.FULFILLED
    return status.MOVED if meeting.moved_from else status.PLANNED


def when_note(meeting: Meeting, people: list[Attendance], today: date, *, over: bool) -> str:
    """«om 13 dager · 8 uker etter fagsamlingen», or «8 av 9 møtte» afterwards."""
    if meeting.is_cancelled:
        return ""
    if over:
        invited = [row for row in people if row.actor != GUEST]
        came = sum(row.presence == Presence.PRESENT for row in invited)
        known = any(row.presence != Presence.UNKNOWN for row in invited)
        if not known:
            return _("Oppmøtet er ikke registrert")
        return _("%(came)s av %(all)s møtte") % {"came": came, "all": len(invited)}
    far = is_far(meeting.day, today, Calendar())
    parts = [] if far else [_until(days_until(meeting.day, today))]
    if meeting.linked_to and (weeks := weeks_apart(meeting.day, meeting.linked_to.day)) > 0:
        text = ngettext("%(n)s uke etter %(other)s", "%(n)s uker etter %(other)s", weeks)
        other = meeting.linked_to.activity.title
        parts.append(text % {"n": weeks, "other": other[:1].lower() + other[1:]})
    return " · ".join(parts)


def _until(days: int) -> str:
    if days <= 0:
        return _("i dag")
    if days == 1:
        return _("i morgen")
    return _("om %(n)s dager") % {"n": days}


def chain_of(meeting: Meeting, papers: list, saker: int, *, over: bool) -> list[dict[str, Any]]:
    """The steps round the meeting that the programme asks for, the first open one marked."""
    before = [paper for paper in papers if paper.kind == "before"]
    after = [paper for paper in papers if paper.kind == "after"]
    steps = []
    if before:
        steps.append(_paper_step(_("Grunnlag"), before))
    if saker or before:
        steps.append(_agenda_step(meeting, before, saker, over=over))
    steps.append({"label": _("Møte"), "note": dag(meeting.start), "done": over})
    if after:
        steps.append(_paper_step(_("Referat"), after))
        steps.append(_follow_up_step(after))
    if meeting.is_cancelled:
        return [step | {"state": ""} for step in steps]
    current = next((step for step in steps if not step["done"]), None)
    for step in steps:
        step["state"] = "done" if step["done"] else "now" if step is current else ""
    return steps


def _paper_step(label: str, papers: list) -> dict[str, Any]:
    """One step for the papers of all units: done when all are sent."""
    sent = [paper for paper in papers if paper.is_sent]
    note = papers[0].note if papers[0].is_sent else _due_note(papers[0])
    if len(papers) > 1:
        note = _("%(sent)s av %(all)s er sendt") % {"sent": len(sent), "all": len(papers)}
    done = len(sent) == len(papers)
    return {"label": label, "note": note, "url": papers[0].url, "done": done}


def _due_note(paper) -> str:
    """«Utkast. Frist 26. november»."""
    due = _("Frist %(day)s") % {"day": dag(paper.due)} if paper.due else ""
    if paper.status == status.DRAFT:
        return ". ".join(filter(None, [_("Utkast"), due]))
    return due


def _agenda_step(meeting: Meeting, before: list, saker: int, *, over: bool) -> dict[str, Any]:
    """The saksliste: sent with the papers of the units, or on its own."""
    count = ngettext("%(n)s sak", "%(n)s saker", saker) % {"n": tallord(saker).capitalize()}
    if before:
        done = all(paper.is_sent for paper in before)
        note = count if done else _("Sendes sammen med grunnlaget")
    elif meeting.agenda_sent_at:
        done, note = True, _("Sendt %(day)s") % {"day": dag(meeting.agenda_sent_at)}
    else:
        done, note = over, count
    return {"label": _("Saksliste"), "note": note, "url": "#saksliste", "done": done}


def _follow_up_step(after: list) -> dict[str, Any]:
    total = sum(paper.points for paper in after)
    done = sum(paper.points_done for paper in after)
    if not total:
        note = _("Tas med til neste møte")
    else:
        note = _("%(done)s av %(total)s punkter er gjort") % {"done": done, "total": total}
    return {"label": _("Oppfølging"), "note": note, "done": bool(total) and done == total}


def saker_of(meeting: Meeting, reach: Reach) -> list[Sak]:
    """The saksliste as the role may see it, each with the moment it begins and who answers for it.

    In a joint meeting a unit's own saker are seen by those who read the unit's papers.
    """
    seen = [
        sak for sak in meeting.saker.all() if sak.unit_id is None or sak.unit_id in reach.readable
    ]
    saker = arrange(seen, positions_of(meeting))
    names, types = actor_names(meeting), dict(SAK_TYPES)
    places = {unit.pk: str(unit) for unit in meeting.units.all()}
    for sak, begins in zip(
        saker, start_times(meeting.start, [sak.minutes for sak in saker]), strict=True
    ):
        sak.begins = begins
        sak.who = names.get(sak.responsible, sak.responsible)
        sak.type_label = types.get(sak.type, sak.type)
        sak.place = places.get(sak.unit_id, "")
    meeting.planned_minutes = planned_minutes(sak.minutes for sak in saker)
    return saker


def office_of(event: Event) -> str:
    """The role somebody acted in, for those who read no names; empty for the portal itself."""
    return str(RoleKind(event.role.kind).label) if event.role else ""


def timeline_of(
    meeting: Meeting, papers: list, now: datetime, *, names: bool
) -> list[dict[str, Any]]:
    """What has happened, newest first; drafting is told only to those who write the paper.

    The same person doing the same thing many times is one line, with the last time. Who reads
    no names is told what happened, not by whom (status, not content).
    """
    drafts = {paper.subject for paper in papers if paper.can_write}
    subjects = [subject_of(meeting), *(paper.subject for paper in papers if paper.subject)]
    lines: list[dict[str, Any]] = []
    last: tuple | None = None
    for event in Event.objects.about(*subjects).select_related("role")[:READ_EVENTS]:
        mark = (event.verb, event.by_id, event.subject)
        is_hidden = event.verb in DRAFTING and event.subject not in drafts
        who = event.by.name if event.by and names else office_of(event)
        line = line_of(event.verb, who, event.data)
        if line is not None and mark != last and not is_hidden:
            last = mark
            lines.append(line._asdict() | {"at": event.at})
    if is_over(meeting.end, now) and not meeting.is_cancelled:
        held = {"icon": "people", "tone": "", "text": _("Møtet ble holdt"), "at": meeting.end}
        lines = sorted([*lines, held], key=lambda row: row["at"], reverse=True)
    return [row | {"when": when(row["at"], now)} for row in lines[:LONGEST_TIMELINE]]
