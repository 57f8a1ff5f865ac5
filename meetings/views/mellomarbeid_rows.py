"""The tasks between meetings as the page shows them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.models import DeltakendeUnit, Mellomarbeid, Semester
from cohorts.queries.mellomarbeid import carried_to, done_in
from cohorts.rules.mellomarbeid import KIND, UNDER_WAY, by_meeting, referat_in
from lmp.lib.wording import dag, tallord
from meetings.models import FollowUp, Meeting, Referat
from meetings.queries.own_work import records_without_own, with_grunnlag


def open_tasks(unit: DeltakendeUnit) -> list[Mellomarbeid]:
    """The tasks that wait, each with the follow-up points it was made of. Two queries."""
    points = FollowUp.objects.select_related("referat__meeting")
    return list(carried_to(unit).prefetch_related(Prefetch("follow_ups", queryset=points)))


def heading(tasks: Sequence[Mellomarbeid]) -> str:
    """How it goes: «To av tre oppgaver er i gang»."""
    begun = sum(task.status == UNDER_WAY for task in tasks)
    if not tasks:
        return _("Ingen oppgaver venter")
    if begun == 0:
        words = ngettext(
            "Én oppgave er ikke begynt", "%(n)s oppgaver er ikke begynt", len(tasks)
        ) % {"n": tallord(len(tasks))}
    elif begun == len(tasks):
        words = ngettext("Oppgaven er i gang", "Alle %(n)s oppgavene er i gang", begun) % {
            "n": tallord(begun)
        }
    else:
        words = _("%(begun)s av %(all)s oppgaver er i gang") % {
            "begun": tallord(begun),
            "all": tallord(len(tasks)),
        }
    return words[0].upper() + words[1:]


def groups(
    unit: DeltakendeUnit, tasks: Sequence[Mellomarbeid], now: datetime
) -> list[dict[str, Any]]:
    """The tasks under the meeting each is for, the next first; groups without tasks are left out.

    What is due after the last meeting, or when no meeting is called, stands last.
    """
    meetings = with_grunnlag(unit, now)
    days = [timezone.localdate(meeting.start) for meeting in meetings]
    titles = [_("Til veiledningen %(day)s") % {"day": dag(day)} for day in days]
    titles.append(_("Senere") if meetings else _("Til neste veiledning"))
    meeting_of = _meetings_of(tasks)
    rows = [
        [{"task": task, "meeting": meeting_of.get(task.pk)} for task in some]
        for some in by_meeting(tasks, days)
    ]
    return [
        {"title": title, "tasks": some, "meeting": meeting}
        for title, some, meeting in zip(titles, rows, [*meetings, None], strict=True)
        if some
    ]


def _meetings_of(tasks: Sequence[Mellomarbeid]) -> dict[int, Meeting]:
    """The meeting whose referat a task came from, by task: from a line or a follow-up point."""
    from_line = {task.pk: referat_in(task.came_from) for task in tasks}
    wanted = Referat.objects.filter(pk__in=[pk for pk in from_line.values() if pk])
    referater = {each.pk: each for each in wanted.select_related("meeting")}
    found = {
        task: referater[referat].meeting
        for task, referat in from_line.items()
        if referat in referater
    }
    for task in tasks:
        for point in task.follow_ups.all():  # type: ignore[attr-defined]
            found.setdefault(task.pk, point.referat.meeting)
    return found


def done_rows(unit: DeltakendeUnit, semester: Semester) -> list[dict[str, Any]]:
    """What was done in the semester, the last first, with what was registered without a task."""
    rows: list[dict[str, Any]] = [
        {
            "text": task.task,
            "said": task.experience,
            "who": task.updated_by,
            "day": task.done_on,
            "task": task,
        }
        for task in done_in(unit, semester).select_related("updated_by")
    ]
    records = records_without_own(unit, KIND).filter(activity__semester=semester)
    rows += [
        {"text": each.note, "said": "", "who": each.registered_by, "day": each.done_on}
        for each in records
    ]
    return sorted(rows, key=lambda row: row["day"], reverse=True)
