"""The status board: activities × participants of one semester, in a bounded number of queries."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from cohorts.models import (
    Activity,
    ActivityRecord,
    DeadlineRule,
    Deltakelse,
    DeltakendeUnit,
    Semester,
)
from cohorts.queries.programme import programme_of
from lmp.lib.workdays import Calendar
from meetings.models import Attendance, Meeting, Obligation, Presence
from meetings.rules.obligation import applies_to_unit, target_count
from reports.rules.status import (
    NOT_APPLICABLE,
    Cell,
    meetings_cell,
    papers_cell,
    together,
    work_cell,
)

# What a cell belongs to: (deltakelse, unit), ids or None; (None, None) is the whole pulje.
Place = tuple[int | None, int | None]


@dataclass(frozen=True)
class Board:
    """How it goes in one semester. `cells` is keyed by (activity key, place)."""

    semester: Semester
    today: date
    activities: list[Activity]
    deltakelser: list[Deltakelse]
    units: list[DeltakendeUnit]
    cells: dict[tuple[str, Place], Cell] = field(repr=False)

    def cell(self, activity: Activity, place: Place) -> Cell:
        """How it stands with `activity` at `place`; not applicable where it is not demanded."""
        return self.cells.get((activity.key, place), NOT_APPLICABLE)

    def units_of(self, deltakelse: Deltakelse) -> list[DeltakendeUnit]:
        return [unit for unit in self.units if unit.deltakelse_id == deltakelse.pk]

    def places_of(self, deltakelse: Deltakelse) -> list[Place]:
        """The deltakelse itself and its units."""
        units = [(deltakelse.pk, unit.pk) for unit in self.units_of(deltakelse)]
        return [(deltakelse.pk, None), *units]

    def together(self, activities: Iterable[Activity], places: Iterable[Place]) -> Cell:
        """Several activities at several places as one cell."""
        places = list(places)
        return together(self.cell(activity, place) for activity in activities for place in places)


def load_board(
    semester: Semester, *, now: datetime, deltakelser: QuerySet[Deltakelse] | None = None
) -> Board:
    """The board of `semester` at `now` (aware), for all deltakelser or those given.

    At most ten queries, however many take part and meet.
    """
    today = timezone.localdate(now)
    if deltakelser is None:
        deltakelser = Deltakelse.objects.all()
    chosen = list(
        deltakelser.filter(pulje_id=semester.pulje_id)
        .select_related("owner__kommune__fylke__statsforvalter", "owner__fylke__statsforvalter")
        .order_by("owner__name")
    )
    units = list(
        DeltakendeUnit.objects.filter(deltakelse__in=[d.pk for d in chosen])
        .select_related("unit__kommune")
        .order_by("unit__name")
    )
    facts = _Facts(semester, chosen, units, now, today)
    activities = facts.activities
    cells = {
        (activity.key, place): facts.cell(activity, place)
        for activity in activities
        for place in facts.places(activity)
    }
    return Board(semester, today, activities, chosen, units, cells)


class _Facts:
    """What exists in the semester, counted by activity and place."""

    def __init__(
        self,
        semester: Semester,
        deltakelser: list[Deltakelse],
        units: list[DeltakendeUnit],
        now: datetime,
        today: date,
    ) -> None:
        self.semester, self.today = semester, today
        self.activities = list(semester.activities.all())
        self.deltakelser = deltakelser
        self.units = {unit.pk: unit for unit in units}
        self.calendar: Calendar = programme_of(semester.pulje).calendar_rules.calendar
        ids = [d.pk for d in deltakelser]
        self.scope = Q(deltakelse__in=ids) | Q(deltakelse=None)
        self.held, self.dated = self._meetings(now)
        self.open, self.met = self._obligations()
        self.records = Counter(
            ActivityRecord.objects.filter(self.scope, activity__semester=semester).values_list(
                "activity", "deltakelse", "unit"
            )
        )
        self.attended = self._attendance()
        self.grouped = self._groups()

    def places(self, activity: Activity) -> Iterable[Place]:
        """The participants an activity is demanded of; those withdrawn or joined later are not."""
        if activity.scope == "pulje":
            return [(None, None)]
        if activity.scope == "deltakelse":
            return [(d.pk, None) for d in self.deltakelser if d.status == "active"]
        return [
            (unit.deltakelse_id, unit.pk)
            for unit in self.units.values()
            if unit.status == "active"
            and applies_to_unit(
                activity.applies_to, unit.unit.kind, unit.first_semester, self.semester.number
            )
        ]

    def cell(self, activity: Activity, place: Place) -> Cell:
        key = (activity.pk, *place)
        if activity.record == "meeting":
            target = target_count(
                activity.cadence, activity.minimum, self.semester.start, self.semester.term_end
            )
            return meetings_cell(
                done=self.held[key],
                planned=self.dated[key],
                target=target,
                date_due=min(self.open[key], default=None),
                today=self.today,
                over=self.semester.end < self.today,
            )
        if activity.record == "paper":
            return papers_cell(
                dues_open=self.open[key] if activity.minimum else [],
                sent=self.met[key],
                today=self.today,
                calendar=self.calendar,
            )
        done = self.records[key] + self.attended[key] + (key in self.grouped)
        return work_cell(
            done=done,
            target=0 if activity.cadence == "per_meeting" else activity.minimum,
            due=min(self.open[key], default=self.semester.term_end),
            today=self.today,
            calendar=self.calendar,
        )

    def _meetings(self, now: datetime) -> tuple[Counter, Counter]:
        """Meetings held and meetings to come, by (activity, deltakelse, unit)."""
        held: Counter = Counter()
        dated: Counter = Counter()
        meetings = Meeting.objects.filter(self.scope, semester=self.semester).taking_place()
        rows = meetings.values_list("pk", "activity", "deltakelse", "units", "end")
        seen = set()
        for pk, activity, deltakelse, unit, end in rows:
            count = held if end <= now else dated
            if unit is not None:
                count[activity, deltakelse, unit] += 1
            if pk not in seen:
                count[activity, deltakelse, None] += 1
            seen.add(pk)
        return held, dated

    def _obligations(self) -> tuple[dict, Counter]:
        """Due days of what is open, and how many are met, by (activity, deltakelse, unit).

        An obligation counts for every activity of the same scope that its rule names, because
        several things are sent or dated together.
        """
        activities = {a.key: a for a in self.activities}
        scopes = {a.pk: a.scope for a in activities.values()}
        rules = DeadlineRule.objects.filter(pulje_id=self.semester.pulje_id)
        # Reading a sent referat and follow-up points are duties of their own, not the paper's.
        covered = {
            rule.pk: [activities[key] for key in rule.activities if key in activities]
            for rule in rules
            if rule.met_by not in ("review", "item", "agenda", "answer")
        }
        open_dues: dict[tuple, list[date]] = defaultdict(list)
        met: Counter = Counter()
        rows = Obligation.objects.filter(self.scope, semester=self.semester, void_at=None)
        for rule, activity, deltakelse, unit, due, met_at in rows.values_list(
            "rule", "activity", "deltakelse", "unit", "due", "met_at"
        ):
            if rule is not None and rule not in covered:
                continue
            named = [a.pk for a in covered.get(rule, []) if a.scope == scopes.get(activity)]
            for pk in named or [activity]:
                if met_at is None:
                    open_dues[pk, deltakelse, unit].append(due)
                else:
                    met[pk, deltakelse, unit] += 1
        return open_dues, met

    def _attendance(self) -> Counter:
        """How often the responsible of a «takes part» activity came, by (activity, deltakelse)."""
        flags = [a for a in self.activities if a.record == "work" and a.cadence == "per_meeting"]
        came = Counter(
            Attendance.objects.filter(
                meeting__semester=self.semester, presence=Presence.PRESENT
            ).values_list("actor", "meeting__activity__key", "meeting__deltakelse")
        )
        counts: Counter = Counter()
        for flag in flags:
            for (actor, key, deltakelse), number in came.items():
                if actor == flag.responsible and key in flag.options.get("for_activities", []):
                    counts[flag.pk, deltakelse, None] += number
        return counts

    def _groups(self) -> set[tuple]:
        """(activity, deltakelse, unit) of groups that have been made."""
        found = set()
        for activity in self.activities:
            if activity.record != "setup":
                continue
            if activity.scope == "unit":
                units = self.units.values()
                found |= {(activity.pk, u.deltakelse_id, u.pk) for u in units if u.arbeidsgruppe_id}
            else:
                found |= {
                    (activity.pk, d.pk, None) for d in self.deltakelser if d.styringsgruppe_id
                }
        return found
