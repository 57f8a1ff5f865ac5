"""Putting the rows of the assessment table in order."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

Row = TypeVar("Row")
RECOMMENDATIONS = ("tilraas_ikke", "reserve", "tilraas")  # the lowest first


def ordered(rows: Iterable[Row], value: Callable[[Row], Any], *, descending: bool) -> list[Row]:
    """The rows by `value`, those without one (None) last whichever way; equal ones keep order."""
    every = list(rows)
    having = [row for row in every if value(row) is not None]
    having.sort(key=value, reverse=descending)
    return having + [row for row in every if value(row) is None]


def rank_of(recommendation: str) -> int | None:
    """Where a recommendation stands among the others; None for none or two that differ."""
    return RECOMMENDATIONS.index(recommendation) if recommendation in RECOMMENDATIONS else None
