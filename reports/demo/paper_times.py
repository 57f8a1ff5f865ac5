"""When papers are sent: mostly in time, a few late, and as our pictures need it around today."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from reports.demo.meetings import Planned
from reports.demo.plan import FJORDVIK, GRANLI, KVISTAD
from reports.demo.world import CALENDAR, World, oslo

BEFORE_MEETING, AFTER_MEETING = 5, 7  # working days before, days after: the programme's own
LATE_GRUNNLAG, LATE_REFERAT = 0.09, 0.06  # the share that comes too late
NEAR = timedelta(days=21)


@dataclass(frozen=True)
class Times:
    """When the grunnlag and the referat were sent (aware), or None when they are not there.

    `approved`: a veileder has said that the referat is right.
    """

    grunnlag: datetime | None
    referat: datetime | None
    approved: bool


def times_of(world: World, planned: Planned, unit: str, *, running: bool) -> Times:
    """The times of one meeting's papers for a unit (empty at owner level)."""
    day = planned.meeting.day
    chance = world.chance
    sent = _grunnlag_day(world, planned, unit, day) if unit else None
    grunnlag = oslo(sent, chance.randrange(8, 15), chance.randrange(60)) if sent else None
    after = _referat_day(world, planned, unit, day, running=running)
    referat = oslo(after, chance.randrange(9, 15), chance.randrange(60)) if after else None
    return Times(
        grunnlag=grunnlag if grunnlag and grunnlag < world.now else None,
        referat=referat if referat and referat < world.now else None,
        approved=world.happens(0.45) and unit != KVISTAD,
    )


def _grunnlag_day(world: World, planned: Planned, unit: str, day: date) -> date:
    due = CALENDAR.add_workdays(day, -BEFORE_MEETING)
    if planned.slot.kommune == FJORDVIK or abs(planned.meeting.start - world.now) < NEAR:
        return due
    if world.happens(LATE_GRUNNLAG):
        return CALENDAR.add_workdays(due, 1)
    return CALENDAR.add_workdays(due, -world.chance.randrange(3))


def _referat_day(
    world: World, planned: Planned, unit: str, day: date, *, running: bool
) -> date | None:
    plan = planned.place.plan
    recent = running and day > world.today - timedelta(days=35)
    if unit == GRANLI and recent and planned.key == "digital_veiledning":
        return None  # the draft that the rektor of our pictures has begun
    if unit == KVISTAD and recent:
        return CALENDAR.shift(day + timedelta(days=2), "next")
    if plan.late_referater:
        if recent:
            return None
        return CALENDAR.shift(day + timedelta(days=world.chance.randrange(9, 14)), "next")
    if plan.fagsamling_waits and running and not unit:
        return None
    if world.happens(LATE_REFERAT) and not recent:
        return CALENDAR.shift(day + timedelta(days=AFTER_MEETING + 3), "next")
    wanted = CALENDAR.shift(day + timedelta(days=world.chance.randrange(2, 6)), "next")
    return min(wanted, CALENDAR.shift(day + timedelta(days=AFTER_MEETING), "next"))
