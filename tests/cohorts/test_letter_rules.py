"""The words of a letter, without a database."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils.translation import override

from cohorts.rules.letter import (
    PLACEHOLDERS,
    Block,
    blocks_of,
    embete_in,
    fill,
    letter_language,
    offered_units,
    reference_of,
    short_sum,
    unknown_placeholders,
)
from cohorts.rules.letter_content import (
    LetterFacts,
    LetterUnit,
    Period,
    letter_content,
    placeholder_values,
)
from cohorts.rules.letter_defaults import DEFAULT_LETTERS

SKOLE = LetterUnit("Elveskar barneskole", "skole", "offentlig", "1.–7. trinn", "Hilde Moe")
BARNEHAGE = LetterUnit("Himmelblikk barnehage", "barnehage", "privat", "", "Espen Vik")
FACTS = LetterFacts(
    language="nb",
    reference="2026/10-0007",
    day=date(2026, 12, 18),
    outcome="tilbud",
    owner="Elveskar kommune",
    owner_kind="kommune",
    email="post@elveskar.example",
    programme="Læringsmiljøprosjektet",
    pulje=10,
    period=Period(("hoest", 2027), ("vaar", 2029)),
    embete="Statsforvalteren i Innsjø og Fjell",
    template=DEFAULT_LETTERS["tilbud"],
    units=(SKOLE, BARNEHAGE),
    rank=1,
    reason="Arbeidet er godt forankret.",
    answer_due=date(2027, 1, 15),
    signed_by="Kari Nilsen",
)


def written(**values):
    facts = replace(FACTS, **values)
    with override(facts.language):
        return letter_content(facts)


def test_known_placeholders_are_filled_and_unknown_ones_named():
    text = "Hei {kommune}, {komune} og { svarfrist } {x} {x}"
    assert unknown_placeholders(text) == ["komune", "x"]
    assert fill(text, {"kommune": "Elveskar"}) == "Hei Elveskar, {komune} og { svarfrist } {x} {x}"


@pytest.mark.parametrize("outcome", DEFAULT_LETTERS)
def test_the_default_texts_have_no_unknown_placeholder(outcome):
    found = [unknown_placeholders(text) for text in DEFAULT_LETTERS[outcome].values()]
    assert found == [[]] * 6


def test_every_placeholder_has_a_value():
    assert tuple(placeholder_values(FACTS)) == PLACEHOLDERS
    assert all(placeholder_values(FACTS).values())


@pytest.mark.parametrize(
    ("maalform", "answer", "language"),
    [
        ("nynorsk", "nb", "nn"),
        ("bokmaal", "nn", "nb"),
        ("noeytral", "nn", "nn"),
        ("noeytral", "", "nb"),
        ("", "nn", "nn"),
        ("", "", "nb"),
    ],
)
def test_the_kommune_decides_and_else_the_answer(maalform, answer, language):
    assert letter_language(maalform, answer) == language


def test_reference_and_control_sum_can_be_read_out():
    assert reference_of(2026, 10, 7) == "2026/10-0007"
    assert short_sum("41d088c3e7f2ffff") == "41d0 88c3 e7f2"


@pytest.mark.parametrize(
    ("name", "language", "expected"),
    [
        ("Statsforvalteren i Fjell", "nn", "Statsforvaltaren i Fjell"),
        ("Statsforvaltaren i Fjell", "nb", "Statsforvalteren i Fjell"),
        ("Embetet", "nn", "Embetet"),
    ],
)
def test_an_embete_is_named_in_the_language_of_the_letter(name, language, expected):
    assert embete_in(name, language) == expected


@pytest.mark.parametrize(
    ("kinds", "offered", "words"),
    [
        (["skole", "skole", "barnehage"], None, "to skoler og én barnehage"),
        (["barnehage"], 1, "én barnehage"),
        (["skole", "skole", "barnehage"], 2, "inntil to enheter"),
        ([], None, "ingen enheter"),
    ],
)
def test_units_in_words(kinds, offered, words):
    assert offered_units(kinds, offered) == words


def test_a_text_is_parted_in_paragraphs_lists_and_what_to_act_on():
    text = "Takk.\nHei {kommune}.\r\n\r\nSvar innen {svarfrist}. Ellers ikke.\n\n- Én\n- To"
    values = {"kommune": "Elveskar", "svarfrist": "fredag 15. januar 2027"}
    assert blocks_of(text, values) == [
        Block("p", "Takk. Hei Elveskar."),
        Block("act", "Ellers ikke.", strong="Svar innen fredag 15. januar 2027."),
        Block("list", items=("Én", "To")),
    ]


def test_an_offer_says_the_answer_and_the_deadline_first():
    content = written()
    assert content["title"] == "Dere er invitert til Læringsmiljøprosjektet, pulje 10"
    assert content["to"] == ["Elveskar kommune", "ved kommunedirektøren", "post@elveskar.example"]
    assert content["intro"][0]["text"] == (
        "Takk for søknaden. Vi inviterer Elveskar kommune til å delta fra høsten 2027 til våren "
        "2029, med én skole og én barnehage."
    )
    assert content["intro"][1]["strong"] == (
        "Svar ja eller nei i portalen innen fredag 15. januar 2027."
    )
    assert content["why"] == {
        "title": "Hvorfor dere er valgt",
        "text": "Statsforvalteren i Innsjø og Fjell prioriterte søknaden som nummer 1. "
        "Arbeidet er godt forankret.",
    }
    assert [unit["type"] for unit in content["units"]] == [
        "Skole, 1.–7. trinn",
        "Barnehage, privat",
    ]


def test_the_same_letter_in_nynorsk():
    content = written(language="nn")
    assert content["title"] == "De er inviterte til Læringsmiljøprosjektet, pulje 10"
    assert content["to"][1] == "ved kommunedirektøren"
    assert content["why"]["title"] == "Kvifor de er valde"
    assert content["why"]["text"].startswith("Statsforvaltaren i Innsjø og Fjell prioriterte")
    assert content["copy_to"] == "Statsforvaltaren i Innsjø og Fjell"
    assert content["intro"][1]["strong"].endswith("innan fredag 15. januar 2027.")


@pytest.mark.parametrize("outcome", ["reserve", "avslag"])
def test_others_get_no_rank_no_units_and_no_conditions(outcome):
    content = written(
        outcome=outcome, template=DEFAULT_LETTERS[outcome], conditions="Vilkår.", answer_due=None
    )
    assert content["why"] == {"title": "Begrunnelse", "text": "Arbeidet er godt forankret."}
    assert (content["units"], content["conditions"], content["complaint"]) == ([], "", "")
    assert "nummer" not in str(content)


def test_fewer_units_than_applied_for_are_said_over_the_table():
    content = written(units_offered=1)
    assert content["units_offered"] == (
        "Tilbudet gjelder inntil én enhet. Dere velger hvilke når dere svarer."
    )


def test_the_right_to_complain_stands_only_in_an_enkeltvedtak():
    assert written(complaint_until=date(2027, 2, 1))["complaint"] == ""
    assert written(is_enkeltvedtak=True, complaint_until=date(2027, 2, 1))["complaint"] == (
        "Dere kan klage på avgjørelsen. Send klagen til Utdanningsdirektoratet. "
        "Klagefristen er mandag 1. februar 2027."
    )
