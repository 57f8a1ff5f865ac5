"""Whether what is owed has been done: read from what exists, in a bounded number of queries."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cache

from django.db.models import Q

from actors.models import Group
from cohorts.models import ActivityRecord, Deltakelse, Record, Semester
from cohorts.queries.groups import group_in_pulje, seats_on
from cohorts.rules.seats import is_complete
from meetings.actions.obligation.owed import Demands
from meetings.models import (
    Attendance,
    Meeting,
    Referat,
    Response,
    Veiledningsgrunnlag,
)
from meetings.queries.meeting import MeetingQuerySet
from meetings.rules.obligation import Owed

IsMet = Callable[[Owed], bool]


def is_met_by_meetings(meetings: MeetingQuerySet, demands: Demands) -> IsMet:
    """A test for what is owed because of meetings: papers sent, agenda made, answer given.

    The number of queries is the same for one meeting and for all of a semester. `demands` are
    those of the meetings' pulje.
    """
    rules = {rule.pk: rule for rule in demands.rules}
    papers = {a.pk: a.paper for found in demands.activities.values() for a in found.values()}
    sent = {
        "before": _sent_for(Veiledningsgrunnlag, meetings),
        "after": _sent_for(Referat, meetings),
    }
    with_agenda = set(meetings.filter(agenda_sent_at__isnull=False).values_list("pk"))
    answered = _answered_by_office(meetings)

    def is_met(owed: Owed) -> bool:
        rule = rules.get(owed.rule_id or 0)
        if rule is None:
            return False
        meeting = owed.meeting_id
        if rule.met_by == "paper":
            of_kind = sent.get(papers[owed.activity_id], set())
            return (meeting, owed.unit_id) in of_kind or (meeting, None) in of_kind
        if rule.met_by == "agenda":
            return (meeting,) in with_agenda
        return rule.met_by == "answer" and (meeting, owed.office, owed.deltakelse_id) in answered

    return is_met


def _sent_for(model, meetings: MeetingQuerySet) -> set[tuple[int, int | None]]:
    """(meeting, unit) whose paper is sent; no unit for a paper common to the whole meeting."""
    papers = model.objects.filter(meeting__in=meetings.values("pk")).sent()
    return set(papers.values_list("meeting", "unit"))


def _answered_by_office(meetings: MeetingQuerySet) -> set[tuple[int, str, int | None]]:
    """(meeting, actor, deltakelse) of everyone invited who has answered."""
    answers = Attendance.objects.filter(meeting__in=meetings.values("pk"))
    answered = answers.exclude(response=Response.NONE)
    return set(answered.values_list("meeting", "actor", "deltakelse"))


def is_met_in_semester(
    semester: Semester, deltakelse: Deltakelse | None, demands: Demands, on: date
) -> IsMet:
    """A test for what a semester demands by its own dates: meetings dated, things registered.

    Groups are judged on the local date `on`.
    """
    rules = {rule.pk: rule for rule in demands.rules}
    activities = {a.pk: a for a in demands.in_semester(semester.pk)}
    by_key = {a.key: a for a in activities.values()}
    dated = _dated_meetings(semester, deltakelse)
    recorded, by_actor = _records(semester, deltakelse)

    def is_met(owed: Owed) -> bool:
        rule = rules.get(owed.rule_id or 0)
        covered = [activities[owed.activity_id]]
        if rule is not None:
            scope = covered[0].scope
            named = [by_key[key] for key in rule.activities if key in by_key]
            covered = [a for a in named if a.scope == scope]
        place = (owed.deltakelse_id, owed.unit_id)
        if rule is not None and rule.met_by == "group":
            return _is_group_complete(place, on)
        if rule is not None and rule.owed_by == "asked":
            return all(by_actor[(a.pk, *place, owed.actor)] > 0 for a in covered)
        done = dated if covered[0].record == "meeting" else recorded
        return all(done[(a.pk, *place)] >= a.minimum for a in covered)

    return is_met


def is_closed_early(semester: Semester, demands: Demands) -> IsMet:
    """A test for what nobody is asked for any more: the evaluation of the semester was closed.

    Whether it was is read when it is first asked for. By then the stored rows are locked, and a
    sync that was begun before somebody closed it does not make it owed again.
    """
    activities = demands.in_semester(semester.pk)
    evaluations = {a.pk for a in activities if a.record == Record.EVALUATION}

    @cache
    def is_closed() -> bool:
        found = Semester.objects.filter(pk=semester.pk, evaluation_closed_at__isnull=False)
        return found.exists()

    return lambda owed: owed.activity_id in evaluations and is_closed()


def _dated_meetings(semester: Semester, deltakelse: Deltakelse | None) -> Counter:
    """How many meetings that are not cancelled, by (activity, deltakelse, unit or None)."""
    meetings = Meeting.objects.filter(semester=semester).taking_place()
    if deltakelse is not None:
        meetings = meetings.filter(deltakelse=deltakelse)
    counts: Counter = Counter(
        (activity, owner, None)
        for activity, owner in meetings.values_list("activity", "deltakelse")
    )
    per_unit = meetings.filter(units__isnull=False)
    for key in per_unit.values_list("activity", "deltakelse", "units"):
        counts[key] += 1
    return counts


def _is_group_complete(place: tuple[int | None, int | None], on: date) -> bool:
    """Whether the group at (deltakelse, unit) exists and no seat that shall be filled is empty.

    A few queries a group; asked only for what is owed because of a group.
    """
    deltakelse, unit = place
    found = Group.objects.filter(deltakende_unit=unit) if unit else None
    if found is None:
        found = Group.objects.filter(deltakelser=deltakelse)
    group = found.first()
    where = group_in_pulje(group) if group is not None else None
    return where is not None and is_complete(seats_on(where, on))


def _records(semester: Semester, deltakelse: Deltakelse | None) -> tuple[Counter, Counter]:
    """Registrations by (activity, deltakelse, unit) and by (activity, deltakelse, unit, actor)."""
    scope = Q(deltakelse=deltakelse) if deltakelse is not None else Q()
    records = ActivityRecord.objects.filter(scope, activity__semester=semester)
    rows = list(records.values_list("activity", "deltakelse", "unit", "actor"))
    return Counter(row[:3] for row in rows), Counter(rows)
