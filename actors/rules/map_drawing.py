"""Drawing areas of the earth as small SVG paths. Pure functions of coordinates.

Spherical transverse Mercator about a meridian, then Douglas–Peucker; islands smaller than a speck
are left out. Coordinates in are (longitude, latitude) in degrees.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import atan2, atanh, cos, hypot, radians, sin, tan

Point = tuple[float, float]
Ring = Sequence[Point]


@dataclass(frozen=True)
class Area:
    """An area on the drawing: its path, and where a number on it stands."""

    number: str
    path: str
    x: float
    y: float


@dataclass(frozen=True)
class Drawing:
    """All areas in a box of `width` × `height` units."""

    width: int
    height: int
    areas: tuple[Area, ...]


def project(longitude: float, latitude: float, meridian: float) -> Point:
    """Spherical transverse Mercator, in radii of the earth; y grows southwards."""
    east, north = radians(longitude - meridian), radians(latitude)
    return atanh(sin(east) * cos(north)), -atan2(tan(north), cos(east))


def simplify(ring: Ring, tolerance: float) -> list[Point]:
    """Douglas–Peucker: the ring with every point within `tolerance` of a chord left out."""
    if len(ring) < 3:
        return list(ring)
    keep = {0, len(ring) - 1}
    spans = [(0, len(ring) - 1)]
    while spans:
        first, last = spans.pop()
        far, at = 0.0, first
        for i in range(first + 1, last):
            distance = _distance(ring[i], ring[first], ring[last])
            if distance > far:
                far, at = distance, i
        if far > tolerance:
            keep.add(at)
            spans += [(first, at), (at, last)]
    return [ring[i] for i in sorted(keep)]


def _distance(point: Point, a: Point, b: Point) -> float:
    (x, y), (ax, ay), (bx, by) = point, a, b
    length = hypot(bx - ax, by - ay)
    if length == 0:
        return hypot(x - ax, y - ay)
    return abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length


def area_of(ring: Ring) -> float:
    """The area inside a ring, without sign."""
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) / 2


def draw(
    shapes: Iterable[tuple[str, list[Ring]]],
    *,
    height: int,
    meridian: float,
    tolerance: float,
    smallest: float,
) -> Drawing:
    """Draw (number, outer rings) in a box `height` units high; limits are in those units."""
    projected = [
        (number, [[project(x, y, meridian) for x, y in ring] for ring in rings])
        for number, rings in shapes
    ]
    points = [point for _, rings in projected for ring in rings for point in ring]
    left, top = min(x for x, _ in points), min(y for _, y in points)
    scale = (height - 4) / (max(y for _, y in points) - top)
    width = round((max(x for x, _ in points) - left) * scale) + 4
    areas = []
    for number, rings in projected:
        scaled = [[((x - left) * scale + 2, (y - top) * scale + 2) for x, y in r] for r in rings]
        large = max(scaled, key=area_of)
        drawn = [r for r in scaled if r is large or area_of(r) >= smallest]
        path = "".join(_path(simplify(ring, tolerance)) for ring in drawn)
        x, y = _inside(large)
        areas.append(Area(number, path, round(x, 1), round(y, 1)))
    return Drawing(width, height, tuple(areas))


def _path(ring: list[Point]) -> str:
    points = list(dict.fromkeys((round(x, 1), round(y, 1)) for x, y in ring))
    if len(points) < 3:
        return ""
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z"


def _inside(ring: Ring) -> Point:
    """A point in the middle of the widest part of a ring, on the height of its centre of mass."""
    centre = _centre(ring)[1]
    crossings = sorted(
        ax + (centre - ay) / (by - ay) * (bx - ax)
        for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True)
        if (ay > centre) != (by > centre)
    )
    spans = list(zip(crossings[::2], crossings[1::2], strict=False))
    if not spans:
        return _centre(ring)
    start, end = max(spans, key=lambda span: span[1] - span[0])
    return (start + end) / 2, centre


def _centre(ring: Ring) -> Point:
    return (
        sum(x for x, _ in ring) / len(ring),
        sum(y for _, y in ring) / len(ring),
    )
