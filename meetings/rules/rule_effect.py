"""What a changed rule does: how many more are sent, to whom, and in which weeks. Pure functions."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

# The chart, in the units of its drawing: as wide as the other charts, the weeks on one line.
WIDTH, FLOOR, TALLEST = 700, 150, 122
BAR_SHARE, GAP_SHARE = 0.31, 0.04


class Sending(NamedTuple):
    """A reminder that goes out on the local day `day`: to a person (primary key), about one thing,
    for one step of one rule."""

    day: date
    person: int
    rule: int
    about: str
    step: str


@dataclass(frozen=True)
class Week:
    """An ISO week with how many are sent as it is now and with the change."""

    number: int
    before: int
    after: int


@dataclass(frozen=True)
class Effect:
    """What a change of one rule does in some days.

    `gained` and `lost` are reminders that come and go; `people` is who gets more, with how many
    more; `joined` of the gained go in a mail that the person gets that day anyway.
    """

    before: int
    after: int
    gained: int
    lost: int
    joined: int
    people: dict[int, int]
    fewer: int
    weeks: tuple[Week, ...]

    @property
    def more(self) -> int:
        """How many more are sent; negative when fewer are."""
        return self.after - self.before

    @property
    def less(self) -> int:
        """How many fewer are sent."""
        return self.before - self.after


def effect_of(rule: int, before: Collection[Sending], after: Collection[Sending]) -> Effect:
    """What changes for `rule` (primary key). Both lists hold all rules, because one mail carries
    what a person gets of all of them that day."""
    old = {each for each in before if each.rule == rule}
    new = {each for each in after if each.rule == rule}
    gained, lost = new - old, old - new
    change = Counter(each.person for each in gained)
    change.subtract(Counter(each.person for each in lost))
    return Effect(
        before=len(old),
        after=len(new),
        gained=len(gained),
        lost=len(lost),
        joined=len(gained) - len(_mails(gained) - _mails(before)),
        people={person: count for person, count in sorted(change.items()) if count > 0},
        fewer=sum(count < 0 for count in change.values()),
        weeks=_weeks(old, new),
    )


def _mails(sendings: Collection[Sending]) -> set[tuple[int, date]]:
    """One mail for a person a day, however many reminders it carries."""
    return {(each.person, each.day) for each in sendings}


def _weeks(old: Collection[Sending], new: Collection[Sending]) -> tuple[Week, ...]:
    before = Counter(each.day.isocalendar()[:2] for each in old)
    after = Counter(each.day.isocalendar()[:2] for each in new)
    found = sorted(set(before) | set(after))
    return tuple(Week(week[1], before[week], after[week]) for week in found)


@dataclass(frozen=True)
class Bar:
    """One bar of the chart: its rectangle, where its number stands, and the number."""

    x: int
    y: int
    width: int
    height: int
    middle: int
    number_y: int
    count: int


@dataclass(frozen=True)
class WeekBars:
    """The two bars of a week, and where its name stands."""

    week: Week
    middle: int
    before: Bar
    after: Bar


def bars_of(weeks: Sequence[Week]) -> list[WeekBars]:
    """The weeks as pairs of bars, in the units of the drawing; the highest reaches the top."""
    if not weeks:
        return []
    most = max(1, *(max(week.before, week.after) for week in weeks))
    room = WIDTH // max(4, len(weeks))
    width, gap = int(room * BAR_SHARE), int(room * GAP_SHARE)
    found = []
    for place, week in enumerate(weeks):
        left = place * room + gap
        first = _bar(left, width, week.before, most)
        second = _bar(left + width + gap, width, week.after, most)
        found.append(WeekBars(week, left + width + gap // 2, first, second))
    return found


def _bar(x: int, width: int, count: int, most: int) -> Bar:
    height = round(TALLEST * count / most)
    y = FLOOR - height
    return Bar(x, y, width, height, x + width // 2, y - 8, count)
