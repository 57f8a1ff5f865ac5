"""What a søknad misses before it can be sent."""

from datetime import date

import pytest

from cohorts.models import AnswerConflict, SoeknadUnit
from cohorts.queries.soeknad_missing import missing_before_sending
from cohorts.rules.soeknad_form import all_questions
from cohorts.rules.soeknad_sending import (
    Facts,
    UnitState,
    missing_in,
    soeknad_receipt,
    spaced_hash,
    words_of,
)
from tests.factories.recruitment import NOW, make_soeknad

pytestmark = pytest.mark.django_db


def test_an_empty_soeknad_misses_every_part_in_the_order_of_the_form():
    missing = missing_in(Facts("kommune", {}, confirmations=("a", "b")))
    assert list(dict.fromkeys(each.part for each in missing)) == [
        "kontakt",
        "enheter",
        "behov",
        "barn",
        "ppt",
        "tid",
        "spredning",
        "annet",
        "bekreft",
    ]
    assert missing[-1].text == "Bekreft to punkter nederst"


def test_the_private_school_is_asked_its_own_questions():
    keys = {each.key for each in missing_in(Facts("frittstaaende_skole", {}))}
    assert {"anchored_board", "host_kommune", "spread_school"} <= keys
    assert not keys & {"roles", "anchored_owner", "anchored_authority", "spread"}


def test_others_turn_is_marked_and_named():
    units = (
        UnitState(7, "Fjærekroken barnehage", "Ali Noor", done=False, link_sent=True),
        UnitState(8, "Havskåren skole", "", done=False, link_sent=False),
        UnitState(9, "Snøkloa barnehage", "", done=True, link_sent=True),
    )
    facts = Facts("kommune", {}, asked=("Langneset",), units=units)
    found = [
        (each.text, each.part, each.whose, each.waits)
        for each in missing_in(facts)
        if each.kind in ("partner", "unit")
    ]
    assert found == [
        ("Langneset har ikke svart ennå", "sammen", "Kommuner som søker sammen", True),
        ("Fjærekroken barnehage har ikke levert sin del", "deler", "Ali Noor", True),
        ("Send lenka til lederen for Havskåren skole", "enheter", "Enhetenes egne deler", False),
    ]


def test_who_wrote_in_the_part_is_named_beside_what_is_missing():
    facts = Facts("kommune", {}, writers={"challenges": "Odd Erik Holm"})
    (found,) = [each for each in missing_in(facts) if each.key == "anchored_staff"]
    assert (found.text, found.whose) == (
        "Skriv når saka ble behandlet: Personalet",
        "Behov og forankring · Odd Erik Holm",
    )


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("roles", ["skoleeier", "barnehageeier"], "Skoleeier, Barnehageeier"),
        ("maalform", "nn", "Nynorsk"),
        ("samisk", True, "Ja"),
        ("anchored_owner", {"yes": True, "date": "2026-10-21"}, "21.10.2026"),
        ("anchored_owner", {"yes": True, "date": ""}, "Ja, dato mangler"),
        ("anchored_owner", None, "Nei"),
        ("challenges", " Trivselen. ", "Trivselen."),
        ("challenges", None, ""),
    ],
)
def test_an_answer_in_words(key, value, words):
    assert words_of(all_questions("kommune")[key], value) == words


def test_the_receipt_and_the_checksum_can_be_read_out():
    assert soeknad_receipt(10, date(2026, 11, 24), 31, 1) == "S10-2026-0031-1"
    assert spaced_hash("9f2c71aae0d453b802c6ffff") == "9f2c 71aa e0d4 53b8 02c6"


def test_a_complete_soeknad_misses_nothing_and_an_open_conflict_does(soeknad):
    assert missing_before_sending(soeknad) == []
    answer = soeknad.answers.get(key="challenges")
    for _each in range(2):
        AnswerConflict.objects.create(
            answer=answer, value="Annen", written_by=soeknad.created_by, written_at=NOW
        )
    (found,) = missing_before_sending(soeknad)
    assert (found.kind, found.part, found.key) == ("conflict", "behov", str(answer.pk))


@pytest.mark.parametrize(
    ("change", "parts"),
    [
        ({"part": "draft"}, ["enheter"]),
        ({"part": "draft", "link_sent_at": NOW}, ["deler"]),
        ({"part": "draft", "left_out_reason": "Syk."}, []),
        ({"part": "declined"}, []),
    ],
)
def test_each_unit_must_have_answered(soeknad, change, parts):
    SoeknadUnit.objects.filter(pk=soeknad.units.first().pk).update(**change)
    assert [each.part for each in missing_before_sending(soeknad)] == parts


def test_a_soeknad_without_units_cannot_be_sent():
    (found,) = missing_before_sending(make_soeknad(units=0))
    assert found.text == "Velg minst én barnehage eller skole"
