"""An embete's ranked list: order, how far the places reach, and what is missing before it is sent.

Pure functions of plain data. A line of the list is known by its key, a søknad by its own.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Reach:
    """How far the places reach. `after` lines get one; `used` kommuner of `quota` are in them.

    `straddles`: the next line takes more places than are left.
    """

    after: int
    used: int
    quota: int
    straddles: bool

    def is_for_all(self, lines: int) -> bool:
        """Whether the places reach for every one of the `lines`."""
        return self.after == lines


def places_reach(kommuner: list[int], quota: int | None) -> Reach | None:
    """Where the capacity line stands in a list whose lines take `kommuner` places each, in order.

    None without a quota. A line that does not fit ends the reach: nobody is passed over.
    """
    if quota is None:
        return None
    used = 0
    for after, count in enumerate(kommuner):
        if used + count > quota:
            return Reach(after, used, quota, straddles=used < quota)
        used += count
    return Reach(len(kommuner), used, quota, straddles=False)


def ordered(wanted: Iterable[int], current: Iterable[int]) -> list[int]:
    """The keys of `current` in the wanted order; those nobody placed come last, as they stood."""
    here = list(current)
    placed = [key for key in dict.fromkeys(wanted) if key in here]
    return placed + [key for key in here if key not in placed]


def moved(order: list[int], key: int, step: int) -> list[int]:
    """The order with `key` moved `step` places (−1 is up); at an end it stays where it is."""
    at = order.index(key)
    to = min(max(at + step, 0), len(order) - 1)
    rest = order[:at] + order[at + 1 :]
    return [*rest[:to], key, *rest[to:]]


def same_rank(ranks: Mapping[int, int]) -> dict[int, list[int]]:
    """Lines that share their number with others: for each its companions, itself first."""
    taken = Counter(ranks.values())
    return {
        key: [key, *(other for other in ranks if other != key and ranks[other] == rank)]
        for key, rank in ranks.items()
        if taken[rank] > 1
    }


def changed_ranks(
    now: Mapping[int, int], before: Mapping[int, int], gone: Iterable[int] = ()
) -> set[int]:
    """The søknader that stand elsewhere than in the version sent before.

    Those that have `gone` (withdrawn) leave the places below them one up: that is no change. A
    søknad that was not on the list before has not changed its place.
    """
    left = set(gone)
    closed_up = [key for key in sorted(before, key=lambda each: before[each]) if key not in left]
    earlier = {key: rank for rank, key in enumerate(closed_up, start=1)}
    return {key for key, rank in now.items() if key in earlier and earlier[key] != rank}


def is_split(given: Iterable[str]) -> bool:
    """Whether the assessors recommend different things."""
    return len(set(given)) > 1


def recommendation_of(given: Iterable[str], chosen: str) -> str:
    """What the embete recommends: what its assessors agree on, else what it has `chosen`."""
    found = set(given)
    return found.pop() if len(found) == 1 else chosen


def crowded_fylker(private: Iterable[str], most: int | None) -> dict[str, int]:
    """Fylker with more private schools on the list than `most`; `private` is a fylke for each."""
    if most is None:
        return {}
    return {fylke: count for fylke, count in Counter(private).items() if count > most}


LAST_BARNETRINN = 7


def covers_both_levels(grades: Iterable[tuple[int | None, int | None]]) -> bool:
    """Whether schools with these grades (from, to) teach both barnetrinn and ungdomstrinn."""
    known = [(first, last) for first, last in grades if first is not None and last is not None]
    return any(first <= LAST_BARNETRINN for first, _last in known) and any(
        last > LAST_BARNETRINN for _first, last in known
    )


def grades_in(text: str) -> tuple[int | None, int | None]:
    """The first and last grade in a text as «1.–7. trinn»; (None, None) when none is named."""
    numbers = [int(found) for found in re.findall(r"\d{1,2}", text)]
    return (min(numbers), max(numbers)) if numbers else (None, None)


@dataclass(frozen=True)
class Line:
    """What the checks need of one line of the list. `given` are the assessors' recommendations.

    `habil` says that everybody who assessed it found themselves habil; `moved` that it stands
    elsewhere than in the version sent before.
    """

    key: int
    reason: str
    given: tuple[str, ...]
    chosen: str
    habil: bool
    moved: bool
    rank_reason: str


@dataclass(frozen=True)
class Missing:
    """One thing that is missing before the list may be sent.

    `what`: reason, recommendation, rank_reason, habilitet, assessed (`key` is a line's), søknad
    (`key` is that of a sent søknad that nobody has assessed), late_reason or empty (no key).
    """

    what: str
    key: int = 0

    def __str__(self) -> str:
        return f"{self.what}-{self.key}" if self.key else self.what


def missing_in_line(line: Line) -> list[Missing]:
    """What is missing in one line, in the order of its fields."""
    checks = (
        ("assessed", bool(line.given)),
        ("habilitet", line.habil or not line.given),
        ("reason", bool(line.reason.strip())),
        ("recommendation", not line.given or bool(recommendation_of(line.given, line.chosen))),
        ("rank_reason", not line.moved or bool(line.rank_reason.strip())),
    )
    return [Missing(what, line.key) for what, is_there in checks if not is_there]


def missing_before_sending(
    lines: Iterable[Line], unassessed: Iterable[int], *, late: bool, late_reason: str
) -> list[Missing]:
    """Everything that is missing before the list may be sent; empty when it may."""
    lines = list(lines)
    missing = [each for line in lines for each in missing_in_line(line)]
    missing += [Missing("soeknad", key) for key in unassessed]
    if late and not late_reason.strip():
        missing.append(Missing("late_reason"))
    return missing if lines else [*missing, Missing("empty")]
