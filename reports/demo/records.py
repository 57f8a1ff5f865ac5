"""What has no meeting and no paper: involvement, mellomarbeid, plans, evaluations, reports."""

from collections.abc import Iterable
from datetime import date, timedelta

from actors.models import Role
from cohorts.models import Activity, ActivityRecord, DeltakendeUnit, Semester
from cohorts.queries.programme import programme_of
from cohorts.rules.offices import acting_as
from meetings.rules.obligation import actors_owing, applies_to_unit
from reports.demo.meetings import Cohort
from reports.demo.plan import FJORDVIK
from reports.demo.texts import Texts
from reports.demo.world import CALENDAR, Place, World, oslo

# Which text says what was done, by the kind of the activity; the two of medvirkning by key.
NOTES = {
    "medvirkning_barn_elever": "children_note",
    "medvirkning_foreldre": "parents_note",
    "plangjennomgang": "plan_note",
    "mellomarbeid": "between_note",
    "kartlegging": "survey_note",
    "semesterevaluering": "evaluation_note",
    "ppt_avklaring": "ppt_note",
    "erfaringsspredning": "spread_note",
    "sluttrapport": "report_note",
    "videreforingsplan": "report_note",
}
REGISTERED = ("work", "evaluation", "report")
# How far into a running semester each is usually done; what is not here waits for its end.
DONE_AFTER = {
    "medvirkning_barn_elever": 55,
    "medvirkning_foreldre": 62,
    "mellomarbeid": 75,
    "kartlegging": 50,
    "ppt_avklaring": 40,
}
SOME_WAIT = 0.25


def register_semester(cohort: Cohort, semester: Semester, texts: Texts) -> list[ActivityRecord]:
    """Write the registrations of a semester that exist at `cohort.world.now`; return them."""
    world = cohort.world
    over = semester.end < world.today
    rows: list[ActivityRecord] = []
    for activity in semester.activities.filter(record__in=REGISTERED, minimum__gt=0):
        activity.semester = semester
        if activity.scope == "pulje" and over:
            rows.append(_national(world, activity))
        for place in cohort.places:
            for unit in _participants(cohort, activity, place, semester):
                rows += _rows(cohort, activity, place, unit, texts, over=over)
    return ActivityRecord.objects.bulk_create(rows, batch_size=500)


def _national(world: World, activity: Activity) -> ActivityRecord:
    """What Udir or the koordinator registers for the whole pulje."""
    user = world.udir if activity.responsible == "udir" else world.koordinator
    done_on = CALENDAR.shift(activity.semester.term_end - timedelta(days=3), "previous")
    return ActivityRecord(
        activity=activity,
        actor=activity.responsible,
        done_on=done_on,
        note="Rapport levert",
        registered_by=user,
        registered_at=oslo(done_on, 15),
    )


def _participants(
    cohort: Cohort, activity: Activity, place: Place, semester: Semester
) -> Iterable[DeltakendeUnit | None]:
    if activity.scope == "deltakelse":
        return [None]
    if activity.scope != "unit":
        return []
    units = [cohort.units[name] for name in place.units]
    return [
        unit
        for unit in units
        if applies_to_unit(
            activity.applies_to, unit.unit.kind, unit.first_semester, semester.number
        )
    ]


def _rows(
    cohort: Cohort,
    activity: Activity,
    place: Place,
    unit: DeltakendeUnit | None,
    texts: Texts,
    *,
    over: bool,
) -> Iterable[ActivityRecord]:
    """One registration by each who is to make one, unless it is not done yet."""
    world, semester = cohort.world, activity.semester
    done_on = _day(world, activity, semester, place, over=over)
    if done_on is None:
        return
    asked = activity.options.get("asked", [])
    field = NOTES.get(activity.key) or NOTES.get(activity.kind, "plan_note")
    language = "nn" if place.plan.maalform == "nynorsk" else "nb"
    kind = unit.unit.kind if unit else "skole"
    for actor in actors_owing("asked" if asked else "responsible", activity.responsible, asked):
        role = _role_of(cohort, actor, place, unit)
        yield ActivityRecord(
            activity=activity,
            deltakelse=cohort.deltakelser[place.plan.name],
            unit=unit,
            actor=acting_as(role.kind, activity, programme_of(cohort.pulje))
            if not asked
            else actor,
            done_on=done_on,
            note=texts.draw(field, language, kind),
            registered_by=role.user,
            registered_at=min(oslo(done_on, 15), world.now),
        )


def _day(
    world: World, activity: Activity, semester: Semester, place: Place, *, over: bool
) -> date | None:
    """When it was done: somewhat before the end of a past semester, else by how far it has come."""
    if over:
        return CALENDAR.shift(semester.term_end - timedelta(days=3), "previous")
    after = DONE_AFTER.get(activity.key) or DONE_AFTER.get(activity.kind)
    if after is None:
        return None
    if place.plan.name != FJORDVIK and world.happens(SOME_WAIT):
        return None
    day = CALENDAR.shift(semester.start + timedelta(days=after), "previous")
    return day if day < world.today else None


def _role_of(cohort: Cohort, actor: str, place: Place, unit: DeltakendeUnit | None) -> Role:
    """Who registers for an actor; the leader does it for an arbeidsgruppe without accounts."""
    world = cohort.world
    by_actor = {
        "eier": place.eier,
        "ppt": world.ppt[place.plan.ppt],
        "veileder": world.pairs[place.plan.pair][0],
    }
    return place.leaders[unit.unit.name] if unit else by_actor.get(actor, place.eier)
