"""The map: projected, simplified, and the same as what is kept in git."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from actors.management.commands import build_map
from actors.rules.map_drawing import draw, project, simplify

SQUARE = [(10.0, 60.0), (12.0, 60.0), (12.0, 62.0), (10.0, 62.0), (10.0, 60.0)]
SPECK = [(14.0, 60.0), (14.01, 60.0), (14.01, 60.01), (14.0, 60.0)]


def test_the_meridian_is_straight_and_north_is_up():
    assert project(15, 60, 15)[0] == pytest.approx(0)
    assert project(15, 70, 15)[1] < project(15, 60, 15)[1]
    assert project(20, 60, 15)[0] > 0


def test_points_on_a_line_are_left_out():
    assert simplify([(0, 0), (1, 0.01), (2, 0), (2, 2)], 0.1) == [(0, 0), (2, 0), (2, 2)]


def test_specks_are_left_out_and_the_number_stands_inside():
    drawing = draw([("03", [SQUARE, SPECK])], height=100, meridian=11, tolerance=0.5, smallest=4)

    (area,) = drawing.areas
    assert (drawing.height, area.number, area.path.count("M")) == (100, "03", 1)
    assert 0 < area.x < drawing.width
    assert 0 < area.y < drawing.height


def test_the_command_writes_the_paths(tmp_path, monkeypatch):
    monkeypatch.setattr(build_map, "TARGET", tmp_path / "fylker.json")
    feature = {
        "properties": {"fylkesnummer": "03"},
        "geometry": {"type": "Polygon", "coordinates": [SQUARE]},
    }
    source = tmp_path / "grenser.geojson"
    source.write_text(json.dumps({"features": [feature]}))

    call_command("build_map", source, stdout=StringIO())

    written = json.loads((tmp_path / "fylker.json").read_text())
    assert [area["number"] for area in written["areas"]] == ["03"]
    assert written["credit"] == "© Kartverket, CC BY 4.0"
