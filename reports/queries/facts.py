"""What exists in a semester, counted by activity and place: the input of the status engine."""

from collections import Counter, defaultdict
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q

from cohorts.models import Activity, ActivityRecord, DeadlineRule, Semester
from meetings.models import Attendance, Meeting, Obligation, Presence
from meetings.rules.meeting import name_in
from reports.queries.participants import OwnerRow, UnitRow

# What a cell belongs to: (deltakelse, unit), ids or None; (None, None) is the whole pulje.
Place = tuple[int | None, int | None]
Key = tuple[int, int | None, int | None]

# Duties of their own: they never make the activity that their rule names late.
OF_THEIR_OWN = ("review", "item", "answer", "seat", "veileder", "none")


class MeetingFact(NamedTuple):
    """A meeting that is not cancelled. `start` and `end` are aware."""

    pk: int
    activity_id: int
    start: datetime
    end: datetime
    title: str


class Duty(NamedTuple):
    """An obligation that is not void. `due` is a local date, `met_at` aware or None (open)."""

    pk: int
    rule_id: int | None
    activity_id: int
    deltakelse_id: int | None
    unit_id: int | None
    meeting_id: int | None
    office: str
    due: date
    met_at: datetime | None
    concerns: tuple[int, ...]  # primary keys of the activities that it counts for

    @property
    def place(self) -> Place:
        return self.deltakelse_id, self.unit_id


class Facts:
    """What is found for some owners and units of one semester. Five queries at most."""

    def __init__(
        self,
        semester: Semester,
        activities: list[Activity],
        owners: list[OwnerRow],
        units: list[UnitRow],
    ) -> None:
        self.semester, self.activities = semester, activities
        self.owners = {owner.pk for owner in owners}
        self.units = {unit.pk for unit in units}
        self.meetings: dict[Key, list[MeetingFact]] = defaultdict(list)
        self.meetings_by_id: dict[int, MeetingFact] = {}
        self.open: dict[Key, list[date]] = defaultdict(list)
        self.met: Counter[Key] = Counter()
        self.duties: list[Duty] = []
        self.rules = {
            rule.pk: rule for rule in DeadlineRule.objects.filter(pulje_id=semester.pulje_id)
        }
        # Many ids make a slow IN; a whole pulje is filtered here, a single owner in SQL.
        few = len(self.owners) <= 1
        self.scope = Q(deltakelse__in=self.owners) | Q(deltakelse=None) if few else Q()
        self._read_meetings()
        self._read_duties()
        self.done: Counter[Key] = (
            self._records() + self._attendance() + _groups(activities, owners, units)
        )

    def has_place(self, deltakelse: int | None, unit: int | None) -> bool:
        """Whether the place is among those asked for; the whole pulje always is."""
        return (deltakelse is None or deltakelse in self.owners) and (
            unit is None or unit in self.units
        )

    def _read_meetings(self) -> None:
        names = {
            activity.pk: (activity.title_bm, activity.title_nn) for activity in self.activities
        }
        rows = (
            Meeting.objects.filter(self.scope, semester=self.semester)
            .taking_place()
            .order_by("start", "pk")
            .values_list("pk", "activity", "start", "end", "title", "deltakelse", "units")
        )
        for pk, activity, start, end, title, deltakelse, unit in rows:
            if not self.has_place(deltakelse, None):
                continue
            is_new = pk not in self.meetings_by_id
            name = name_in(title, *names.get(activity, ("", "")))
            fact = self.meetings_by_id.setdefault(pk, MeetingFact(pk, activity, start, end, name))
            if unit is not None and unit in self.units:
                self.meetings[activity, deltakelse, unit].append(fact)
            if is_new:
                self.meetings[activity, deltakelse, None].append(fact)

    def _read_duties(self) -> None:
        """Open duties, and papers that are sent: nothing else of what is met says anything here.

        Each counts for every activity of the same scope that its rule names, because several
        things are sent, or get their date, together.
        """
        concerned = _activities_by_rule(self.rules.values(), self.activities)
        papers = [activity.pk for activity in self.activities if activity.record == "paper"]
        rows = (
            Obligation.objects.filter(self.scope, semester=self.semester, void_at=None)
            .filter(Q(met_at=None) | Q(activity__in=papers))
            .order_by("due", "pk")
            .values_list(*Duty._fields[:-1])
        )
        for row in rows:
            _pk, rule, activity, deltakelse, unit, _meeting, _office, due, met_at = row
            if not self.has_place(deltakelse, unit):
                continue
            counts_for = (activity,) if rule is None else concerned.get((rule, activity), ())
            self.duties.append(Duty._make((*row, counts_for)))
            for pk in counts_for:
                if met_at is None:
                    self.open[pk, deltakelse, unit].append(due)
                else:
                    self.met[pk, deltakelse, unit] += 1

    def _records(self) -> Counter[Key]:
        records = ActivityRecord.objects.filter(self.scope, activity__semester=self.semester)
        return Counter(records.values_list("activity", "deltakelse", "unit"))

    def _attendance(self) -> Counter[Key]:
        """How often the responsible of a «takes part» activity came, by activity and owner."""
        flags = [a for a in self.activities if a.record == "work" and a.cadence == "per_meeting"]
        counts: Counter[Key] = Counter()
        if not flags:
            return counts
        came = Attendance.objects.filter(
            meeting__semester=self.semester,
            presence=Presence.PRESENT,
            actor__in={flag.responsible for flag in flags},
        ).values_list("actor", "meeting__activity__key", "meeting__deltakelse")
        for (actor, key, deltakelse), number in Counter(came).items():
            for flag in flags:
                if actor == flag.responsible and key in flag.options.get("for_activities", []):
                    counts[flag.pk, deltakelse, None] += number
        return counts


def _activities_by_rule(
    rules, activities: list[Activity]
) -> dict[tuple[int, int], tuple[int, ...]]:
    """For (rule, the activity its duty is filed under): the activities the duty counts for."""
    by_key = {activity.key: activity for activity in activities}
    found = {}
    for rule in rules:
        named = [by_key[key] for key in rule.activities if key in by_key]
        counting = [a for a in named if counts_for(rule.met_by, a.record, a.paper)]
        for activity in named:
            found[rule.pk, activity.pk] = tuple(
                other.pk for other in counting if other.scope == activity.scope
            )
    return found


def counts_for(met_by: str, record: str, paper: str) -> bool:
    """Whether a deadline that is met by `met_by` says how it stands with such an activity.

    A date for a meeting, the sending of a paper, the calling of an agenda, all else for the rest.
    """
    if met_by in OF_THEIR_OWN:
        return False
    if record == "meeting":
        return met_by == "date"
    if record == "paper":
        return met_by == "paper" or (met_by == "agenda" and paper == "agenda")
    return True


def _groups(
    activities: list[Activity], owners: list[OwnerRow], units: list[UnitRow]
) -> Counter[Key]:
    """Groups that have been made, by the activity that demands them."""
    found: Counter[Key] = Counter()
    for activity in activities:
        if activity.record == "setup" and activity.scope == "unit":
            found.update((activity.pk, u.deltakelse_id, u.pk) for u in units if u.has_group)
        elif activity.record == "setup":
            found.update((activity.pk, owner.pk, None) for owner in owners if owner.has_group)
    return found
