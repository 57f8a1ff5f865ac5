"""Whether an office has changed hands since a meeting, and how long the new holder has. Pure."""

from collections.abc import Collection, Mapping
from datetime import date

from lmp.lib.workdays import Calendar


def took_over_on(
    held_since: Mapping[int, date], held_then: Collection[int], meeting_day: date
) -> date | None:
    """The local day the first of those who hold an office now took it over, after the meeting.

    `held_since` gives by person the day each came into the office, `held_then` those who held it
    on the day of the meeting. None when one of them was there, or nobody holds it.
    """
    if not held_since or any(
        since <= meeting_day or person in held_then for person, since in held_since.items()
    ):
        return None
    return min(held_since.values())


def extended_due(due: date, took_over: date, workdays: int, calendar: Calendar) -> date:
    """The due day (local) of somebody who took over: so many working days, if `due` is earlier."""
    return max(due, calendar.add_workdays(took_over, workdays))
