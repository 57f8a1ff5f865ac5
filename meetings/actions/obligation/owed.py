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


def review_due_day(referat: Referat, sent_on: date) -> date | None:
    """The last local day for merknader to a referat sent on `sent_on`; None without such a rule."""
    rule = _rule_of(referat, "paper_sent", "review")
    return _due(rule, sent_on, _calendar(referat.meeting.pulje)) if rule else None


def owed_for_meeting(meeting: Meeting) -> Iterator[Owed]:
    """What the deadline rules demand because this meeting takes place."""
    programme, calendar = programme_of(meeting.pulje), _calendar(meeting.pulje)
    activities = {a.key: a for a in Activity.objects.filter(semester=meeting.semester)}
    rules = DeadlineRule.objects.filter(pulje=meeting.pulje)
    for rule in rules.anchored_in("meeting_start", "meeting_end").exclude(met_by="none"):
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
        units = meeting.units.active().values_list("pk", flat=True)
        return [(meeting.deltakelse_id, pk) for pk in units]
    return [(meeting.deltakelse_id, None)]


def owed_in_semester(
    semester: Semester,
    deltakelser: list[Deltakelse],
    units: list[DeltakendeUnit],
    *,
    national: bool,
) -> Iterator[Owed]:
    """What a semester demands by a date of its own: one for each rule and participant."""
    programme, calendar = programme_of(semester.pulje), _calendar(semester.pulje)
    starts = dict(Semester.objects.filter(pulje=semester.pulje).values_list("number", "start"))
    rules = list(DeadlineRule.objects.filter(pulje=semester.pulje))
    named = {key for rule in rules for key in rule.activities}
    activities = [a for a in semester.activities.all() if _isowed_in_semester(a)]
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


def owed_after_sending(referat: Referat) -> Iterator[Owed]:
    """The reading of a sent referat, and its follow-up points."""
    meeting, programme = referat.meeting, programme_of(referat.meeting.pulje)
    review = _rule_of(referat, "paper_sent", "review")
    activity = _paper_activity(referat)
    if activity is None:
        return
    place = {
        "activity_id": activity.pk,
        "deltakelse_id": meeting.deltakelse_id,
        "unit_id": referat.unit_id,
        "meeting_id": meeting.pk,
        "referat_id": referat.pk,
    }
    if review is not None and referat.merknad_due is not None:
        for actor in _actors(review, activity):
            role = programme.actor(actor).role
            if role is not None:
                yield Owed(
                    rule_id=review.pk, actor=actor, office=role, due=referat.merknad_due, **place
                )
    item_rule = meeting.pulje.deadline_rules.filter(anchor="item_due", met_by="item").first()
    for point in referat.follow_ups.all() if item_rule else []:
        role = programme.actor(point.responsible).role
        if role is not None:
            yield Owed(
                rule_id=item_rule.pk,
                actor=point.responsible,
                office=role,
                due=_due(item_rule, point.due, _calendar(meeting.pulje)),
                follow_up_id=point.pk,
                **place,
            )


def _rule_of(referat: Referat, anchor: str, met_by: str) -> DeadlineRule | None:
    activity = _paper_activity(referat)
    rules = referat.meeting.pulje.deadline_rules.filter(anchor=anchor, met_by=met_by)
    return next((r for r in rules if activity and activity.key in r.activities), None)


def _paper_activity(referat: Referat) -> Activity | None:
    """The activity that demands a paper after this referat's meeting."""
    meeting = referat.meeting
    papers = Activity.objects.filter(semester=meeting.semester, paper="after")
    key = meeting.activity.key
    return next((a for a in papers if key in a.options.get("for_activities", [])), None)


def _actors(rule: DeadlineRule | None, activity: Activity) -> list[str]:
    owed_by = rule.owed_by if rule else "responsible"
    return actors_owing(owed_by, activity.responsible, activity.options.get("asked", []))


def _due(rule: DeadlineRule, anchor: date, calendar: Calendar) -> date:
    return due_day(anchor, rule.offset, rule.unit, rule.shift, calendar)


def _calendar(pulje: Pulje) -> Calendar:
    return programme_of(pulje).calendar_rules.calendar
