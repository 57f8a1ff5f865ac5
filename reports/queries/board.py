"""The status board: activities × participants of one semester, in a bounded number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from django.db.models import QuerySet
from django.utils import timezone

from actors.models.register import UnitKind
from cohorts.models import Activity, Deltakelse, DeltakendeUnit, Semester
from cohorts.queries.programme import programme_of
from lmp.lib.workdays import Calendar
from meetings.rules.obligation import applies_to_unit, target_count
from reports.queries.facts import Duty, Facts, MeetingFact, Place
from reports.queries.participants import OwnerRow, UnitRow, owner_rows, unit_rows
from reports.rules.status import (
    NOT_APPLICABLE,
    Cell,
    counted_cell,
    meetings_cell,
    papers_cell,
    together,
    work_cell,
)


@dataclass(frozen=True)
class Board:
    """How it goes in one semester. `cells` is keyed by activity and place; see `cell`."""

    semester: Semester
    today: date
    now: datetime
    calendar: Calendar
    activities: list[Activity]
    owners: list[OwnerRow]
    units: list[UnitRow]
    facts: Facts = field(repr=False)
    cells: dict[tuple[int, Place], Cell] = field(repr=False)
    shown: dict = field(default_factory=dict, repr=False)  # cells in words, filled as needed

    def cell(self, activity: Activity, place: Place) -> Cell:
        """How it stands with `activity` at `place`; not applicable where it is not demanded."""
        return self.cells.get((activity.pk, place), NOT_APPLICABLE)

    def units_of(self, owner: OwnerRow) -> list[UnitRow]:
        return self._units_by_owner.get(owner.pk, [])

    def places_of(self, owner: OwnerRow) -> list[Place]:
        """The owner itself and its units."""
        return [(owner.pk, None), *((owner.pk, unit.pk) for unit in self.units_of(owner))]

    def together(self, activities: Iterable[Activity], places: Iterable[Place]) -> Cell:
        """Several activities at several places as one cell."""
        places = list(places)
        return together(self.cell(activity, place) for activity in activities for place in places)

    def meetings_at(self, activity: Activity, place: Place) -> list[MeetingFact]:
        """The meetings of an activity at a place, the earliest first."""
        return self.facts.meetings.get((activity.pk, *place), [])

    def overdue(self) -> list[Duty]:
        """Open duties whose deadline has passed, the oldest first."""
        return [d for d in self.facts.duties if d.met_at is None and d.due < self.today]

    @cached_property
    def _units_by_owner(self) -> dict[int, list[UnitRow]]:
        found: dict[int, list[UnitRow]] = defaultdict(list)
        for unit in self.units:
            found[unit.deltakelse_id].append(unit)
        return found


def load_board(
    semester: Semester,
    *,
    now: datetime,
    deltakelser: QuerySet[Deltakelse] | None = None,
    units: QuerySet[DeltakendeUnit] | None = None,
    activities: list[Activity] | None = None,
) -> Board:
    """The board of `semester` at `now` (aware), for all that take part or those given.

    Eight queries, however many take part and meet; seven when the activities are given.
    """
    if deltakelser is None:
        deltakelser = Deltakelse.objects.all()
    if units is None:
        units = DeltakendeUnit.objects.filter(deltakelse__in=deltakelser)
    owners = owner_rows(deltakelser.filter(pulje_id=semester.pulje_id))
    rows = unit_rows(units.filter(deltakelse__pulje=semester.pulje_id))
    return board_of(semester, owners, rows, now=now, activities=activities)


def board_of(
    semester: Semester,
    owners: list[OwnerRow],
    units: list[UnitRow],
    *,
    now: datetime,
    activities: list[Activity] | None = None,
) -> Board:
    """The board for the owners and units given. Six queries; five when the activities are given."""
    today = timezone.localdate(now)
    if activities is None:
        activities = list(semester.activities.all())
    calendar = programme_of(semester.pulje).calendar_rules.calendar
    facts = Facts(semester, activities, owners, units)
    cells = {}
    for activity in activities:
        status, pk = _Status(activity, facts, calendar, now, today), activity.pk
        for place in _places(activity, semester, owners, units):
            cells[pk, place] = status.at(place)
    return Board(semester, today, now, calendar, activities, owners, units, facts, cells)


def _places(
    activity: Activity, semester: Semester, owners: list[OwnerRow], units: list[UnitRow]
) -> Iterable[Place]:
    """The participants an activity is demanded of; those withdrawn or joined later are not."""
    if activity.scope == "pulje":
        return [(None, None)]
    if activity.scope == "deltakelse":
        return [(owner.pk, None) for owner in owners if owner.is_active]
    number, only = semester.number, activity.applies_to
    kinds = [kind for kind in UnitKind.values if applies_to_unit(only, kind, 0, number)]
    return [
        (unit.deltakelse_id, unit.pk)
        for unit in units
        if unit.is_active and unit.kind in kinds and unit.first_semester <= number
    ]


class _Status:
    """The status of one activity, place by place.

    Most places stand alike, so the engine is asked once for each different set of counts.
    """

    def __init__(
        self, activity: Activity, facts: Facts, calendar: Calendar, now: datetime, today: date
    ) -> None:
        semester = facts.semester
        self.pk, self.record, self.minimum = activity.pk, activity.record, activity.minimum
        self.facts, self.calendar, self.now, self.today = facts, calendar, now, today
        self.is_over = semester.end < today
        self.term_end = semester.term_end
        self.target = target_count(
            activity.cadence, activity.minimum, semester.start, semester.term_end
        )
        is_owed = activity.cadence != "per_meeting" and not activity.is_closed_early
        self.demanded = activity.minimum if is_owed else 0
        self.is_only_counted = activity.options.get("count_only", False)
        self.known: dict[tuple, Cell] = {}

    def at(self, place: Place) -> Cell:
        key = (self.pk, *place)
        dues = self.facts.open.get(key, [])
        if self.record == "meeting":
            found = self.facts.meetings.get(key, [])
            done = sum(meeting.end <= self.now for meeting in found)
            counts: tuple = (done, len(found) - done, min(dues, default=None))
        elif self.record == "paper":
            counts = (self.facts.met.get(key, 0), *(dues if self.minimum else []))
        else:
            counts = (self.facts.done.get(key, 0), min(dues, default=self.term_end))
        if counts not in self.known:
            self.known[counts] = self._decide(counts)
        return self.known[counts]

    def _decide(self, counts: tuple) -> Cell:
        if self.record == "meeting":
            return self._meetings(*counts)
        return self._papers(*counts) if self.record == "paper" else self._work(*counts)

    def _meetings(self, done: int, planned: int, date_due: date | None) -> Cell:
        if self.is_only_counted:
            return counted_cell(done=done, planned=planned, target=self.target, over=self.is_over)
        return meetings_cell(
            done=done,
            planned=planned,
            target=self.target,
            date_due=date_due,
            today=self.today,
            over=self.is_over,
        )

    def _papers(self, sent: int, *dues: date) -> Cell:
        return papers_cell(dues_open=dues, sent=sent, today=self.today, calendar=self.calendar)

    def _work(self, done: int, due: date) -> Cell:
        return work_cell(
            done=done,
            target=self.demanded,
            due=due,
            today=self.today,
            calendar=self.calendar,
        )
