"""The soft warning: what it finds, what it leaves alone, what it proposes."""

import pytest
from django.utils.translation import override

from lmp.lib.personal_data import ADVICE, Hint, Kind, find_hints
from tests.lmp.personal_data_corpus import score, sentences
from tests.lmp.test_personal_data import valid_id

ROWS = sentences()


def found(text, **options):
    return [(hint.kind, text[hint.start : hint.end]) for hint in find_hints(text, **options)]


def proposed(text):
    return [hint.replacement for hint in find_hints(text)]


# --- the corpus ---------------------------------------------------------------------------------


def test_there_are_enough_sentences_of_both_kinds_and_both_maalformer():
    harmless = [row for row in ROWS if not row.planted]

    assert len(ROWS) >= 150
    assert len(harmless) >= 75
    assert sum(row.lang == "nn" for row in ROWS) >= 50


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_found(kind):
    whole = score(ROWS, kind)

    assert whole.planted >= 4
    assert whole.recall >= 0.95


@pytest.mark.parametrize("half", ["tuned", "unseen", "fresh", "last"])
@pytest.mark.parametrize("lang", ["nb", "nn"])
def test_both_halves_are_found_in_both_maalformer(half, lang):
    assert score(row for row in ROWS if (row.half, row.lang) == (half, lang)).recall >= 0.95


def test_it_seldom_cries_wolf():
    assert score(ROWS).precision >= 0.95


def test_all_advice_is_there():
    used = {hint.advice_key for row in ROWS for hint in row.hints()}

    assert used <= ADVICE.keys()


# --- what it says -------------------------------------------------------------------------------


def test_the_spots_of_the_drawing():
    text = (
        "På tirsdag ringte mor til N.N. fordi han ikke ville på skolen. Han er den eneste som "
        "begynte på 4. trinn i høst. Hun kan nå oss på kontaktlærers mobil."
    )

    assert found(text) == [
        (Kind.FAMILY, "mor til N.N."),
        (Kind.ONLY_ONE, "den eneste som begynte på 4. trinn i høst"),
        (Kind.STAFF, "kontaktlærers mobil"),
    ]
    assert proposed(text) == ["en forelder", "ny på skolen", ""]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mor til N.N. ringte.", "En forelder"),
        ("Da ringte mor til N.N.", "en forelder"),
        ("Besta til Emil kom.", "Noen i familien"),
        ("Vi så broren hans der.", "et søsken"),
        ("Amina på 3. trinn gråt.", "En elev"),
        ("Nå sover Ella på avdeling Bjørka.", "et barn"),
    ],
)
def test_it_proposes_what_may_stand_instead(text, words):
    assert proposed(text) == [words]


def test_the_proposal_is_in_the_language_of_the_reader():
    with override("nn"):
        assert proposed("Da ringde mora til guten.") == ["ein forelder"]


def test_a_unit_with_few_children_is_warned_of_a_trinn():
    text = "Eleven på 3. trinn trives."

    assert found(text) == []
    assert found(text, small=True) == [(Kind.FEW, "Eleven på 3. trinn")]


# --- what it leaves alone -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\t ",
        "Uro i garderoben på 3. trinn",
        "Møtet er 26.11.2026 kl. 09.00–11.30, ikke 26 11 2026.",
        "Org.nr. 974 760 673, saksnr. 12345678, kr 45 000 000.",
        "Datoen er 20261126, og sak 2026/12345678 ligger i arkivet.",
        "Ole Vigs barnehage, Haralds plass og Olav Duun skole",
        "Vi har elever fra 5.–7. trinn i Nordre Follo kommune.",
        "Faren for mobbing, faren ved overganger og faren er at noen faller utenfor.",
        "Rektor, styrer, PPT, FAU, BUP, IOP og SFO-lederen",
        "Rektor er den eneste som har tilgang.",
    ],
)
def test_harmless(text):
    assert found(text) == []


def test_a_national_id_number_is_never_among_the_spots():
    number = valid_id("010115")
    for text in (f"Elev født {number} kom.", f"Elev f. {number[:6]} {number[6:]} kom."):
        assert find_hints(text) == []


def test_no_spot_lies_upon_another():
    text = "Faren til Ali (7 år) på 2. trinn, tlf. 911 22 333, født 12.03.2018, N.N. og K.L. i 3B"

    spots = find_hints(text)

    ends = [0, *(spot.end for spot in spots)]
    assert all(spot.start >= end for spot, end in zip(spots, ends, strict=False))
    assert len(spots) > 3


def test_overlap():
    hint = Hint(2, 5, Kind.NAME, "name")

    assert [hint.overlaps(Hint(*each, Kind.NAME, "name")) for each in ((0, 2), (4, 9), (5, 6))] == [
        False,
        True,
        False,
    ]


@pytest.mark.parametrize(
    "text",
    [
        "• Vi har uro 😀 på 3. trinn\u2028\u25aa Tiltak\u00a02 " * 450,
        "den eneste som " * 1400,
        "9" * 20_000,
        "A.B. " * 4000,
        "Ali " * 5000,
        "mor til " * 2500,
        "a@" * 10_000,
        "f. 01.01." * 2200,
        "én elev på " * 1800,
    ],
    ids=range(9),
)
def test_a_text_of_20000_characters_comes_to_an_end(text):
    # A pattern that looks back and forth would not be done in hours; the time is in bench/.
    found = find_hints(text[:20_000], small=True)

    assert all(0 <= hint.start < hint.end <= 20_000 for hint in found)
