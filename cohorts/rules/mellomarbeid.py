"""How tasks between meetings stand, and which meeting each is for. Pure functions of plain data."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Protocol, TypeVar

from lmp.lib.hashing import content_hash

KIND = "mellomarbeid"  # the kind of the programme's activity that a finished task counts for
NOT_BEGUN, UNDER_WAY, DONE, DROPPED = "not_begun", "under_way", "done", "dropped"

# What a grunnlag says about a task since last time, and how the task then stands.
OUTCOMES: dict[str, str] = {
    "done": DONE,
    "partly": UNDER_WAY,
    "not_done": NOT_BEGUN,
}
OPEN = (NOT_BEGUN, UNDER_WAY)
LONGEST_TASK = 300
_MONTHS = "jan|feb|mar|apr|mai|jun|jul|aug|sep|okt|nov|des"  # «3. desember» is no list number
_BULLET = re.compile(rf"^\s*(?:[-–—•·*◦▪‣o]|\d{{1,2}}[.)](?!\s+(?:{_MONTHS})))\s+", re.I)


class HasDue(Protocol):
    due: date | None


Task = TypeVar("Task", bound=HasDue)


def tasks_in(text: str) -> list[str]:
    """One task a line of «mellomarbeid til neste gang»: without bullets, no longer than it can be.

    Empty lines are passed over, and so is a line that repeats another.
    """
    lines = (_BULLET.sub("", line).strip() for line in text.splitlines())
    return list(dict.fromkeys(shorten(line) for line in lines if line))


def origin(referat: int, line: str) -> str:
    """What a task that is made of a line of a referat remembers, the same each time."""
    return f"referat:{referat}/{content_hash(line)[:12]}"


def referat_in(came_from: str) -> int | None:
    """The referat that an `origin` tells of, or None."""
    kind, _, rest = came_from.partition(":")
    return int(rest.partition("/")[0]) if kind == "referat" else None


def shorten(text: str, longest: int = LONGEST_TASK) -> str:
    """The text in no more than `longest` characters, cut between words."""
    if len(text) <= longest:
        return text
    return text[: longest - 1].rsplit(" ", 1)[0].rstrip() + "…"


def by_meeting(tasks: Sequence[Task], days: Sequence[date]) -> list[list[Task]]:
    """The tasks for each meeting day, in the order of `days`, and last those for none of them.

    A task is for the first meeting on or after its due day; without a due day for the first.
    """
    groups: list[list[Task]] = [[] for _group in range(len(days) + 1)]
    for task in tasks:
        wanted = (at for at, day in enumerate(days) if task.due is None or task.due <= day)
        groups[next(wanted, len(days))].append(task)
    return groups
