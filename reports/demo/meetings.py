"""The meetings of the demo in bulk, by the same rules as `meetings.actions.meeting`.

One call for each meeting would take minutes: here a semester's meetings, their saker and everybody
invited are written with a handful of statements. Nobody is told of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from actors.models import Role
from cohorts.models import Activity, Deltakelse, DeltakendeUnit, Pulje, Semester
from cohorts.queries.programme import programme_of
from meetings.actions.invitees import Invitee, find_invitees, invited_actors
from meetings.actions.meeting import default_title
from meetings.models import Attendance, Meeting, Presence, Response, Sak
from meetings.queries.language import language_of
from meetings.rules.meeting import is_last_of_semester
from meetings.rules.saksliste import standing_items
from reports.demo.plan import FJORDVIK, GRANLI
from reports.demo.schedule import Slot, Term, slots_of
from reports.demo.texts import Texts
from reports.demo.world import CALENDAR, Place, World, oslo

STEERING = "styringsgruppemoete"
ANSWERED_AHEAD = timedelta(days=25)  # nearly everybody has answered what is nearer than this
# Days before the meeting that the owner's saksliste and the fagsamling's programme are sent.
AGENDA_DAYS = {STEERING: 12, "fagsamling": 16}
OWNER_CALLS = ("fagsamling", STEERING)


@dataclass
class Planned:
    """A meeting with what is known of it beside its row."""

    slot: Slot
    place: Place
    deltakelse: Deltakelse
    units: list[DeltakendeUnit]
    meeting: Meeting
    lead: Role
    saker: list[Sak] = field(default_factory=list)
    attendances: list[Attendance] = field(default_factory=list)

    @property
    def key(self) -> str:
        return self.slot.key

    def is_held(self, now: datetime) -> bool:
        return self.meeting.end < now

    def leader_of(self, unit: DeltakendeUnit) -> Role:
        return self.place.leaders[unit.unit.name]


@dataclass(frozen=True)
class Invited:
    """The people found at a place for a set of actors."""

    actors: frozenset[str]
    people: list[Invitee]


@dataclass
class Cohort:
    """A pulje with its deltakelser and their units, fetched once."""

    world: World
    pulje: Pulje
    places: list[Place]
    deltakelser: dict[str, Deltakelse]
    units: dict[str, DeltakendeUnit]
    invitees: dict[tuple, Invited] = field(default_factory=dict)


def load_cohort(world: World, pulje: Pulje, places: list[Place]) -> Cohort:
    """Fetch who takes part, with everything the rules read of it."""
    deltakelser = pulje.deltakelser.select_related("pulje", "owner__kommune", "styringsgruppe")
    by_owner = {each.owner_id: each for each in deltakelser}
    units = DeltakendeUnit.objects.filter(deltakelse__pulje=pulje)
    found = {}
    for unit in units.select_related("unit__kommune", "unit__owner", "arbeidsgruppe"):
        unit.deltakelse = next(d for d in by_owner.values() if d.pk == unit.deltakelse_id)
        found[unit.unit.name] = unit
    named = {place.plan.name: by_owner[place.owner.pk] for place in places}
    return Cohort(world, pulje, places, named, found)


def term_of(semester: Semester) -> Term:
    """The dates that a semester's meetings hang on."""
    event = semester.events.order_by("-end").first()
    begins = event.end if event else semester.start + timedelta(days=45)
    return Term(semester.number, semester.term == "vaar", semester.start, begins, semester.term_end)


def make_semester_meetings(
    cohort: Cohort, semester: Semester, texts: Texts, *, running: bool
) -> list[Planned]:
    """Every meeting of a semester, with saker and invited people; `running`: it is today's."""
    world = cohort.world
    today = world.today if running else None
    plans = [place.plan for place in cohort.places]
    activities = {a.key: a for a in semester.activities.select_related("semester__pulje").all()}
    for activity in activities.values():
        activity.semester = semester
    planned = [
        _planned(cohort, semester, activities[slot.key], slot)
        for slot in slots_of(plans, term_of(semester), CALENDAR, today)
    ]
    _store(planned)
    for each in sorted(planned, key=lambda each: each.meeting.kind != STEERING):
        each.attendances = _attendances(cohort, each)
    for each in planned:
        each.saker = _saker(each, planned, texts)
    Attendance.objects.bulk_create((a for p in planned for a in p.attendances), batch_size=500)
    return planned


def _planned(cohort: Cohort, semester: Semester, activity: Activity, slot: Slot) -> Planned:
    place = next(place for place in cohort.places if place.plan.name == slot.kommune)
    deltakelse = cohort.deltakelser[slot.kommune]
    units = [cohort.units[name] for name in slot.units]
    lead = cohort.world.pairs[place.plan.pair][0]
    start = oslo(slot.day, slot.start.hour, slot.start.minute)
    called = oslo(CALENDAR.add_workdays(semester.start, 6), 10)
    caller = place.eier if activity.kind in OWNER_CALLS else lead
    meeting = Meeting(
        pulje=cohort.pulje,
        semester=semester,
        activity=activity,
        kind=activity.kind,
        deltakelse=deltakelse,
        start=start,
        end=start + timedelta(minutes=slot.minutes),
        form=slot.form,
        place=_room(slot, units, place),
        link="https://moete.lmp.example/rom" if slot.form == "digital" else "",
        created_at=min(called, cohort.world.now - timedelta(days=2)),
        created_by=caller.user,
    )
    meeting.title = default_title(meeting, units)
    meeting.agenda_sent_at = _agenda_sent(activity, slot, cohort.world)
    return Planned(slot, place, deltakelse, units, meeting, lead)


def _agenda_sent(activity: Activity, slot: Slot, world: World) -> datetime | None:
    """When the saksliste or the programme went out on its own, for meetings that have one."""
    days = AGENDA_DAYS.get(activity.kind)
    if days is None:
        return None
    sent = oslo(CALENDAR.shift(slot.day - timedelta(days=days), "previous"), 9, 20)
    return sent if sent < world.now else None


def _room(slot: Slot, units: list[DeltakendeUnit], place: Place) -> str:
    if slot.form == "digital":
        return ""
    if units:
        return "Personalrommet"
    return "Kulturhuset" if slot.key == "fagsamling" else "Kommunehuset"


def _store(planned: list[Planned]) -> None:
    """Write the meetings, those others hang on first, and whom they are for."""
    linked = {"fagsamling": 0, "veiledning_1": 1}
    found: dict[tuple[str, str, str], Meeting] = {}
    for step in (0, 1, 2):
        now = [each for each in planned if linked.get(each.key, 2) == step]
        for each in now:
            each.meeting.linked_to = _linked(each, found)
        Meeting.objects.bulk_create([each.meeting for each in now], batch_size=500)
        for each in now:
            for name in each.slot.units or ("",):
                found[each.key, each.slot.kommune, name] = each.meeting
    through = Meeting.units.through
    rows = [
        through(meeting_id=each.meeting.pk, deltakendeunit_id=unit.pk)
        for each in planned
        for unit in each.units
    ]
    through.objects.bulk_create(rows, batch_size=500)


def _linked(each: Planned, found: dict[tuple[str, str, str], Meeting]) -> Meeting | None:
    """As `meetings.actions.meeting.find_linked`, among the meetings made here."""
    options = each.meeting.activity.options
    key = options.get("linked_to") or (options.get("spacing") or {}).get("from")
    if key is None:
        return None
    own = [found.get((key, each.slot.kommune, name)) for name in each.slot.units]
    candidates = [m for m in own if m] or [
        m for m in (found.get((key, each.slot.kommune, "")),) if m
    ]
    return max(candidates, key=lambda m: (m.start, m.pk), default=None)


def _invitees(cohort: Cohort, each: Planned) -> list[Invitee]:
    """Who is invited: found once for each place, because the offices last.

    A meeting of fewer actors has those of a meeting of more; the first to be asked for a place
    has them all. Where a veileder was replaced, people are found anew.
    """
    activity = each.meeting.activity
    actors = invited_actors(activity, programme_of(cohort.pulje))
    changed = each.place.plan.changes_veileder and each.meeting.semester.number >= 2
    key = (each.deltakelse.pk, each.slot.units, changed)
    known = cohort.invitees.get(key)
    if known is None or not set(actors) <= known.actors:
        people = find_invitees(
            activity=activity, deltakelse=each.deltakelse, units=each.units, on=each.meeting.day
        )
        cohort.invitees[key] = known = Invited(frozenset(actors), people)
    order = list(actors)
    mine = [person for person in known.people if person.actor in actors]
    return sorted(mine, key=lambda person: order.index(person.actor))


def _attendances(cohort: Cohort, each: Planned) -> list[Attendance]:
    return [attendance_of(cohort.world, each, who) for who in _invitees(cohort, each)]


def attendance_of(world: World, each: Planned, invitee: Invitee) -> Attendance:
    """One invited person: the answer, and whether the person came when it has been held."""
    meeting = each.meeting
    row = invitee.attendance_at(meeting)
    near = meeting.start < world.now + ANSWERED_AHEAD
    if row.user is not None and near and not _waits_for_answer(each, row, world):
        row.response = Response.YES if world.happens(0.94) else Response.NO
        if each.place.plan.name == FJORDVIK:
            row.response = Response.YES
        row.responded_at = meeting.created_at + timedelta(days=1, hours=world.chance.randrange(9))
        row.responded_at = min(row.responded_at, world.now - timedelta(hours=20))
    if each.is_held(world.now):
        _register(world, row, meeting)
    return row


def _waits_for_answer(each: Planned, row: Attendance, world: World) -> bool:
    """The rektor of our pictures has one invitation to answer: to the styringsgruppe."""
    coming = each.meeting.start > world.now
    if not coming or each.meeting.kind != STEERING or each.slot.kommune != FJORDVIK:
        return False
    return row.unit is not None and row.user_id == each.place.leaders[GRANLI].user_id


def _register(world: World, row: Attendance, meeting: Meeting) -> None:
    if row.response == Response.NO:
        row.presence = Presence.EXCUSED
    elif world.happens(0.92):
        row.presence, row.mode = Presence.PRESENT, meeting.form
    else:
        row.presence = Presence.EXCUSED if world.happens(0.7) else Presence.ABSENT


def _saker(each: Planned, planned: list[Planned], texts: Texts) -> list[Sak]:
    """The standing saker of the programme, as `place_standing_saker` puts them; not yet stored."""
    meeting = each.meeting
    language = language_of(meeting)
    if meeting.kind == "fagsamling":
        return [
            Sak(meeting=meeting, position=n, title=title, type="orientering", minutes=60)
            for n, title in enumerate(texts.programme(language), start=1)
        ]
    items = standing_items(
        programme_of(meeting.pulje).agenda_for(meeting.kind),
        closes_semester=meeting.kind == STEERING and _closes(each, planned),
        closes_programme=meeting.kind == STEERING
        and _closes(each, planned)
        and meeting.semester.number == programme_of(meeting.pulje).semester_count,
    )
    return [
        Sak(
            meeting=meeting,
            position=number,
            title=item.text.nn if language == "nn" else item.text.bm,
            type=item.type,
            responsible=item.responsible,
            minutes=item.minutes,
            standing=item.id,
        )
        for number, item in enumerate(items, start=1)
    ]


def _closes(each: Planned, planned: Iterable[Planned]) -> bool:
    """Whether this is the kommune's last meeting of the styringsgruppe in the semester."""
    same = [p for p in planned if p.meeting.kind == STEERING and p.place is each.place]
    later = sum(p.meeting.start > each.meeting.start for p in same)
    return is_last_of_semester(len(same), 2, later)
