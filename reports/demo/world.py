"""What the building of the demo carries along: the moment, chance, and what has been made."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from actors.models import Owner, Role, Statsforvalter, Unit, User
from lmp.lib.workdays import Calendar
from meetings.rules.meeting import local_moment
from reports.demo.names import orgnrs, people_names, place_names
from reports.demo.plan import KommunePlan, UnitPlan

OSLO = ZoneInfo("Europe/Oslo")
CALENDAR = Calendar()
SEED = "laeringsmiljoe"
MORNING = time(6, 0)  # everything before this moment of `today` has happened
FIRST_DAY = date(2025, 4, 24)  # pulje 9 begins
LAST_DAY = date(2027, 7, 31)  # and ends
USUAL_DAY = date(2026, 11, 20)


def day_of_the_demo(today: date) -> date:
    """The day the demo shows: `today` while pulje 9 runs, else a Friday in its third semester."""
    return today if FIRST_DAY <= today <= LAST_DAY else USUAL_DAY


def oslo(day: date, hour: int, minute: int = 0) -> datetime:
    """The moment of a local date and time, in UTC."""
    return local_moment(day, time(hour, minute), OSLO)


@dataclass
class Place:
    """A kommune of the plan as it was made: its owner, its units by name, its leaders' roles."""

    plan: KommunePlan
    owner: Owner
    units: dict[str, Unit]
    eier: Role
    leaders: dict[str, Role] = field(default_factory=dict)

    def plan_of(self, unit: Unit) -> UnitPlan:
        return next(each for each in self.plan.units if each.name == unit.name)


@dataclass
class World:
    """The moment `now` (aware, early on `today`), chance with a fixed seed, and what exists."""

    today: date
    scale: int = 1
    chance: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311
    names: Iterator[str] = field(default_factory=people_names)
    unseated: Iterator[str] = field(default_factory=people_names)
    place_names: Iterator[str] = field(default_factory=place_names)
    orgnrs: Iterator[str] = field(default_factory=orgnrs)
    now: datetime = field(init=False)
    udir: User = field(init=False)
    koordinator: User = field(init=False)
    places: list[Place] = field(default_factory=list)
    former: list[Place] = field(default_factory=list)
    embeter: dict[int, Role] = field(default_factory=dict)
    pairs: dict[int, tuple[Role, Role]] = field(default_factory=dict)
    successor: Role | None = None
    ppt: dict[int, Role] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.now = oslo(self.today, MORNING.hour)

    def one_of(self, values):
        return self.chance.choice(values)

    def happens(self, share: float) -> bool:
        """Whether something that happens in `share` (0–1) of the cases happens now."""
        return self.chance.random() < share

    def embete_role(self, embete: Statsforvalter) -> Role:
        return self.embeter[embete.pk]


def started() -> datetime:
    """When everything began: some weeks before the first day of pulje 9."""
    return datetime(2025, 4, 1, 7, 0, tzinfo=UTC)


def day_of(world: World, days: int, hour: int = 9) -> datetime:
    """A working day about `days` before (minus) or after the demo's day, at a local hour."""
    return oslo(CALENDAR.shift(world.today + timedelta(days=days), "previous"), hour)
