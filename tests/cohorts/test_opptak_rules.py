"""Dates of an opptak, the checks before it is opened, and its sentences."""

from dataclasses import replace
from datetime import date

import pytest

from cohorts.rules.funnel import as_table, funnel
from cohorts.rules.opptak import (
    OpptakDates,
    date_problems,
    free_day_problem,
    internal_deadline_problem,
    is_tight,
    missing_dates,
)
from cohorts.rules.opptak_opening import OpeningFacts, opening_checks, quota_sum_in_words
from cohorts.rules.opptak_words import (
    candidates_in_words,
    held_in_words,
    lists_headline,
    lists_missing,
    undecided_in_words,
)
from lmp.lib.workdays import Calendar

FREE = Calendar()
TODAY = date(2026, 11, 20)
DATES = OpptakDates(date(2026, 11, 25), date(2026, 12, 3), date(2026, 12, 18), date(2027, 1, 15))
LETTER = {"title_bm": "Hei", "title_nn": "Hei", "intro_bm": "{kommune}", "intro_nn": "{kommune}"}
FACTS = OpeningFacts(
    info_bm="Om",
    info_nn="Om",
    dates=DATES,
    criteria={"Kommune": 5},
    letters={"Tilbud": LETTER},
    calendar=FREE,
    today=TODAY,
)


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        (date(2027, 5, 18), ""),
        (
            date(2027, 5, 17),
            "Mandag 17. mai er en helligdag. Velg for eksempel tirsdag 18. mai.",
        ),
        (
            date(2027, 3, 26),
            "Fredag 26. mars er en helligdag. Velg for eksempel tirsdag 30. mars.",
        ),
        (date(2027, 1, 16), "Lørdag 16. januar er i helga. Velg for eksempel mandag 18. januar."),
        (date(2027, 7, 7), "Onsdag 7. juli er i ferien. Velg for eksempel mandag 2. august."),
    ],
)
def test_a_deadline_is_a_working_day(day, problem):
    assert free_day_problem(day, FREE) == problem


def problems(**changed):
    dates = replace(DATES, **changed)
    return date_problems(dates, FREE, former=DATES, today=TODAY)


def test_dates_in_order_on_working_days_are_fine():
    assert problems() == {}


def test_a_date_must_come_after_the_one_before():
    assert problems(prioritert_liste=date(2026, 11, 25)) == {
        "prioritert_liste": "Velg en dag etter «Søknadsfrist», som er onsdag 25. november."
    }


def test_a_date_that_has_passed_is_refused_only_when_it_is_changed():
    passed = date(2026, 11, 19)
    text = "Datoen har vært. Velg en dag fra og med i dag."

    assert problems(soeknadsfrist=passed) == {"soeknadsfrist": text}
    kept = replace(DATES, soeknadsfrist=passed)
    assert date_problems(kept, FREE, former=kept, today=TODAY) == {}


def test_a_date_may_be_left_out():
    assert problems(avgjoerelse=None) == {}
    assert missing_dates(replace(DATES, avgjoerelse=None)) == ["avgjoerelse"]


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        (date(2026, 12, 3), ""),
        (date(2026, 11, 20), ""),
        (date(2026, 11, 19), "Datoen har vært. Velg en dag fra og med i dag."),
        (
            date(2026, 12, 4),
            "Fristen kan ikke være etter at lista skal være hos Udir, torsdag 3. desember.",
        ),
        (
            date(2026, 11, 29),
            "Søndag 29. november er i helga. Velg for eksempel mandag 30. november.",
        ),
    ],
)
def test_an_embete_keeps_its_deadline_before_the_list(day, problem):
    found = internal_deadline_problem(day, latest=date(2026, 12, 3), calendar=FREE, today=TODAY)
    assert found == problem


def test_fewer_than_five_working_days_to_assess_is_tight():
    assert not is_tight(date(2026, 11, 26), date(2026, 12, 3), FREE)
    assert is_tight(date(2026, 11, 27), date(2026, 12, 3), FREE)
    assert not is_tight(date(2026, 11, 27), None, FREE)


def test_everything_in_place_may_be_opened():
    assert [check.ok for check in opening_checks(FACTS)] == [True] * 5


@pytest.mark.parametrize(
    ("facts", "section", "text"),
    [
        ({"info_bm": " "}, "informasjon", "Skriv informasjonen på bokmål."),
        ({"info_nn": ""}, "informasjon", "Skriv informasjonen på nynorsk."),
        ({"criteria": {}}, "soekere", "Velg hvem som kan søke."),
        (
            {"criteria": {"Kommune": 5, "Fylkeskommune": 0}},
            "kriterier",
            "Legg til kriterier for fylkeskommune, eller la dem ikke søke.",
        ),
        (
            {"dates": replace(DATES, svarfrist=None, avgjoerelse=None)},
            "datoer",
            "Sett en dato for «Udir avgjør» og «Frist for å svare på tilbudet».",
        ),
        (
            {"dates": replace(DATES, svarfrist=date(2027, 5, 17))},
            "datoer",
            "Frist for å svare på tilbudet: Mandag 17. mai er en helligdag. "
            "Velg for eksempel tirsdag 18. mai.",
        ),
        (
            {"dates": replace(DATES, soeknadsfrist=date(2026, 11, 19))},
            "datoer",
            "Søknadsfrist: Datoen har vært. Velg en dag fra og med i dag.",
        ),
        (
            {"letters": {"Avslag": LETTER | {"intro_nn": ""}}},
            "brev",
            "Skriv ferdig brevet «Avslag».",
        ),
        (
            {"letters": {"Avslag": LETTER | {"intro_nn": "{komune}"}}},
            "brev",
            "Avslag: {komune} finnes ikke. Mente du {kommune}?",
        ),
    ],
)
def test_what_is_missing_is_said_as_an_order(facts, section, text):
    failed = [check for check in opening_checks(replace(FACTS, **facts)) if not check.ok]

    assert [(check.section, check.text) for check in failed] == [(section, text)]


@pytest.mark.parametrize(
    ("quotas", "capacity", "words"),
    [
        ([2, 3, None], 12, "Embetene har 5 av 12 plasser."),
        ([8, 5], 12, "Embetene har 13 plasser, flere enn de 12 i alt."),
        ([2], None, "Embetene har 2 plasser til sammen."),
        ([None], None, ""),
    ],
)
def test_quotas_against_the_capacity(quotas, capacity, words):
    assert quota_sum_in_words(quotas, capacity) == words


@pytest.mark.parametrize(
    ("sent", "total", "words"),
    [
        (0, 10, "Ingen av embetene har sendt lista ennå"),
        (1, 10, "Ett av ti embeter har sendt lista"),
        (2, 10, "To av ti embeter har sendt lista"),
        (10, 10, "Alle embetene har sendt lista"),
        (0, 0, "Ingen embeter er med i opptaket"),
    ],
)
def test_the_heading_counts_the_lists(sent, total, words):
    assert lists_headline(sent, total) == words


def test_few_embeter_are_named_and_many_are_counted():
    assert lists_missing([]) == ""
    assert lists_missing(["A", "B"]) == "A og B har ikke sendt lista."
    assert lists_missing(["A", "B", "C", "D"]) == "Fire embeter har ikke sendt lista."


def test_counts_in_words():
    assert undecided_in_words(1) == "Én søknad er ikke avgjort."
    assert undecided_in_words(4) == "Fire søknader er ikke avgjort."
    assert held_in_words(11) == "Elleve brev ligger i utboksen."
    assert candidates_in_words(1, None) == "Én kommune eller skole er aktuell."
    assert candidates_in_words(14, 12) == (
        "14 kommuner og skoler er aktuelle. Det er tolv plasser i alt."
    )


def test_the_funnel_has_a_row_for_every_embete_and_sums():
    stages = [("aktuell", "Aktuell"), ("soekt", "Søkt")]
    counts = {("a", "aktuell"): 3, ("a", "soekt"): 1, ("b", "soekt"): 2, ("x", "soekt"): 9}

    found = funnel([("a", "A"), ("b", "B"), ("c", "C")], stages, counts, "I alt")

    assert as_table(found, "Embete", "Alle") == [
        ["Embete", "Aktuell", "Søkt", "Alle"],
        ["A", 3, 1, 4],
        ["B", 0, 2, 2],
        ["C", 0, 0, 0],
        ["I alt", 3, 3, 6],
    ]
