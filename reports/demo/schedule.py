"""When the meetings of a semester are: pure functions of dates, with no chance in them.

A semester hangs on its national fagdager: some weeks later comes the kommune's fagsamling, with
veiledning on the working day before and after, then the digital ones, and the second veiledning
about two months after the first. A pair of veiledere has one meeting each half day.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from lmp.lib.workdays import Calendar
from reports.demo.plan import (
    ELVEMO,
    FJORDVIK,
    GRANLI,
    KVISTAD,
    LAUVTUN,
    SOLFANGEREN,
    KommunePlan,
)

MORNING, NOON, AFTERNOON = time(9), time(12, 30), time(14)
PHYSICAL_MINUTES, DIGITAL_MINUTES, LEADER_MINUTES = 150, 90, 60
AT_FAGSAMLING = ((-1, MORNING), (-1, NOON), (1, MORNING), (1, NOON))
PAPER_KINDS = ("veiledning_1", "veiledning_2", "digital_veiledning")


@dataclass(frozen=True)
class Slot:
    """A meeting to be: `units` are the names of those it is for, empty at owner level."""

    key: str
    kommune: str
    units: tuple[str, ...]
    day: date
    start: time
    minutes: int
    form: str


@dataclass(frozen=True)
class Term:
    """A semester's dates. `begins` is the last day of its national fagdager."""

    number: int
    spring: bool
    start: date
    begins: date
    term_end: date


@dataclass
class Diary:
    """Which half days the pairs of veiledere are taken, so that nobody is in two places."""

    calendar: Calendar
    taken: set[tuple[int, date, time]] = field(default_factory=set)

    def take(self, pair: int, day: date, start: time) -> None:
        self.taken.add((pair, day, start))

    def first_free(
        self, pair: int, wanted: date, start: time, last: date, avoid: frozenset[date]
    ) -> tuple[date, time]:
        """The first free half day from `wanted` on, before noon or after it; taken thereby."""
        day = self.calendar.shift(wanted, "next")
        other = NOON if start == MORNING else MORNING
        while True:
            for each in (start, other):
                if day not in avoid and (pair, day, each) not in self.taken:
                    self.take(pair, day, each)
                    return day, each
            day = self.calendar.add_workdays(day, 1)
            if day > last + timedelta(days=60):
                raise ValueError("no free half day")


@dataclass(frozen=True)
class Distances:
    """Days from the first veiledning in a term; spring has more weeks than autumn."""

    digital: int
    leader: int
    second: int
    owner: int
    board: int


AUTUMN, SPRING = Distances(30, 43, 56, 50, 35), Distances(75, 92, 61, 100, 84)


def pinned(term: Term, today: date, calendar: Calendar, *, early: bool) -> list[Slot]:
    """Meetings that the demo's people have around `today`, as in our pictures of their pages.

    `early`: the first veiledning has not been held yet, so that it is what comes next.
    """
    if not term.start + timedelta(days=12) <= today <= term.term_end - timedelta(days=12):
        return []

    def ahead(days: int) -> date:
        return calendar.add_workdays(today, days)

    def held(days: int) -> date:
        return calendar.shift(today - timedelta(days=days), "previous")

    physical = "veiledning_1" if early else "veiledning_2"
    fjordvik = [
        Slot("digital_veiledning", FJORDVIK, (GRANLI,), held(8), NOON, DIGITAL_MINUTES, "digital"),
        Slot(physical, FJORDVIK, (ELVEMO,), ahead(2), time(12), PHYSICAL_MINUTES, "physical"),
        Slot("styringsgruppemoete_digitalt", FJORDVIK, (), ahead(3), AFTERNOON, 120, "digital"),
        Slot(physical, FJORDVIK, (SOLFANGEREN,), ahead(5), MORNING, PHYSICAL_MINUTES, "physical"),
        Slot("lederveiledning", FJORDVIK, (GRANLI,), ahead(6), time(13), LEADER_MINUTES, "digital"),
        Slot(physical, FJORDVIK, (GRANLI,), ahead(9), MORNING, PHYSICAL_MINUTES, "physical"),
    ]
    bjoerkesund = [
        Slot("digital_veiledning", "Bjørkesund", (LAUVTUN,), ahead(3), MORNING, 90, "digital"),
        Slot("digital_veiledning", "Bjørkesund", (KVISTAD,), held(4), MORNING, 90, "digital"),
    ]
    return [*fjordvik, *bjoerkesund]


def slots_of(
    plans: list[KommunePlan], term: Term, calendar: Calendar, today: date | None = None
) -> list[Slot]:
    """Every meeting of a semester for the kommuner in `plans`; around `today` if it is running."""
    diary = Diary(calendar)
    fixed: list[Slot] = []
    if today is not None:
        main = next((plan for plan in plans if plan.name == FJORDVIK), None)
        early = main is not None and _fagsamling(main, term, calendar) > today
        fixed = pinned(term, today, calendar, early=early) if main else []
    pairs = {plan.name: plan.pair for plan in plans}
    for slot in fixed:
        half = MORNING if slot.start < time(12) else NOON
        diary.take(pairs[slot.kommune], slot.day, half)
    avoid = frozenset({today}) if today is not None else frozenset()
    slots = list(fixed)
    for plan in plans:
        mine = [slot for slot in fixed if slot.kommune == plan.name]
        slots += _kommune_slots(plan, term, diary, mine, avoid, today)
    return slots


def _fagsamling(plan: KommunePlan, term: Term, calendar: Calendar) -> date:
    return calendar.add_workdays(term.begins, plan.offset)


def _kommune_slots(
    plan: KommunePlan,
    term: Term,
    diary: Diary,
    fixed: list[Slot],
    avoid: frozenset[date],
    today: date | None,
) -> Iterator[Slot]:
    """What is not fixed of one kommune's meetings, the fagsamling first."""
    calendar = diary.calendar
    day = _fagsamling(plan, term, calendar)
    if plan.fagsamling_waits and today is not None:
        day = max(day, calendar.add_workdays(today, 12))
    first = next((slot.day for slot in fixed if slot.key == "veiledning_1"), None)
    if first is not None:
        day = calendar.add_workdays(max(s.day for s in fixed if s.key == "veiledning_1"), -1)
    if day in avoid:
        day = calendar.add_workdays(day, 1)
    yield Slot("fagsamling", plan.name, (), day, MORNING, 390, "physical")
    diary.take(plan.pair, day, MORNING)
    diary.take(plan.pair, day, NOON)
    rest = _Rest(plan, term, diary, fixed, avoid, today, day)
    if not (plan.no_dates and today is not None):
        yield from rest.of_units()
    else:
        yield from rest.of_few_units()
    yield from rest.of_owner()


@dataclass
class _Rest:
    """The meetings of a kommune beside its fagsamling on `day`."""

    plan: KommunePlan
    term: Term
    diary: Diary
    fixed: list[Slot]
    avoid: frozenset[date]
    today: date | None
    day: date

    @property
    def distances(self) -> Distances:
        return SPRING if self.term.spring else AUTUMN

    def of_units(self) -> Iterator[Slot]:
        names = [unit.name for unit in self.plan.units]
        for place, joint in enumerate(_joined(names)):
            step, start = AT_FAGSAMLING[place]
            day = self.diary.calendar.add_workdays(self.day, step)
            yield from self._one("veiledning_1", joint, day, start, PHYSICAL_MINUTES, "physical")
        apart = self.distances
        for place, name in enumerate(names):
            base = self.day + timedelta(days=2 * place)
            for key, days, minutes, form in (
                ("digital_veiledning", apart.digital, DIGITAL_MINUTES, "digital"),
                ("lederveiledning", apart.leader, LEADER_MINUTES, "digital"),
                ("veiledning_2", apart.second, PHYSICAL_MINUTES, "physical"),
            ):
                start = NOON if (place + self.plan.pair) % 2 else MORNING
                day = base + timedelta(days=days)
                yield from self._one(key, (name,), day, start, minutes, form)

    def of_few_units(self) -> Iterator[Slot]:
        """Somebody has begun, but most of the units have no dates."""
        if self.plan.fagsamling_waits or self.today is None:
            return
        name = self.plan.units[0].name
        for key, days, minutes in (
            ("digital_veiledning", -12, DIGITAL_MINUTES),
            ("lederveiledning", 14, LEADER_MINUTES),
        ):
            day = self.diary.calendar.add_workdays(self.today, days)
            if day >= self.term.start:
                yield from self._one(key, (name,), day, NOON, minutes, "digital")

    def of_owner(self) -> Iterator[Slot]:
        calendar, apart = self.diary.calendar, self.distances
        early = max(calendar.add_workdays(self.day, -9), calendar.shift(self.term.start, "next"))
        if self.plan.fagsamling_waits and self.today is not None:
            early = calendar.add_workdays(self.term.begins, 5)
        for key, day, start, minutes, form in (
            ("styringsgruppemoete_fysisk", early, NOON, 120, "physical"),
            (
                "styringsgruppemoete_digitalt",
                self.day + timedelta(days=apart.board),
                NOON,
                120,
                "digital",
            ),
            ("eiermoete", self.day + timedelta(days=apart.owner), MORNING, 60, "digital"),
        ):
            yield from self._one(key, (), day, start, minutes, form)

    def _one(
        self, key: str, units: tuple[str, ...], day: date, start: time, minutes: int, form: str
    ) -> Iterator[Slot]:
        """The meeting on the first free half day, unless it is fixed already."""
        if any(slot.key == key and set(units) <= set(slot.units) for slot in self.fixed):
            return
        free, at = self.diary.first_free(self.plan.pair, day, start, self.term.term_end, self.avoid)
        yield Slot(key, self.plan.name, units, free, at, minutes, form)


def _joined(names: list[str]) -> list[tuple[str, ...]]:
    """At most four meetings around a fagsamling: beyond that, units have one together."""
    groups: list[tuple[str, ...]] = [(name,) for name in names[: len(AT_FAGSAMLING)]]
    for place, name in enumerate(names[len(AT_FAGSAMLING) :]):
        at = len(groups) - 1 - place
        groups[at] = (*groups[at], name)
    return groups
