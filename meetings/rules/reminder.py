"""Which reminder is due today, and what it says. Pure functions of values."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from actors.rules.delivery import CATCH_UP_WORKDAYS
from lmp.lib.workdays import Calendar, Unit

# More days than a calendar is without a working day.
LONGEST_PAUSE = 400
_STEP = re.compile(r"(?:to-(?P<to>[^@]+)|remind)(?P<offset>[+-]\d+)(?:@|$)")
_PLACEHOLDER = re.compile(r"\{([a-z]+)\}")
_LINK_SENTENCE = re.compile(r"(?:(?<=[.?!]) )?[^.?!]*\{lenke\}\s*$")


@dataclass(frozen=True)
class Step:
    """One step of a deadline rule: `offset` from the due day, and whom it goes to.

    `to` is empty for the one who owes it, else the actor that is told that it is missing. An
    urgent one goes out at once, whatever the hour and whatever the person has chosen.
    """

    offset: int
    to: str = ""
    urgent: bool = False

    def occasion(self, due: date) -> str:
        """The occasion of the notice; another due day is another occasion."""
        who = f"to-{self.to}" if self.to else "remind"
        return f"{who}{self.offset:+d}@{due:%Y-%m-%d}"


def occasion_day(occasion: str) -> date | None:
    """The due day that an occasion holds; None when it holds none. What was told to the owner
    instead («remind-5@2026-11-26/eier») holds that of the first."""
    try:
        return date.fromisoformat(occasion.rpartition("@")[2].partition("/")[0])
    except ValueError:
        return None


def step_in(occasion: str) -> Step | None:
    """The step that wrote a notice, as `Step.occasion` names it; None for what no rule wrote.

    Whether it was urgent is not said there.
    """
    found = _STEP.match(occasion)
    return Step(int(found["offset"]), found["to"] or "") if found else None


def steps_of(steps: Iterable[Mapping]) -> list[Step]:
    """The steps of a rule as it keeps them."""
    return [Step(each["offset"], each["to"], each["urgent"]) for each in steps]


@lru_cache(maxsize=100_000)
def sending_day(due: date, offset: int, unit: Unit, calendar: Calendar) -> date:
    """The working day on which a step goes out; a step before the due day never moves nearer it.

    A later due day never gives an earlier sending day, which `due_span` leans on.
    """
    return calendar.shift(calendar.add(due, offset, unit), "previous" if offset < 0 else "next")


def window_start(today: date, calendar: Calendar) -> date:
    """The first day whose steps are still sent on `today`: what is older would come too late."""
    return calendar.add_workdays(today, -CATCH_UP_WORKDAYS)


@lru_cache(maxsize=10_000)
def due_span(
    offset: int, unit: Unit, calendar: Calendar, first: date, last: date
) -> tuple[date, date] | None:
    """The due days (both included) whose step goes out from `first` to `last`; None when none is.

    The calendar turned around, so that SQL finds the rows with one range and no arithmetic. Kept:
    every scan of a day asks for the same ones.
    """
    reach = abs(offset) * 8 + LONGEST_PAUSE

    def first_due(day: date) -> date:
        days = range(day.toordinal() - reach, day.toordinal() + reach)
        at = bisect_left(days, day, key=lambda n: _sent(n, offset, unit, calendar))
        return date.fromordinal(days[0] + at)

    earliest, after = first_due(first), first_due(last + timedelta(days=1))
    return (earliest, after - timedelta(days=1)) if earliest < after else None


def _sent(ordinal: int, offset: int, unit: Unit, calendar: Calendar) -> date:
    return sending_day(date.fromordinal(ordinal), offset, unit, calendar)


@dataclass(frozen=True)
class Sending:
    """A step and the working day it goes out; `missed` when it did not and is too late now."""

    day: date
    step: Step
    missed: bool = False


@dataclass(frozen=True)
class Period:
    """What a scan looks back over, in local days.

    Steps from `first` to `last` (today) are sent. Those after `since`, the day of the last scan
    that went well, are told as missed when they are not; None: nothing has been scanned before.
    """

    first: date
    last: date
    since: date | None = None

    @property
    def earliest(self) -> date:
        """The first sending day there may be something to do about."""
        since = self.since
        return self.first if since is None else min(self.first, since + timedelta(days=1))


def sendings(
    steps: Iterable[Step], due: date, unit: Unit, calendar: Calendar, period: Period, born: date
) -> list[Sending]:
    """What to do now about one thing: for each receiver the latest step is sent, not all of them.

    Those it overtook, and those that are too old, were missed, unless they went out before the
    last scan. `born` is the day the thing came to be: nothing was missed before that.
    """
    by_receiver: dict[str, list[Sending]] = {}
    for step in steps:
        day = sending_day(due, step.offset, unit, calendar)
        if period.earliest <= day <= period.last:
            by_receiver.setdefault(step.to, []).append(Sending(day, step))
    found = []
    for each in by_receiver.values():
        latest = max(each, key=lambda one: (one.day, one.step.offset))
        sent = latest.day >= period.first
        if sent:
            found.append(latest)
        found += [
            replace(one, missed=True)
            for one in each
            if _was_missed(one.day, period, born) and not (sent and one.day == latest.day)
        ]
    return found


def _was_missed(day: date, period: Period, born: date) -> bool:
    return period.since is not None and day > period.since and day >= born


def is_before_it_was_owed(day: date, due: date, born: date) -> bool:
    """Whether a step of `day` is of the time before a thing was owed, when its due day had passed.

    A thing that is owed late, but before it is due, still gets the last reminder it would have had.
    """
    return day < born and due < born


@lru_cache(maxsize=1000)
def placeholders(text: str) -> frozenset[str]:
    """The names in braces in a text."""
    return frozenset(_PLACEHOLDER.findall(text))


def fill_in(text: str, values: Mapping[str, str]) -> str:
    """`text` with its placeholders replaced; one without a value becomes empty."""
    return _PLACEHOLDER.sub(lambda match: values.get(match[1], ""), text).strip()


@lru_cache(maxsize=1000)
def without_link(text: str) -> str:
    """The text without its call to follow the link, which a mail shows as a button instead."""
    cut = _LINK_SENTENCE.sub("", text).strip()
    return cut or text.replace(": {lenke}", ".").replace("{lenke}", "").strip()
