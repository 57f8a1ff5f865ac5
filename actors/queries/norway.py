"""The map of Norway with a number on each fylke; drawn once, see `manage.py build_map`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.apps import apps

DATA = Path(__file__).resolve().parents[1] / "data" / "fylker.json"
SHADES = (1, 2, 3)  # from so many on, the next darker shade


@dataclass(frozen=True)
class Spot:
    """A fylke on the map; `count` is 0 where there is nothing to count."""

    number: str
    path: str
    x: float
    y: float
    name: str
    count: int

    @property
    def shade(self) -> int:
        return sum(self.count >= limit for limit in SHADES)


@dataclass(frozen=True)
class Norway:
    width: int
    height: int
    spots: list[Spot]
    others: int

    @property
    def counted(self) -> list[Spot]:
        """The fylker with something to count, most first."""
        return sorted((s for s in self.spots if s.count), key=lambda s: (-s.count, s.name))

    @property
    def view_box(self) -> str:
        return f"0 0 {self.width} {self.height}"


@lru_cache(maxsize=1)
def _drawing() -> dict:
    return json.loads(DATA.read_text(encoding="utf-8"))


def norway_with(counts: Mapping[str, int]) -> Norway:
    """The map with a count by the number of each fylke. One query.

    What lies in a fylke that is not on the map (fictional ones, Svalbard) is counted in `others`.
    """
    fylker = apps.get_model("actors", "Fylke").objects
    names = dict(fylker.open().values_list("number", "name"))
    drawing = _drawing()
    spots = [
        Spot(
            area["number"],
            area["path"],
            area["x"],
            area["y"],
            names.get(area["number"], area["number"]),
            counts.get(area["number"], 0),
        )
        for area in drawing["areas"]
    ]
    others = sum(counts.values()) - sum(spot.count for spot in spots)
    return Norway(drawing["width"], drawing["height"], spots, others)
