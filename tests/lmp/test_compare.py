"""The words that differ between two texts."""

import time

from lmp.lib.compare import ADDED, REMOVED, SAME, Mark, new_side, old_side, word_marks


def test_what_is_replaced_is_taken_out_before_the_new_is_put_in():
    marks = word_marks("Rektor tar det opp hver uke.", "Rektor tar det opp hver måned.")

    assert marks == [
        Mark(SAME, "Rektor tar det opp hver "),
        Mark(REMOVED, "uke."),
        Mark(ADDED, "måned."),
    ]


def test_equal_texts_are_one_mark():
    assert word_marks("Som før", "Som før") == [Mark(SAME, "Som før")]


def test_an_empty_text_against_a_written_one():
    assert word_marks("", "Nytt") == [Mark(ADDED, "Nytt")]
    assert word_marks("Gammelt", "") == [Mark(REMOVED, "Gammelt")]
    assert word_marks("", "") == []


def test_white_space_alone_is_no_change():
    assert word_marks("Som  før\nher", "Som før her") == [Mark(SAME, "Som før her")]


def test_each_side_is_its_own_text():
    marks = word_marks("Tre korte møter", "Ett langt møter")

    assert "".join(mark.text for mark in old_side(marks)) == "Tre korte møter"
    assert "".join(mark.text for mark in new_side(marks)) == "Ett langt møter"


def test_two_long_texts_are_compared_in_moments():
    old = " ".join(f"ord{n % 300}" for n in range(2000))
    started = time.perf_counter()

    marks = word_marks(old, old.replace("ord7 ", "annet "))

    assert marks[0].kind == SAME
    assert time.perf_counter() - started < 5
