"""What should be owed now: computed from the pulje's rules and what exists. Writes nothing."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils import timezone

from cohorts.models import Activity, DeadlineRule, Deltakelse, DeltakendeUnit, Pulje, Semester
from cohorts.queries.programme import programme_of
from lmp.lib.workdays import Calendar
from meetings.models import Meeting, Referat
from meetings.rules.obligation import (
    Owed,
    actors_owing,
    applies_to_unit,
    due_day,
    opening_day,
)


class Demands:
    """The deadline rules and activities of a pulje, fetched once for many meetings and papers.

    With `semester_id` only the activities of that semester.
    """

    def __init__(self, pulje: Pulje, semester_id: int | None = None) -> None:
        self.programme = programme_of(pulje)
        self.calendar: Calendar = self.programme.calendar_rules.calendar
        self.rules = list(DeadlineRule.objects.filter(pulje=pulje))
        self.activities: dict[int, dict[str, Activity]] = {}
        of = {"semester": semester_id} if semester_id else {"semester__pulje": pulje}
        for activity in Activity.objects.filter(**of):
            self.activities.setdefault(activity.semester_id, {})[activity.key] = activity

    def in_semester(self, semester_id: int) -> list[Activity]:
        """The activities of a semester, in order."""
        return list(self.activities.get(semester_id, {}).values())

    def of_meetings(self) -> list[DeadlineRule]:
        """The rules that count from a meeting and are met by something."""
        anchors = ("meeting_start", "meeting_end")
        return [r for r in self.rules if r.anchor in anchors and r.met_by != "none"]

    def rule(self, anchor: str, met_by: str, key: str | None = None) -> DeadlineRule | None:
        """The first rule with that anchor that is met so, of the activity `key` when given."""
        found = (r for r in self.rules if (r.anchor, r.met_by) == (anchor, met_by))
        return next((r for r in found if key is None or key in r.activities), None)

    def paper_after(self, meeting: Meeting) -> Activity | None:
        """The activity that demands a paper after a meeting."""
        papers = self.in_semester(meeting.semester_id)
        key = meeting.activity.key
        return next(
            (
                a
                for a in papers
                if a.paper == "after" and key in a.options.get("for_activities", [])
            ),
            None,
        )


def review_due_day(referat: Referat, sent_on: date, demands: Demands | None = None) -> date | None:
    """The last local day for merknader to a referat sent on `sent_on`; None without such a rule."""
    demands = demands or Demands(referat.meeting.pulje, referat.meeting.semester_id)
    activity = demands.paper_after(referat.meeting)
    rule = demands.rule("paper_sent", "review", activity.key) if activity else None
    return _due(rule, sent_on, demands.calendar) if rule else None


def owed_for_meeting(meeting: Meeting, demands: Demands) -> Iterator[Owed]:
    """What the deadline rules demand because this meeting takes place."""
    programme, calendar = demands.programme, demands.calendar
    activities = demands.activities[meeting.semester_id]
    for rule in demands.of_meetings():
        activity = _activity_for(rule, meeting, activities)
        if activity is None:
            continue
        end = rule.anchor == "meeting_end"
        anchor = timezone.localtime(meeting.end if end else meeting.start).date()
        due = _due(rule, anchor, calendar)
        for deltakelse_id, unit_id in _participants_of(meeting, activity):
            for actor in _actors(rule, activity):
                role = programme.actor(actor).role
                if role is not None:
                    yield Owed(
                        rule_id=rule.pk,
                        activity_id=activity.pk,
                        actor=actor,
                        office=role,
                        due=due,
                        opens=opening_day(due, rule.opens, rule.unit, calendar),
                        deltakelse_id=deltakelse_id,
                        unit_id=unit_id,
                        meeting_id=meeting.pk,
                    )


def _activity_for(
    rule: DeadlineRule, meeting: Meeting, activities: dict[str, Activity]
) -> Activity | None:
    """The activity through which a rule concerns a meeting: its own, or a paper demanded of it."""
    for key in rule.activities:
        activity = activities.get(key)
        if activity is None or activity.minimum == 0:
            continue
        papers_for = activity.options.get("for_activities", [])
        if key == meeting.activity.key or meeting.activity.key in papers_for:
            return activity
    return None


def _participants_of(
    meeting: Meeting, activity: Activity
) -> Iterable[tuple[int | None, int | None]]:
    """(deltakelse, unit) pairs that owe something because of the meeting; ids or None."""
    if meeting.deltakelse_id is None:
        active = Deltakelse.objects.filter(pulje=meeting.pulje).active()
        return [(pk, None) for pk in active.values_list("pk", flat=True)]
    if activity.scope == "unit":
        return [(meeting.deltakelse_id, u.pk) for u in meeting.units.all() if u.status == "active"]
    return [(meeting.deltakelse_id, None)]


def owed_in_semester(
    semester: Semester,
    deltakelser: list[Deltakelse],
    units: list[DeltakendeUnit],
    demands: Demands,
    *,
    national: bool,
) -> Iterator[Owed]:
    """What a semester demands by a date of its own: one for each rule and participant."""
    programme, calendar, rules = demands.programme, demands.calendar, demands.rules
    starts = dict(Semester.objects.filter(pulje=semester.pulje).values_list("number", "start"))
    named = {key for rule in rules for key in rule.activities}
    activities = [a for a in demands.in_semester(semester.pk) if _isowed_in_semester(a)]
    by_key = {a.key: a for a in activities}
    pairs: list[tuple[DeadlineRule | None, list[Activity], date]] = [
        (None, [a], calendar.shift(semester.term_end, "previous"))
        for a in activities
        if a.key not in named
    ]
    for rule in rules:
        covered = [by_key[key] for key in rule.activities if key in by_key]
        anchor = _semester_anchor(rule, semester, starts)
        if covered and anchor and rule.met_by != "none":
            pairs.append((rule, covered, _due(rule, anchor, calendar)))
    for rule, covered, due in pairs:
        for activity, deltakelse_id, unit_id in _participants_in(
            covered, semester, deltakelser, units, national=national
        ):
            for actor in _actors(rule, activity):
                role = programme.actor(actor).role
                if role is not None:
                    yield Owed(
                        rule_id=rule.pk if rule else None,
                        activity_id=activity.pk,
                        actor=actor,
                        office=role,
                        due=due,
                        opens=opening_day(due, rule.opens, rule.unit, calendar) if rule else None,
                        deltakelse_id=deltakelse_id,
                        unit_id=unit_id,
                        semester_id=semester.pk,
                    )


def _isowed_in_semester(activity: Activity) -> bool:
    """Papers are owed through their meetings; what is only counted is shown, not owed."""
    return (
        activity.minimum > 0
        and activity.cadence != "per_meeting"
        and not activity.options.get("count_only", False)
    )


def _semester_anchor(
    rule: DeadlineRule, semester: Semester, starts: dict[int, date]
) -> date | None:
    """The day a semester rule counts from, or None for rules anchored in something else."""
    if rule.anchor == "term_end":
        return semester.term_end
    if rule.anchor == "semester_start":
        number = semester.number if rule.semester_number is None else rule.semester_number
        return starts.get(number)
    return None


def _participants_in(
    covered: list[Activity],
    semester: Semester,
    deltakelser: list[Deltakelse],
    units: list[DeltakendeUnit],
    *,
    national: bool,
) -> Iterator[tuple[Activity, int | None, int | None]]:
    """(activity, deltakelse, unit) for everyone concerned, each participant once."""
    of_pulje = next((a for a in covered if a.scope == "pulje"), None)
    of_deltakelse = next((a for a in covered if a.scope == "deltakelse"), None)
    of_unit = [a for a in covered if a.scope == "unit"]
    if of_pulje and national:
        yield of_pulje, None, None
    if of_deltakelse:
        yield from ((of_deltakelse, deltakelse.pk, None) for deltakelse in deltakelser)
    for unit in units:
        for activity in of_unit:
            if applies_to_unit(
                activity.applies_to, unit.unit.kind, unit.first_semester, semester.number
            ):
                yield activity, unit.deltakelse_id, unit.pk
                break


def owed_after_sending(referat: Referat, demands: Demands) -> Iterator[Owed]:
    """The reading of a sent referat, and its follow-up points."""
    meeting = referat.meeting
    programme, activity = demands.programme, demands.paper_after(meeting)
    if activity is None:
        return
    review = demands.rule("paper_sent", "review", activity.key)
    due: list[tuple[DeadlineRule, str, date, int | None]] = []
    if review is not None and referat.merknad_due is not None:
        due += [(review, actor, referat.merknad_due, None) for actor in _actors(review, activity)]
    item = demands.rule("item_due", "item")
    if item is not None:
        due += [
            (item, point.responsible, _due(item, point.due, demands.calendar), point.pk)
            for point in referat.follow_ups.all()
        ]
    for rule, actor, day, follow_up_id in due:
        role = programme.actor(actor).role
        if role is not None:
            yield Owed(
                rule_id=rule.pk,
                activity_id=activity.pk,
                actor=actor,
                office=role,
                due=day,
                deltakelse_id=meeting.deltakelse_id,
                unit_id=referat.unit_id,
                meeting_id=meeting.pk,
                referat_id=referat.pk,
                follow_up_id=follow_up_id,
            )


def _actors(rule: DeadlineRule | None, activity: Activity) -> list[str]:
    owed_by = rule.owed_by if rule else "responsible"
    return actors_owing(owed_by, activity.responsible, activity.options.get("asked", []))


def _due(rule: DeadlineRule, anchor: date, calendar: Calendar) -> date:
    return due_day(anchor, rule.offset, rule.unit, rule.shift, calendar)
