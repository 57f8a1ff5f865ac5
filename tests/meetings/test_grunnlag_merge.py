"""Two who write in the same draft: what is saved, and what is kept beside it."""

import pytest

from cohorts.rules.paper import tidy_text
from meetings.rules.grunnlag import own_again
from meetings.rules.grunnlag_merge import (
    both_lists,
    flat,
    joined_text,
    marks_of,
    merge,
    unflat,
)

BEFORE = {
    "since_last": [{"follow_up": 3, "outcome": "", "comment": ""}],
    "tried": "Felles tekst.",
    "heard_parents": False,
    "extra": {"q1": "Et svar"},
}
BASE = marks_of(BEFORE)


def row(title, sak=None, **values):
    return {"sak": sak, "title": title, "type": "droefting", "minutes": 20, **values} | {
        "standing": values.get("standing", ""),
        "removed": values.get("removed", False),
    }


def test_data_are_flat_with_one_key_a_field():
    assert flat(BEFORE) == {
        "since_last.follow_up.3.outcome": "",
        "since_last.follow_up.3.comment": "",
        "tried": "Felles tekst.",
        "heard_parents": False,
        "extra.q1": "Et svar",
    }


def test_flat_values_are_put_back_where_they_belong():
    values = {
        "since_last.follow_up.3.comment": "Gikk bra",
        "since_last.mellomarbeid.8.outcome": "done",
        "extra.q2": "Mer",
        "tried": "Ny",
    }

    assert unflat(values, BEFORE) == {
        "since_last": [
            {"follow_up": 3, "outcome": "", "comment": "Gikk bra"},
            {"mellomarbeid": 8, "outcome": "done", "comment": ""},
        ],
        "extra": {"q1": "Et svar", "q2": "Mer"},
        "tried": "Ny",
    }
    assert BEFORE["since_last"][0]["comment"] == ""


@pytest.mark.parametrize(
    ("mine", "stored", "values", "conflicts"),
    [
        ("Felles tekst.", "Felles tekst.", {}, {}),
        ("Min tekst.", "Felles tekst.", {"tried": "Min tekst."}, {}),
        ("Felles tekst.", "Deres tekst.", {}, {}),
        ("Min tekst.", "Deres tekst.", {}, {"tried": "Min tekst."}),
        ("Likt.", "Likt.", {}, {}),
        ("", "Deres tekst.", {}, {}),
        ("Min tekst.", "", {"tried": "Min tekst."}, {}),
        ("Deres tekst. Og min.", "Deres tekst.", {"tried": "Deres tekst. Og min."}, {}),
    ],
)
def test_a_text_that_both_have_changed_is_never_overwritten(mine, stored, values, conflicts):
    found = merge({"tried": mine}, {"tried": stored}, BASE)

    assert (found.values, found.conflicts) == (values, conflicts)


def test_without_marks_a_text_is_not_overwritten_either():
    found = merge({"tried": "Min"}, {"tried": "Deres"}, {})

    assert (found.values, found.conflicts) == ({}, {"tried": "Min"})


def test_of_ticks_and_choices_the_last_one_holds():
    mine = {"since_last": [{"follow_up": 3, "outcome": "partly", "comment": ""}]}
    stored = {"since_last": [{"follow_up": 3, "outcome": "done", "comment": ""}]}

    found = merge(mine, stored, BASE)

    assert (found.values, found.conflicts) == ({"since_last.follow_up.3.outcome": "partly"}, {})


def test_the_writer_is_told_of_what_others_have_changed():
    found = merge({"tried": "Felles tekst."}, {"tried": "Deres"}, BASE)

    assert (found.others, found.settled) == (["tried"], [])


def test_line_endings_of_a_browser_are_no_change():
    base = marks_of({"tried": "En\nto"})

    assert merge({"tried": "En\r\nto "}, {"tried": "En\nto"}, base).values == {}


def test_two_sakslister_become_one():
    first, last = row("Oppfølging", 1, standing="a"), row("Avtaler", 2, standing="b")
    mine = [first, row("Min sak"), last]
    theirs = [first, row("Deres sak", 7), last]

    titles = [each["title"] for each in both_lists(mine, theirs)]

    assert titles == ["Oppfølging", "Min sak", "Deres sak", "Avtaler"]


def test_a_sak_that_one_took_away_and_the_other_renamed_stays():
    mine = [row("Rutinen", 7, removed=True)]
    theirs = [row("Rutinen i praksis", 7)]

    kept = [each["title"] for each in both_lists(mine, theirs) if not each["removed"]]

    assert kept == ["Rutinen i praksis"]


def test_a_sak_that_both_renamed_is_there_twice():
    found = both_lists([row("Mitt navn", 7)], [row("Deres navn", 7)])

    assert [(each["sak"], each["title"]) for each in found] == [
        (7, "Mitt navn"),
        (None, "Deres navn"),
    ]


def test_own_saker_come_off_the_list_and_stay_in_the_draft():
    assert [each["sak"] for each in own_again([row("A", 1), row("B", 2)], [2])] == [1, None]


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("  \u200b\xa0\n\ufeff ", ""),
        ("a\r\nb\x0bc", "a\nb\nc"),
        ("\uf0b7 punkt", "• punkt"),
        ("\x00a\x07", "a"),
        ("👩‍👧 og 🙂", "👩‍👧 og 🙂"),
    ],
)
def test_what_is_pasted_from_a_word_processor_is_tidied(text, tidy):
    assert tidy_text(text) == tidy


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [
        ("Likt. Mitt.", "Likt. Deres.", "Likt. Deres. Mitt."),
        ("Likt.\nMitt.", "Likt.\nDeres.", "Likt.\nDeres.\nMitt."),
        ("Mitt.", "Deres.", "Deres.\nMitt."),
        ("Likt.", "Likt. Deres.", "Likt. Deres."),
        ("Likt. Mitt.", "Likt.", "Likt. Mitt."),
    ],
)
def test_the_suggestion_repeats_no_sentence(mine, theirs, both):
    assert joined_text(mine, theirs) == both
