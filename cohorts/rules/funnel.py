"""The funnel: how many candidates stand at each stage in each embete."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class FunnelCell:
    """How many stand at one stage; `embete` is the code of the embete, None in the sums."""

    stage: str
    embete: str | None
    count: int


@dataclass(frozen=True)
class FunnelRow:
    """One embete, or (without one) all of them together."""

    embete: str | None
    name: str
    cells: tuple[FunnelCell, ...]
    total: int


@dataclass(frozen=True)
class Funnel:
    """The rows of the embeter in order, and the sums; `stages` are values and words, in order."""

    stages: tuple[tuple[str, str], ...]
    rows: tuple[FunnelRow, ...]
    sums: FunnelRow


def funnel(
    embeter: Sequence[tuple[str, str]],
    stages: Iterable[tuple[str, str]],
    counts: Mapping[tuple[str, str], int],
    sums_name: str,
) -> Funnel:
    """Lay out counts by (embete, stage). What is not counted is 0, and every embete has a row."""
    order = tuple(stages)
    rows = tuple(
        _row(embete, name, [(value, counts.get((embete, value), 0)) for value, _words in order])
        for embete, name in embeter
    )
    sums = [
        (value, sum(counts.get((embete, value), 0) for embete, _name in embeter))
        for value, _words in order
    ]
    return Funnel(order, rows, _row(None, sums_name, sums))


def _row(embete: str | None, name: str, found: list[tuple[str, int]]) -> FunnelRow:
    cells = tuple(FunnelCell(stage, embete, count) for stage, count in found)
    return FunnelRow(embete, name, cells, sum(cell.count for cell in cells))


def as_table(found: Funnel, first: str, last: str) -> list[list[object]]:
    """The funnel as rows for an export: a heading, the embeter, and the sums."""
    rows = [*found.rows, found.sums]
    return [
        [first, *(words for _value, words in found.stages), last],
        *([row.name, *(cell.count for cell in row.cells), row.total] for row in rows),
    ]
