"""The 72 hours, and the texts of a content."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from meetings.forms.privacy_words import field_label, part_label
from meetings.rules.privacy import (
    Clock,
    changes_of,
    cleaned_lines,
    clock,
    due_at,
    replaced,
    text_fields,
    with_texts,
)
from meetings.views.privacy_words import clock_words, people_words

OSLO = ZoneInfo("Europe/Oslo")
KNOWN = datetime(2026, 11, 20, 8, 20, tzinfo=UTC)  # a Friday, 09.20 in Oslo
CONTENT = {
    "meeting": {"title": "Veiledning"},
    "saker": [{"title": "Overganger", "summary": "Vi observerer", "type": "drofting"}],
    "agreed": [{"text": "Prøve", "due": "2026-12-01", "responsible": "leder"}],
    "mellomarbeid": "Lese\nØve",
    "guests": "",
    "held_from": "2026-11-20T09:00:00+00:00",
}


def test_the_clock_counts_real_hours():
    due = due_at(KNOWN)

    assert due == datetime(2026, 11, 23, 8, 20, tzinfo=UTC)
    assert clock(due, KNOWN) == Clock(72, 0, False)
    assert clock(due, KNOWN + timedelta(minutes=116)) == Clock(70, 4, False)
    assert clock(due, due) == Clock(0, 0, True)
    assert clock(due, due + timedelta(hours=3, seconds=59)) == Clock(3, 0, True)


@pytest.mark.parametrize(
    ("known", "local_due"),
    [
        ("2026-10-23 10:00", "2026-10-26 09:00"),  # the clocks are put back on Sunday the 25th
        ("2027-03-26 10:00", "2027-03-29 11:00"),  # forward on Sunday the 28th
    ],
)
def test_summer_time_takes_and_gives_no_hour(known, local_due):
    moment = datetime.fromisoformat(known).replace(tzinfo=OSLO)

    due = due_at(moment)

    assert f"{due.astimezone(OSLO):%Y-%m-%d %H:%M}" == local_due
    assert clock(due, moment).hours == 72


@pytest.mark.parametrize(
    ("gone", "state", "words", "figures"),
    [
        (
            timedelta(minutes=116),
            "soon",
            "70 timer igjen av 72, til mandag 23. november kl. 09.20",
            "70 t 04 min",
        ),
        (
            timedelta(hours=71),
            "soon",
            "1 time igjen av 72, til mandag 23. november kl. 09.20",
            "1 t 00 min",
        ),
        (
            timedelta(hours=71, minutes=26),
            "soon",
            "34 minutter igjen av 72 timer, til mandag 23. november kl. 09.20",
            "0 t 34 min",
        ),
        (
            timedelta(hours=75),
            "late",
            "De 72 timene gikk ut mandag 23. november kl. 09.20",
            "3 t 00 min over",
        ),
    ],
)
def test_the_clock_in_words_and_figures(gone, state, words, figures):
    shown = clock_words(due_at(KNOWN), KNOWN + gone)

    assert (shown.state, shown.words, shown.figures) == (state, words, figures)


def test_the_clock_in_nynorsk():
    with translation.override("nn"):
        shown = clock_words(due_at(KNOWN), KNOWN + timedelta(minutes=116))

    assert shown.words == "70 timar igjen av 72, til måndag 23. november kl. 09.20"


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "Ingen andre rakk å åpne den."),
        (1, "Én person rakk å åpne den."),
        (7, "Sju personer rakk å åpne den."),
    ],
)
def test_how_many_had_opened_it(count, words):
    assert people_words(count) == words


def test_only_what_people_write_is_text():
    found = [(field.path, field.part, field.text) for field in text_fields(CONTENT)]

    assert found == [
        ("saker.0.title", "saker.0", "Overganger"),
        ("saker.0.summary", "saker.0", "Vi observerer"),
        ("agreed.0.text", "agreed.0", "Prøve"),
        ("mellomarbeid", "mellomarbeid", "Lese\nØve"),
    ]


def test_a_new_text_is_put_in_its_place_and_nowhere_else():
    changed = with_texts(CONTENT, {"saker.0.summary": "Renset"})

    assert changed["saker"][0] == {"title": "Overganger", "summary": "Renset", "type": "drofting"}
    assert {**changed, "saker": None} == {**CONTENT, "saker": None}
    assert replaced(CONTENT, {"Prøve": "Øve"})["agreed"][0]["text"] == "Øve"


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ("A\nB", "A\nC", {"A": "A", "B": "C"}),
        ("A\nB", "A", {"A": "A", "B": ""}),
        ("A", "", {"A": ""}),
    ],
)
def test_each_line_of_a_cleaned_text(old, new, lines):
    assert cleaned_lines(old, new) == lines


def test_unchanged_texts_are_no_change():
    assert changes_of({"a": "Tekst ", "b": "B"}, {"a": "Tekst", "b": "Ny"}) == {"B": "Ny"}


@pytest.mark.parametrize(
    ("part", "label"),
    [
        ("saker.0", "Sak 1, Overganger"),
        ("agreed.0", "Punkt 1 i det vi avtalte, Prøve"),
        ("mellomarbeid", "Mellomarbeid til neste gang"),
        ("vedlegg", "Vedlegg"),
        ("carried.0", "Fra forrige gang, punkt 1"),
        ("", "Vet ikke"),
        ("saker.7", "Sak 8"),
        ("noe_nytt", "Annen tekst"),
    ],
)
def test_what_a_part_is_called(part, label):
    assert part_label(part, CONTENT) == label


def test_a_field_is_called_what_it_is_called_where_it_is_written():
    assert field_label("story") == "Praksisfortelling eller situasjon"
    assert field_label("summary") == "Oppsummering"
