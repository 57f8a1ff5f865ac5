"""One mapping from status to shape, word and colour; and the ring."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings

from lmp.lib import ring, status

ICONS = Path(settings.BASE_DIR) / "static" / "img" / "icons.svg"


def drawn_icons() -> set[str]:
    return {node.get("id") for node in ElementTree.parse(ICONS).iter() if node.get("id")}  # noqa: S314


def test_every_status_has_an_icon_that_is_drawn():
    used = {look.icon for look in status.LOOKS.values()}
    used |= {look.icon for look in status.DEADLINES.values()}

    assert used <= drawn_icons()


def test_every_status_of_the_engine_has_a_cell_and_a_rank():
    engine = list(status.LOOKS)[:6]

    assert list(status.CELLS) == engine
    assert sorted(status.WORST_FIRST) == sorted(engine)


def test_no_two_statuses_share_shape_and_word():
    looks = [(look.icon, str(look.word)) for look in status.LOOKS.values()]

    assert len(set(looks)) == len(looks)


def test_an_unknown_status_is_an_error():
    with pytest.raises(KeyError):
        status.look("forfalt")


def test_ring_is_the_one_that_was_drawn():
    assert ring.arcs(3, 4) == [
        ("done", "M26.66 7.21A17 17 0 0 1 40.79 21.34"),
        ("done", "M40.79 26.66A17 17 0 0 1 26.66 40.79"),
        ("now-edge", "M21.34 40.79A17 17 0 0 1 7.21 26.66"),
        ("now", "M20.03 40.53A17 17 0 0 1 7.47 27.97"),
        ("next", "M7.21 21.34A17 17 0 0 1 21.34 7.21"),
    ]


@pytest.mark.parametrize(
    ("current", "total", "kinds"),
    [
        (0, 2, ["next", "next"]),
        (3, 2, ["done", "done"]),
        (1, 1, ["now-edge", "now"]),
        (2, 3, ["done", "now-edge", "now", "next"]),
    ],
)
def test_ring_follows_the_number_of_semesters(current, total, kinds):
    assert [arc.kind for arc in ring.arcs(current, total)] == kinds


def test_ring_needs_a_semester():
    with pytest.raises(ValueError, match="at least one semester"):
        ring.arcs(1, 0)
