"""How counts are worded, and what they add up to. Pure functions of values."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lmp.lib import status as words
from reports.rules.status import Cell

JOINT = re.compile(
    r"(?<=ings|ifts)(?=[a-zæøå]{4})|(?<=gruppe)(?=møte)|(?<=emester)(?=evaluering)|(?<=ellom)(?=arbeid)"
)
SOFT_HYPHEN = "\u00ad"
FEWEST_FOR_PERCENT = 5  # design 6: no percentages when n is below five


def cell_words(cell: Cell, *, over: bool = False) -> str:
    """What stands in a cell of the board: «4 av 8», «2 uten dato», «1 mangler», «–»."""
    if cell.status == words.NOT_APPLICABLE:
        return "–"
    if cell.status == words.OVERDUE:
        return ngettext("%(n)s mangler", "%(n)s mangler", cell.late) % {"n": cell.late}
    if cell.status == words.MISSING:
        if over:
            return ngettext("%(n)s ikke holdt", "%(n)s ikke holdt", cell.late) % {"n": cell.late}
        return ngettext("%(n)s uten dato", "%(n)s uten dato", cell.late) % {"n": cell.late}
    if not cell.target:
        return str(cell.done)
    return _("%(done)s av %(target)s") % {"done": cell.done, "target": cell.target}


def share(part: int, whole: int) -> str:
    """«91 %», «3 av 4» when there are fewer than five, «–» when there are none."""
    if whole == 0:
        return "–"
    if whole < FEWEST_FOR_PERCENT:
        return _("%(part)s av %(whole)s") % {"part": part, "whole": whole}
    return f"{round(100 * part / whole)} %"


def middle(days: Sequence[int]) -> int | None:
    """The median of whole days, rounded; None without any."""
    return round(median(days)) if days else None


@dataclass(frozen=True)
class Bar:
    """How many fall between `low` and `high` days (both included; None: no upper limit)."""

    low: int
    high: int | None
    count: int
    is_late: bool

    @property
    def label(self) -> str:
        if self.high is None:
            return _("%(low)s dager eller mer") % {"low": self.low}
        return _("%(low)s–%(high)s dager") % {"low": self.low, "high": self.high}


def bars_of(days: Iterable[int], goal: int) -> list[Bar]:
    """Days in four groups: two within the goal, two after it."""
    half = goal // 2
    limits: list[tuple[int, int | None]] = [
        (0, half),
        (half + 1, goal),
        (goal + 1, 2 * goal),
        (2 * goal + 1, None),
    ]
    days = list(days)
    return [
        Bar(low, high, sum(low <= n and (high is None or n <= high) for n in days), low > goal)
        for low, high in limits
    ]


def breakable(title: str) -> str:
    """The words of a narrow heading with soft hyphens where long compounds may be divided."""
    return JOINT.sub(SOFT_HYPHEN, title)
