"""Two texts side by side: what is gone, what is new."""

import pytest

from lmp.lib.textdiff import Piece, compare, is_same, joined_pieces


def marked(pieces, mark):
    return [piece.text for piece in pieces if piece.mark == mark]


def test_a_word_that_is_replaced_is_marked_on_each_side():
    left, right = compare("Rektor tar det opp.", "Styrer tar det opp.")

    assert left == [Piece("Rektor", "del"), Piece(" "), Piece("tar det opp.")]
    assert right == [Piece("Styrer", "ins"), Piece(" "), Piece("tar det opp.")]


def test_what_is_added_is_marked_on_the_right_alone():
    left, right = compare("Vi prøver rutinen.", "Vi prøver den nye rutinen.")

    assert marked(left, "del") == []
    assert marked(right, "ins") == ["den nye"]


def test_a_full_stop_after_a_word_does_not_change_the_word():
    left, right = compare("faste møter", "faste møter.")

    assert (marked(left, "del"), marked(right, "ins")) == ([], ["."])


def test_a_short_word_between_two_changes_is_counted_as_changed():
    _left, right = compare("gul og rund", "blå og firkantet")

    assert marked(right, "ins") == ["blå og firkantet"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "Nytt"),
        ("Borte", ""),
        ("", ""),
        ("Første linje\n\nAndre", "Første linje\nTredje 😀 og mer"),
        ("<script>alert(1)</script>", "<b>"),
    ],
)
def test_the_pieces_make_up_the_whole_texts(before, after):
    left, right = compare(before, after)

    assert (joined_pieces(left), joined_pieces(right)) == (before, after)


def test_line_breaks_alone_are_no_change():
    assert is_same("Første linje\nandre", "Første linje andre ")
    assert not is_same("Første", "Andre")


def test_long_texts_are_compared_too():
    words = [f"ord{number % 400}" for number in range(2000)]
    changed = [*words[:900], "nytt", *words[901:]]

    left, right = compare(" ".join(words), " ".join(changed))

    assert (marked(left, "del"), marked(right, "ins")) == (["ord100"], ["nytt"])
