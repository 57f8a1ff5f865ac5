"""What to say of a date before a meeting is saved: reads what the rules in `rules/meeting` need.

Nothing is written and nothing is refused; the person decides.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from cohorts.models import Activity, Deltakelse, DeltakendeUnit, Veilederoppdrag
from cohorts.queries.programme import programme_of
from meetings.actions.meeting import find_linked
from meetings.models import Attendance, Meeting
from meetings.rules.meeting import (
    Advice,
    busy_advice,
    count_advice,
    day_advice,
    link_advice,
    notice_advice,
    semester_advice,
    spacing_advice,
)


@dataclass(frozen=True)
class Proposal:
    """A meeting as somebody is about to save it. `meeting` is the stored one when it changes."""

    activity: Activity
    deltakelse: Deltakelse | None
    units: tuple[DeltakendeUnit, ...]
    start: datetime
    end: datetime
    meeting: Meeting | None = None

    @property
    def day(self) -> date:
        """The local day on which it begins."""
        return timezone.localtime(self.start).date()


def find_advice(proposal: Proposal, *, today: date) -> list[Advice]:
    """All warnings about the proposal, the day itself first. `today` is a local date."""
    if proposal.day < today:
        return []
    return [
        advice
        for advice in (
            *_about_the_day(proposal, today),
            *_about_the_linked(proposal),
            *_about_those_linked_to_it(proposal),
            *_about_others(proposal),
        )
        if advice is not None
    ]


def _about_the_day(proposal: Proposal, today: date) -> Iterator[Advice | None]:
    activity, day = proposal.activity, proposal.day
    semester, calendar = activity.semester, _calendar(activity)
    yield day_advice(day, calendar)
    yield semester_advice(day, semester.start, semester.end, str(semester))
    rules = semester.pulje.deadline_rules.filter(anchor="meeting_start", met_by="none")
    rules = rules.exclude(owed_by="invited")
    for rule in rules:
        if activity.key in rule.activities:
            yield notice_advice(day, today, rule.offset, rule.unit, calendar)


def _about_the_linked(proposal: Proposal) -> Iterator[Advice | None]:
    activity = proposal.activity
    linked = find_linked(activity, proposal.deltakelse, list(proposal.units))
    if linked is None or linked == proposal.meeting:
        return
    spacing, offsets = (activity.options.get(k) for k in ("spacing", "link_offset_workdays"))
    if spacing:
        yield spacing_advice(proposal.day, linked.day, linked.title, spacing)
    if offsets:
        calendar = _calendar(activity)
        yield link_advice(proposal.day, linked.day, linked.title, offsets, calendar)


def _about_those_linked_to_it(proposal: Proposal) -> Iterator[Advice | None]:
    """A meeting that moves may leave behind those that hang on it (domain 8.19)."""
    if proposal.meeting is None:
        return
    calendar = _calendar(proposal.activity)
    hanging = proposal.meeting.linked_meetings.taking_place().select_related("activity")
    for each in hanging:
        spacing = each.activity.options.get("spacing")
        offsets = each.activity.options.get("link_offset_workdays")
        if spacing:
            yield spacing_advice(each.day, proposal.day, each.title, spacing)
        if offsets:
            yield link_advice(proposal.day, each.day, each.title, offsets, calendar)


def _about_others(proposal: Proposal) -> Iterator[Advice | None]:
    activity = proposal.activity
    others = Meeting.objects.taking_place().filter(
        activity=activity, deltakelse=proposal.deltakelse
    )
    if proposal.units:
        others = others.filter(units__in=proposal.units)
    if proposal.meeting is not None:
        others = others.exclude(pk=proposal.meeting.pk)
    yield count_advice(others.distinct().count(), activity.maximum, activity.title)
    yield from _busy_veiledere(proposal)


def _busy_veiledere(proposal: Proposal) -> Iterable[Advice]:
    """Veiledere of the deltakelse or the units who have another meeting at that time."""
    if proposal.deltakelse is None:
        return []
    oppdrag = Veilederoppdrag.objects.following(proposal.deltakelse, proposal.day)
    units = {unit.pk for unit in proposal.units}
    people = {o.veileder_id for o in oppdrag if not units or o.unit_id in {None, *units}}
    clashes = Attendance.objects.filter(
        user__in=people,
        meeting__start__lt=proposal.end,
        meeting__end__gt=proposal.start,
    ).exclude(meeting__status="cancelled")
    if proposal.meeting is not None:
        clashes = clashes.exclude(meeting=proposal.meeting)
    return [
        busy_advice(clash.name, clash.meeting.name, clash.meeting.day)
        for clash in clashes.select_related("meeting__activity").order_by("meeting__start", "name")
    ]


def _calendar(activity: Activity):
    return programme_of(activity.semester.pulje).calendar_rules.calendar
