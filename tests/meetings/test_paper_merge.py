"""Who has changed a field of a paper, by the marks of a page."""

import pytest

from meetings.rules.paper_merge import Changed, carried_row, mark_of, marks_in, who_changed


@pytest.mark.parametrize(
    ("mine", "theirs", "base", "expected"),
    [
        ("a", "a", "b", Changed.ALIKE),
        ("a", "a", None, Changed.ALIKE),
        ("b", "c", "b", Changed.OTHERS),
        ("a", "b", "b", Changed.WRITER),
        ("a", "c", "b", Changed.BOTH),
        ("a", "c", None, Changed.BOTH),
    ],
)
def test_who_has_changed_a_field(mine, theirs, base, expected):
    assert who_changed(mine, theirs, base) == expected


def test_a_mark_is_short_and_knows_texts_apart():
    assert len(mark_of("Vi prøvde to voksne")) == 10
    assert mark_of("Vi prøvde to voksne ") == mark_of("Vi prøvde to voksne")
    assert mark_of("Vi prøvde to voksne") != mark_of("Vi prøvde tre voksne")


@pytest.mark.parametrize("text", ["", "{", "[]", '"a"', '{"tried": 1}', "null"])
def test_marks_that_cannot_be_read_are_none(text):
    assert marks_in(text) == {}


def test_marks_are_read_from_the_hidden_field():
    assert marks_in('{"tried": "0123456789", "odd": null}') == {"tried": "0123456789"}


def test_the_row_of_a_point_is_found_or_made():
    rows = [{"follow_up": 3, "outcome": "done", "comment": ""}]

    assert carried_row(rows, "follow_up", 3) is rows[0]
    assert carried_row(rows, "mellomarbeid", 3) == {"mellomarbeid": 3, "outcome": "", "comment": ""}
    assert len(rows) == 2
