"""The pure rules of the app: deadlines in words, hits in a search, days and places."""

from datetime import date

import pytest

from cohorts.rules.deadlines import due_in_words, offset_problem, step_in_words, text_problem
from cohorts.rules.participants import Place, belongs_with, pair_warning
from cohorts.rules.records import date_problem
from cohorts.rules.rule_edition import RuleContent, content_problems
from cohorts.rules.search import (
    Part,
    children_in_words,
    few_children,
    grades_in_words,
    marked,
    orgnr_in_words,
    unit_in_words,
)

KNOWN = ("enhet", "frist", "lenke")


@pytest.mark.parametrize(
    ("anchor", "offset", "unit", "words"),
    [
        ("meeting_start", -5, "workdays", "5 arbeidsdager før møtet begynner"),
        ("meeting_end", 7, "days", "7 dager etter møtet er slutt"),
        ("meeting_end", 1, "days", "1 dag etter møtet er slutt"),
        ("term_end", 0, "days", "samme dag som siste arbeidsdag i semesteret"),
    ],
)
def test_a_deadline_in_words(anchor, offset, unit, words):
    assert due_in_words(anchor, offset, unit) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-2, "2 arbeidsdager før fristen"),
        (0, "på fristdagen"),
        (1, "1 arbeidsdag etter fristen"),
    ],
)
def test_a_reminder_in_words(days, words):
    assert step_in_words(days, "workdays") == words


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Frist {frist}: {lenke}", ""),
        ("Ingen plassholdere", ""),
        ("{Frist}", "{Frist} finnes ikke. Mente du {frist}?"),
        ("{}", "{} finnes ikke. Du kan bruke {enhet}, {frist}, {lenke}."),
        ("{frist", "En krøllparentes mangler. Skriv for eksempel {enhet}."),
        ("frist}", "En krøllparentes mangler. Skriv for eksempel {enhet}."),
    ],
)
def test_placeholders_are_checked_with_a_suggestion(text, problem):
    assert text_problem(text, KNOWN) == problem


@pytest.mark.parametrize(("offset", "wrong"), [(-120, False), (120, False), (121, True)])
def test_a_deadline_far_off_is_a_slip_of_the_pen(offset, wrong):
    assert bool(offset_problem(offset)) is wrong


def content(**changes):
    found = {
        "steps": (step(-5), step(0), step(3, "eier")),
        "subject_bm": "Emne",
        "subject_nn": "Emne",
        "text_bm": "Tekst",
        "text_nn": "Tekst",
    }
    return RuleContent(**found | changes)


def step(offset, to=""):
    return {"offset": offset, "to": to, "urgent": False}


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, []),
        ({"steps": ()}, []),
        ({"steps": (step(-400),)}, ["steps"]),
        ({"steps": (step(3, "rektoren"),)}, ["steps"]),
        ({"text_nn": "{nei}", "subject_bm": "{nei}"}, ["subject_bm", "text_nn"]),
    ],
)
def test_what_is_wrong_with_a_rule_is_named_by_field(changes, fields):
    assert sorted(content_problems(content(**changes), KNOWN, ["eier"])) == fields


@pytest.mark.parametrize(
    ("owner", "unit", "together"),
    [
        (Place(1, 10, 99, private=False), Place(1, 10, 99, private=False), True),
        (Place(1, 10, 99, private=False), Place(2, 11, 99, private=False), False),
        (Place(1, 10, 99, private=False), Place(7, 10, 99, private=True), True),
        (Place(1, 10, 99, private=False), Place(7, 11, 99, private=True), False),
        (Place(3, None, 99, private=False), Place(7, 11, 99, private=True), True),
        (Place(3, None, 98, private=False), Place(7, 11, 99, private=True), False),
        (Place(7, None, None, private=True), Place(7, 11, 99, private=True), True),
        (Place(7, None, None, private=True), Place(None, 11, 99, private=True), True),
        (Place(7, None, None, private=True), Place(8, 11, 99, private=True), False),
        (Place(7, None, None, private=True), Place(None, None, None, private=False), False),
    ],
)
def test_which_units_belong_with_which_owners(owner, unit, together):
    assert belongs_with(owner, unit) is together


def test_a_pair_is_warned_about_until_there_are_two():
    assert [pair_warning(count) for count in (0, 1, 2, 3)] == [
        "Ingen veiledere er satt opp ennå. Veilederne arbeider to og to.",
        "Bare 1 veileder er satt opp. Veilederne arbeider to og to.",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("done_on", "problem"),
    [
        (date(2026, 7, 3), "Datoen hører ikke til dette semesteret."),
        (date(2026, 7, 4), ""),
        (date(2027, 1, 28), ""),
        (date(2027, 1, 29), "Datoen hører ikke til dette semesteret."),
        (date(2027, 3, 1), "Datoen kan ikke være i framtiden. Registrer når det er gjort."),
    ],
)
def test_days_that_count_in_a_semester(done_on, problem):
    found = date_problem(done_on, date(2026, 8, 1), date(2026, 12, 31), date(2027, 2, 28))

    assert found == problem


def test_what_was_searched_for_is_marked():
    assert marked("Skjærbrygga skole", "skjær SKO") == [
        Part("Skjær", True),
        Part("brygga ", False),
        Part("sko", True),
        Part("le", False),
    ]
    assert marked("Åsen skole", "") == [Part("Åsen skole", False)]
    assert "".join(part.text for part in marked("İstanbul ẞkole", "ss")) == "İstanbul ẞkole"


def test_what_the_register_says_of_a_unit():
    assert unit_in_words("skole", "offentlig", (1, 7), 214) == (
        "Offentlig skole · 1.–7. trinn · 214 elever"
    )
    assert unit_in_words("barnehage", "privat", (None, None), None, "Snøkloa SA") == (
        "Privat barnehage, Snøkloa SA"
    )
    assert grades_in_words(8, 8) == "8. trinn"
    assert [children_in_words("skole", 1), children_in_words("barnehage", 1)] == [
        "1 elev",
        "1 barn",
    ]
    assert orgnr_in_words("999990101") == "org.nr. 999 990 101"
    assert [few_children(count) for count in (None, 9, 10)] == [False, True, False]
