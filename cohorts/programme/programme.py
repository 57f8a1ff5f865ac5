"""A programme as typed values, and how to find what belongs together in it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Annotated, Any, Protocol, TypeVar

from cohorts.programme.content import (
    Checklist,
    Delmaal,
    GjennomgaaendeTema,
    Head,
    Law,
    SemesterDef,
    Startup,
    Suksesskriterium,
    Text,
)
from cohorts.programme.demands import ActivityDef, CalendarRules, DeadlineDef, Kind
from cohorts.programme.evaluation import EvaluationDef, ReportDef
from cohorts.programme.marks import Key
from cohorts.programme.people import (
    Actor,
    AgendaDef,
    AgendaItem,
    Funding,
    GroupDef,
    Invitee,
    Recruitment,
    Seat,
)
from cohorts.programme.vocabulary import Positive


class HasId(Protocol):
    """A record that is found by its id."""

    @property
    def id(self) -> str: ...


Named = TypeVar("Named", bound=HasId)


@dataclass(frozen=True)
class Programme:
    """One programme. ``raw`` is the whole definition as JSON values: it can be stored and read back
    with `programme_from_dict`. Look-ups by id raise KeyError.
    """

    schema: Positive
    head: Annotated[Head, Key("programme")]
    startup: Startup
    semesters: Annotated[tuple[SemesterDef, ...], Key("semester")]
    kinds: Annotated[tuple[Kind, ...], Key("kind")]
    activities: Annotated[tuple[ActivityDef, ...], Key("activity")]
    calendar_rules: CalendarRules
    deadlines: Annotated[tuple[DeadlineDef, ...], Key("deadline")]
    actors: Annotated[tuple[Actor, ...], Key("actor")]
    groups: Annotated[tuple[GroupDef, ...], Key("group")]
    recruitment: Recruitment
    evaluation: EvaluationDef
    reports: Annotated[tuple[ReportDef, ...], Key("report")]
    laws: Annotated[tuple[Law, ...], Key("law")] = ()
    delmaal: tuple[Delmaal, ...] = ()
    suksesskriterier: Annotated[tuple[Suksesskriterium, ...], Key("suksesskriterium")] = ()
    gjennomgaaende_temaer: Annotated[
        tuple[GjennomgaaendeTema, ...], Key("gjennomgaaende_tema")
    ] = ()
    invitees: Annotated[tuple[Invitee, ...], Key("invitee")] = ()
    agendas: Annotated[tuple[AgendaDef, ...], Key("agenda")] = ()
    checklists: Annotated[tuple[Checklist, ...], Key("checklist")] = ()
    funding: Funding | None = None
    raw: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    @property
    def id(self) -> str:
        return self.head.id

    @property
    def version(self) -> str:
        return self.head.version

    @property
    def name(self) -> Text:
        return self.head.name

    @property
    def unit_kinds(self) -> tuple[str, ...]:
        return self.head.unit_kinds

    @property
    def semester_count(self) -> int:
        """How many semesters there are; the start-up (semester 0) is not counted."""
        return self.head.semesters

    def semester(self, number: int) -> SemesterDef:
        """Return a semester with its theme (1 is the first; the start-up has none)."""
        return {semester.number: semester for semester in self.semesters}[number]

    def kind(self, kind_id: str) -> Kind:
        """Return the kind with this id."""
        return _by_id(self.kinds, kind_id)

    def activity(self, activity_id: str) -> ActivityDef:
        """Return the activity with this id."""
        return _by_id(self.activities, activity_id)

    def deadline(self, deadline_id: str) -> DeadlineDef:
        """Return the deadline with this id."""
        return _by_id(self.deadlines, deadline_id)

    def actor(self, actor_id: str) -> Actor:
        """Return the actor with this id."""
        return _by_id(self.actors, actor_id)

    def group(self, group_id: str) -> GroupDef:
        """Return the group with this id."""
        return _by_id(self.groups, group_id)

    def report(self, activity_id: str) -> ReportDef:
        """Return the headings of the report that an activity demands."""
        return _by_id(self.reports, activity_id)

    def checklist(self, checklist_id: str) -> Checklist:
        """Return the checklist with this id."""
        return _by_id(self.checklists, checklist_id)

    def meeting_kinds(self) -> tuple[Kind, ...]:
        """Return the kinds that are meetings, in the order of the file."""
        return tuple(kind for kind in self.kinds if kind.is_meeting)

    def is_meeting(self, activity: ActivityDef) -> bool:
        """Say whether the activity is a meeting."""
        return self.kind(activity.kind).is_meeting

    def activities_in(self, semester: int) -> tuple[ActivityDef, ...]:
        """Return what is demanded in a semester (0 is the start-up), in the order of the file."""
        return tuple(activity for activity in self.activities if semester in activity.semesters)

    def activities_of_kind(self, kind_id: str) -> tuple[ActivityDef, ...]:
        """Return the activities of a kind, in the order of the file."""
        return tuple(activity for activity in self.activities if activity.kind == kind_id)

    def activities_following(self, activity_id: str) -> tuple[ActivityDef, ...]:
        """Return the papers and other things demanded of each meeting of an activity."""
        return tuple(each for each in self.activities if activity_id in each.for_activities)

    def deadlines_for(self, activity_id: str) -> tuple[DeadlineDef, ...]:
        """Return the deadlines that name an activity, in the order of the file."""
        return tuple(each for each in self.deadlines if activity_id in each.activities)

    def agenda_for(self, kind_id: str) -> tuple[AgendaItem, ...]:
        """Return the standing items of a kind of meeting; none when it has no agenda."""
        return tuple(
            item for agenda in self.agendas if kind_id in agenda.for_kinds for item in agenda.items
        )

    def seats_for(
        self,
        group_id: str,
        *unit_kinds: str,
        has_sfo: bool = False,
        private_units: bool = False,
        applicant: str | None = None,
    ) -> tuple[Seat, ...]:
        """Return the seats that a group has.

        ``unit_kinds`` are the kinds of its units (one for the group of a unit, all that take part
        for the group of a deltakelse), ``has_sfo`` and ``private_units`` whether any of them has
        SFO or is private, ``applicant`` what kind of participant it is (None: seats for all).
        """
        met = {f"has_{kind}" for kind in unit_kinds}
        met |= {"has_sfo"} if has_sfo else set()
        met |= {"private_units"} if private_units else set()
        return tuple(
            seat
            for seat in self.group(group_id).seats
            if (seat.condition is None or seat.condition in met)
            and (seat.applies_to is None or seat.applies_to in unit_kinds)
            and (seat.applicant is None or applicant in (None, seat.applicant))
        )


def _by_id(records: Iterable[Named], wanted: str) -> Named:
    for record in records:
        if record.id == wanted:
            return record
    raise KeyError(wanted)
