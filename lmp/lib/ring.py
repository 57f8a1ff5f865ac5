"""The ring of semesters as SVG arcs (design.md §1): done, now, to come."""

from math import cos, pi, sin
from typing import NamedTuple

CENTRE, RADIUS = 24, 17
GAP = 9.0
"""Degrees left open on each side of an arc."""
EDGE = 4.5
"""Degrees more on each side of the yellow arc, so that its dark edge shows."""


class Arc(NamedTuple):
    """One arc: the class in site.css after `ring__`, and the path."""

    kind: str
    path: str


def _point(degrees: float) -> str:
    angle = degrees * pi / 180
    return f"{CENTRE + RADIUS * sin(angle):.2f} {CENTRE - RADIUS * cos(angle):.2f}"


def _path(start: float, end: float) -> str:
    large = 1 if end - start > 180 else 0
    return f"M{_point(start)}A{RADIUS} {RADIUS} 0 {large} 1 {_point(end)}"


def arcs(current: int, total: int) -> list[Arc]:
    """Return the arcs of a ring of `total` semesters in which number `current` (from 1) is now.

    `current` 0 means not begun, `total` + 1 means all done. Raises ValueError if `total` < 1.
    """
    if total < 1:
        raise ValueError("a ring needs at least one semester")
    step = 360 / total
    drawn = []
    for number in range(1, total + 1):
        start, end = (number - 1) * step + GAP, number * step - GAP
        if number == current:
            drawn.append(Arc("now-edge", _path(start, end)))
            drawn.append(Arc("now", _path(start + EDGE, end - EDGE)))
        else:
            drawn.append(Arc("done" if number < current else "next", _path(start, end)))
    return drawn
