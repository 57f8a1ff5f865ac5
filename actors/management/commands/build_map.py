"""Draw the map of Norway once, from a GeoJSON of the fylker; what it writes is kept in git.

manage.py build_map fylker_2024_grenser.geojson
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from actors.rules.map_drawing import draw

TARGET = Path(__file__).resolve().parents[2] / "data" / "fylker.json"
MERIDIAN = 15.0  # degrees east: the middle of Norway
HEIGHT = 420
TOLERANCE = 0.8
SMALLEST = 4.0


class Command(BaseCommand):
    help = "Draw the map of the fylker as SVG paths into actors/data/fylker.json."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("geojson", type=Path, help="features with the property fylkesnummer")

    def handle(self, *args: Any, geojson: Path, **options: Any) -> None:
        features = json.loads(geojson.read_text(encoding="utf-8"))["features"]
        shapes = [
            (feature["properties"]["fylkesnummer"], outer_rings(feature["geometry"]))
            for feature in features
        ]
        drawing = draw(
            sorted(shapes, key=lambda shape: shape[0]),
            height=HEIGHT,
            meridian=MERIDIAN,
            tolerance=TOLERANCE,
            smallest=SMALLEST,
        )
        credit = {"credit": "© Kartverket, CC BY 4.0", "source": geojson.name}
        text = json.dumps(credit | asdict(drawing), ensure_ascii=False, indent=0)
        TARGET.write_text(text + "\n", encoding="utf-8")
        self.stdout.write(f"{TARGET.name}: {len(drawing.areas)} fylker, {len(text) // 1024} kB")


def outer_rings(geometry: dict) -> list[list[tuple[float, float]]]:
    """The outer rings of a Polygon or MultiPolygon."""
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    return [[(point[0], point[1]) for point in polygon[0]] for polygon in polygons]
