"""Which reminder is due today, and what it says. Pure functions of values."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from lmp.lib.workdays import Calendar, Unit

# A step that could not be sent on its day (outage, weekend) is sent within so many days, then not.
CATCH_UP_DAYS = 7
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
    """The due day that an occasion holds; None when it holds none."""
    try:
        return date.fromisoformat(occasion.rpartition("@")[2])
    except ValueError:
        return None


def steps_of(steps: Iterable[Mapping]) -> list[Step]:
    """The steps of a rule as it keeps them."""
    return [Step(each["offset"], each["to"], each["urgent"]) for each in steps]


def sending_day(due: date, offset: int, unit: Unit, calendar: Calendar) -> date:
    """The working day on which a step goes out; a step before the due day never moves nearer it."""
    return calendar.shift(calendar.add(due, offset, unit), "previous" if offset < 0 else "next")


def steps_due(
    steps: Iterable[Step], due: date, unit: Unit, calendar: Calendar, today: date
) -> list[Step]:
    """The steps to send today: for each recipient the latest one, if it is not too old.

    After an outage the recipient gets one reminder, not all that were missed.
    """
    latest: dict[str, tuple[date, Step]] = {}
    for step in steps:
        day = sending_day(due, step.offset, unit, calendar)
        too_old = day < today - timedelta(days=CATCH_UP_DAYS)
        if day > today or too_old:
            continue
        if step.to not in latest or latest[step.to][0] <= day:
            latest[step.to] = (day, step)
    return [step for _, step in latest.values()]


def due_range(steps: Iterable[Step], unit: Unit, today: date) -> tuple[date, date] | None:
    """The due days (both included) among which a step may be due today; None without steps.

    Wide on purpose, so that a range in SQL finds every candidate: working days are counted as two
    calendar days and a month is added for holidays and pauses.
    """
    offsets = [step.offset for step in steps]
    if not offsets:
        return None
    factor = 2 if unit == "workdays" else 1
    earliest = today - timedelta(days=max(*offsets, 0) * factor + CATCH_UP_DAYS + 45)
    latest = today + timedelta(days=-min(*offsets, 0) * factor + 45)
    return earliest, latest


def fill_in(text: str, values: Mapping[str, str]) -> str:
    """`text` with its placeholders replaced; one without a value becomes empty."""
    return re.sub(r"\{([a-z]+)\}", lambda match: values.get(match[1], ""), text).strip()


def without_link(text: str) -> str:
    """The text without its call to follow the link, which a mail shows as a button instead."""
    cut = _LINK_SENTENCE.sub("", text).strip()
    return cut or text.replace(": {lenke}", ".").replace("{lenke}", "").strip()
