"""The words of the board."""

from datetime import date, timedelta

import pytest

from cohorts.rules.candidate_board import (
    BoardFacts,
    Deadlines,
    assessed_in_words,
    board_headline,
    day_in_words,
    derived_step,
    list_frist,
    list_title,
    names_in_words,
    owner_facts,
    private_warning,
    step_words,
)
from cohorts.rules.candidate_invite import is_repeat, proposed_message
from lmp.lib.workdays import Calendar
from tests.factories.recruitment import NOW, TODAY

CALENDAR = Calendar()
APPLY_BY = date(2026, 11, 25)


def test_the_headline_counts_what_is_not_assessed_and_names_who_is_left():
    facts = BoardFacts(
        unassessed=("Kvernlia",),
        writing=("Tranevik",),
        untalked=("Sørtinden",),
        assessed=4,
        candidates=9,
        apply_by=APPLY_BY,
    )

    headline = board_headline(facts, TODAY)

    assert headline.title == "Én søknad gjenstår før lista kan sendes"
    assert headline.lead == (
        "Kvernlia er ikke vurdert. Tranevik kan levere til onsdag 25. november. "
        "Ingen har snakket med Sørtinden ennå."
    )


@pytest.mark.parametrize(
    ("facts", "title", "lead"),
    [
        (
            BoardFacts(),
            "Ingen er på arbeidslista ennå",
            "Legg til kommunene og skolene dere vil snakke med.",
        ),
        (BoardFacts(candidates=2), "Ingen søknader har kommet ennå", ""),
        (BoardFacts(candidates=2, assessed=2), "Alle søknadene er vurdert", ""),
        (
            BoardFacts(candidates=3, unassessed=("A", "B"), list_sent=True),
            "Lista er sendt til Udir",
            "",
        ),
        (
            BoardFacts(candidates=3, unassessed=("A", "B")),
            "To søknader gjenstår før lista kan sendes",
            "A og B er ikke vurdert.",
        ),
        (
            BoardFacts(candidates=1, writing=("A",), apply_by=date(2026, 11, 18)),
            "Ingen søknader har kommet ennå",
            "A skriver søknad, men fristen var onsdag 18. november.",
        ),
        (
            BoardFacts(candidates=1, writing=("A",)),
            "Ingen søknader har kommet ennå",
            "A skriver søknad.",
        ),
    ],
)
def test_headlines(facts, title, lead):
    headline = board_headline(facts, TODAY)

    assert (headline.title, headline.lead) == (title, lead)


@pytest.mark.parametrize(
    ("count", "narrowed", "title"),
    [
        (10, False, "Ti på arbeidslista"),
        (1, True, "Én passer til valgene dine"),
        (0, True, "Ingen passer til valgene dine"),
        (0, False, "Ingen er på arbeidslista ennå"),
    ],
)
def test_the_heading_of_the_table(count, narrowed, title):
    assert list_title(count, narrowed=narrowed) == title


def test_many_names_are_counted():
    assert names_in_words(("A", "B", "C", "D")) == "A, B, C og D"
    assert names_in_words(("A", "B", "C", "D", "E", "F")) == "A, B, C og 3 til"


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (
            date(2026, 12, 3),
            ("ok", "9 arbeidsdager igjen til lista skal være hos Udir, torsdag 3. desember"),
        ),
        (
            date(2026, 11, 23),
            ("soon", "1 arbeidsdag igjen til lista skal være hos Udir, mandag 23. november"),
        ),
        (date(2027, 3, 1), ("ok", "Fristen er mandag 1. mars 2027")),
        (TODAY, ("soon", "Fristen er i dag, fredag 20. november")),
        (date(2026, 11, 19), ("late", "Fristen gikk ut i går, torsdag 19. november")),
    ],
)
def test_the_deadline_of_the_list(due, expected):
    assert tuple(list_frist(due, TODAY, CALENDAR)) == expected


@pytest.mark.parametrize(
    ("step", "on", "expected"),
    [
        ("Ring", date(2026, 11, 18), ("late", "Ring, skulle vært gjort 18. november")),
        ("Ring", date(2026, 11, 23), ("soon", "Ring mandag 23. november")),
        ("Spør.", date(2026, 12, 3), ("ok", "Spør torsdag 3. desember")),
        ("Ring", TODAY, ("soon", "Ring i dag")),
        ("Ring", None, ("ok", "Ring")),
    ],
)
def test_the_next_step_stands_with_its_date(step, on, expected):
    assert tuple(step_words(step, on, TODAY, CALENDAR)) == expected


def test_without_a_step_the_deadline_of_the_stage_stands():
    list_by = date(2026, 12, 3)

    def derived(stage, apply_by=APPLY_BY):
        return derived_step(stage, Deadlines(apply_by, list_by, TODAY, CALENDAR))

    assert tuple(derived("paabegynt")) == ("soon", "Frist onsdag 25. november")
    assert tuple(derived("soekt")) == ("ok", "Vurderes innen torsdag 3. desember")
    assert derived("paabegynt", None) is None
    assert derived("aktuell") is None
    assert step_words("", TODAY, TODAY, CALENDAR) is None


def test_how_many_have_assessed():
    assert assessed_in_words(0, 0) == ""
    assert assessed_in_words(0, 1) == "Vurderingen er begynt"
    assert assessed_in_words(1, 2) == "Én av to har vurdert"
    assert assessed_in_words(2, 2) == "Vurdert"


def test_too_many_private_schools_in_a_fylke():
    assert private_warning("Innlandet", 2, 2) == ""
    assert private_warning("Innlandet", 2, None) == ""
    assert private_warning("Innlandet", 2, 1) == (
        "To frittstående skoler i Innlandet er aktuelle. Opptaket tar høyst én skole per fylke."
    )
    assert private_warning("Innlandet", 3, 2) == (
        "Tre frittstående skoler i Innlandet er aktuelle. Opptaket tar høyst to skoler per fylke."
    )


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (TODAY, "I dag"),
        (date(2026, 11, 19), "I går"),
        (date(2026, 11, 3), "3. nov."),
        (date(2026, 5, 3), "3. mai"),
        (date(2025, 11, 3), "3. nov. 2025"),
    ],
)
def test_when_a_contact_was(on, words):
    assert day_in_words(on, TODAY) == words


def test_what_the_register_says_of_an_owner():
    assert owner_facts("kommune", "9910", ("Ákšovárri", "Aksuvaara")) == (
        "Kommune · 9910 · også Ákšovárri og Aksuvaara"
    )
    assert owner_facts("privat", "", ()) == "Privat eier"


def test_a_double_click_is_within_two_minutes():
    assert is_repeat(NOW - timedelta(minutes=2), NOW) is True
    assert is_repeat(NOW - timedelta(minutes=3), NOW) is False


def test_the_proposed_message_is_in_both_maalformer():
    assert "Fristen for å søke er onsdag 25. november 2026." in proposed_message("nb", 10, APPLY_BY)
    assert proposed_message("nb", 10, None).startswith("Vi inviterer dere til å søke")
    assert proposed_message("nn", 10, None).startswith("Vi inviterer dykk til å søkje")
