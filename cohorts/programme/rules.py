"""What must hold between the records of a programme. Each rule yields (record, key, message).

The parameters of a rule name the fields of ``Programme`` that it needs; it is skipped when one of
them could not be read. A rule must stand an incomplete list: bad items are left out of it.
"""

from collections.abc import Callable, Iterator

from cohorts.programme.content import Head, Law, SemesterDef
from cohorts.programme.demands import ActivityDef, CalendarRules, DeadlineDef, Kind
from cohorts.programme.evaluation import ReportDef
from cohorts.programme.people import AgendaDef
from cohorts.programme.schema import Finding, suggest

MEETING_ANCHORS = ("meeting_start", "meeting_end")


def kinds_by_id(kinds: tuple[Kind, ...]) -> dict[str, Kind]:
    """Return the kinds with their ids as keys."""
    return {kind.id: kind for kind in kinds}


def forms_are_for_meetings(
    activities: tuple[ActivityDef, ...], kinds: tuple[Kind, ...]
) -> Iterator[Finding]:
    """A meeting says whether it is physical or digital; nothing else does."""
    known = kinds_by_id(kinds)
    for activity in activities:
        kind = known.get(activity.kind)
        if kind and kind.is_meeting != (activity.form is not None):
            yield activity, "form", "goes with a kind whose record is meeting, and only with it"


def followed_activities_are_meetings(
    activities: tuple[ActivityDef, ...], kinds: tuple[Kind, ...]
) -> Iterator[Finding]:
    """Papers follow meetings, and only meetings are linked to each other."""
    meetings = {kind.id for kind in kinds if kind.is_meeting}
    others = {activity.id for activity in activities if activity.kind not in meetings}
    for activity in activities:
        for key in ("for_activities", "optional_for"):
            for followed in getattr(activity, key):
                if followed in others:
                    yield activity, key, f'"{followed}" is not a meeting'
        if activity.linked_to in others:
            yield activity, "linked_to", f'"{activity.linked_to}" is not a meeting'


def semester_numbers_run_from_one(
    head: Head, semesters: tuple[SemesterDef, ...]
) -> Iterator[Finding]:
    """There are as many semesters as the programme says, numbered in order."""
    numbers = [semester.number for semester in semesters]
    if numbers != list(range(1, head.semesters + 1)):
        yield head, "semesters", f"is {head.semesters}, but the [[semester]] tables are {numbers}"


def law_references_name_known_paragraphs(
    semesters: tuple[SemesterDef, ...], laws: tuple[Law, ...]
) -> Iterator[Finding]:
    """A paragraph that a semester refers to is listed under its law."""
    known = {law.id: [paragraph.number for paragraph in law.paragraphs] for law in laws}
    for reference in (reference for semester in semesters for reference in semester.laws):
        if reference.law is None and reference.paragraphs:
            yield reference, "paragraphs", "need the key law"
        for number in reference.paragraphs:
            paragraphs = known.get(reference.law or "", [number])
            if number not in paragraphs:
                message = f'"{number}" is not among the paragraphs of {reference.law}'
                yield reference, "paragraphs", message + suggest(number, paragraphs)


def deadlines_use_known_placeholders(
    deadlines: tuple[DeadlineDef, ...], calendar_rules: CalendarRules
) -> Iterator[Finding]:
    """The messages of a deadline only use the placeholders that are filled in."""
    known = list(calendar_rules.placeholders)
    for deadline in deadlines:
        for key, used in deadline.placeholders():
            for name in sorted(used - set(known)):
                message = f"{{{name}}} is not among calendar_rules.placeholders"
                yield deadline, key, message + suggest(name, known)


def deadlines_say_the_same_in_both_languages(
    deadlines: tuple[DeadlineDef, ...],
) -> Iterator[Finding]:
    """A message loses no date and no link in the other language."""
    for deadline in deadlines:
        used = dict(deadline.placeholders())
        for key in ("subject", "text"):
            if used[f"{key}.bm"] != used[f"{key}.nn"]:
                yield deadline, f"{key}.nn", "must use the same placeholders as bm"


def deadlines_fit_their_activities(
    deadlines: tuple[DeadlineDef, ...], activities: tuple[ActivityDef, ...], kinds: tuple[Kind, ...]
) -> Iterator[Finding]:
    """A deadline counted from a meeting has one, and one owed by those asked has a list."""
    known, records = {activity.id: activity for activity in activities}, kinds_by_id(kinds)
    for deadline in deadlines:
        for activity in (known[name] for name in deadline.activities if name in known):
            kind = records.get(activity.kind)
            at_meeting = (kind and kind.is_meeting) or activity.for_activities
            if deadline.anchor in MEETING_ANCHORS and not at_meeting:
                yield deadline, "anchor", f'"{activity.id}" is no meeting and follows none'
            if deadline.owed_by == "asked" and not activity.asked:
                yield deadline, "owed_by", f'"{activity.id}" has no list asked'


def agendas_are_for_meetings(
    agendas: tuple[AgendaDef, ...], kinds: tuple[Kind, ...]
) -> Iterator[Finding]:
    """Standing items belong to meetings, and a kind of meeting has one agenda."""
    known = kinds_by_id(kinds)
    seen: set[str] = set()
    for agenda in agendas:
        for name in agenda.for_kinds:
            if name in known and not known[name].is_meeting:
                yield agenda, "for_kinds", f'"{name}" is not a meeting'
            if name in seen:
                yield agenda, "for_kinds", f'"{name}" has an agenda already'
            seen.add(name)


def reports_fit_their_activities(
    reports: tuple[ReportDef, ...], activities: tuple[ActivityDef, ...], kinds: tuple[Kind, ...]
) -> Iterator[Finding]:
    """A report agrees with the activity that demands it."""
    known, records = {activity.id: activity for activity in activities}, kinds_by_id(kinds)
    for report in reports:
        activity = known.get(report.id)
        if activity is None:
            continue
        if report.scope != activity.scope:
            yield report, "scope", f"is {activity.scope} in the activity"
        if report.by != activity.responsible:
            yield report, "by", f"is {activity.responsible} in the activity"
        kind = records.get(activity.kind)
        if kind and kind.record != "report":
            yield report, "id", f'the kind "{kind.id}" of the activity has the record {kind.record}'


RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    forms_are_for_meetings,
    followed_activities_are_meetings,
    law_references_name_known_paragraphs,
    deadlines_use_known_placeholders,
    deadlines_say_the_same_in_both_languages,
    deadlines_fit_their_activities,
    agendas_are_for_meetings,
    reports_fit_their_activities,
)
"""Rules that hold for what could be read, also when something else is wrong."""

WHOLE_RULES: tuple[Callable[..., Iterator[Finding]], ...] = (semester_numbers_run_from_one,)
"""Rules that need complete lists: only checked when nothing else is wrong."""
