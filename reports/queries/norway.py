"""The map of Norway with a number on each fylke; drawn once, see `manage.py build_map`."""

import json
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from actors.models import Fylke
from reports.queries.participants import OwnerRow, UnitRow

DATA = Path(__file__).resolve().parents[1] / "data" / "fylker.json"
SHADES = (1, 2, 3)  # from so many on, the next darker shade


@dataclass(frozen=True)
class Spot:
    """A fylke on the map; `count` is 0 where nobody takes part."""

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
        """The fylker in which somebody takes part, most first."""
        return sorted((s for s in self.spots if s.count), key=lambda s: (-s.count, s.name))

    @property
    def view_box(self) -> str:
        return f"0 0 {self.width} {self.height}"


@lru_cache(maxsize=1)
def _drawing() -> dict:
    return json.loads(DATA.read_text(encoding="utf-8"))


def norway_of(owners: list[OwnerRow], units: list[UnitRow]) -> Norway:
    """How many owners take part in each fylke; private ones where their units lie. One query.

    Who lies in a fylke that is not on the map (fictional ones, Svalbard) is counted in `others`.
    """
    of_unit = {unit.deltakelse_id: unit.fylke_number for unit in units}
    active = [owner for owner in owners if owner.is_active]
    counts = Counter(owner.fylke_number or of_unit.get(owner.pk) for owner in active)
    names = dict(Fylke.objects.open().values_list("number", "name"))
    drawing = _drawing()
    spots = [
        Spot(
            area["number"],
            area["path"],
            area["x"],
            area["y"],
            names.get(area["number"], area["number"]),
            counts.pop(area["number"], 0),
        )
        for area in drawing["areas"]
    ]
    return Norway(drawing["width"], drawing["height"], spots, sum(counts.values()))
