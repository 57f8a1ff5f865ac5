"""The sentences of the headings: computed from who is behind with what."""

import pytest

from reports.rules.sentence import (
    Standing,
    greeting,
    in_step,
    pulje_heading,
    reasons,
    things_to_raise,
    unit_heading,
    units_in_step,
    week_heading,
)

VEILEDNING, DIGITAL, REFERAT = "Veiledning på enheten", "Digital veiledning", "Referat"


def good(*names: str) -> list[Standing]:
    return [Standing(name) for name in names]


@pytest.mark.parametrize(
    ("behind", "total", "heading"),
    [
        (0, 0, "Pulje 9 har ingen deltakere ennå"),
        (0, 14, "Pulje 9 er i rute"),
        (4, 14, "Pulje 9 er stort sett i rute"),
        (5, 15, "Pulje 9 er stort sett i rute"),
        (6, 15, "Pulje 9 er delvis i rute"),
        (10, 15, "Pulje 9 er delvis i rute"),
        (11, 15, "Pulje 9 er forsinket"),
    ],
)
def test_heading_follows_the_share_that_is_behind(behind, total, heading):
    assert pulje_heading("Pulje 9", behind, total) == heading


@pytest.mark.parametrize(
    ("state", "heading"),
    [
        ("before", "Pulje 9: semesteret har ikke begynt"),
        ("after", "Pulje 9: semesteret er over"),
        ("closed", "Pulje 9 er avsluttet"),
    ],
)
def test_heading_of_another_time(state, heading):
    assert pulje_heading("Pulje 9", 3, 14, state=state) == heading


def test_how_many_are_in_step():
    late = Standing("Tindvær", missing=(VEILEDNING,))

    assert in_step([]) == ""
    assert in_step(good("A", "B")) == "Alle to kommuner er helt i rute."
    assert in_step(good("A")) == "Kommunen er helt i rute."
    assert in_step([*good("A", "B"), late]) == "2 av 3 kommuner er helt i rute."
    assert in_step([*good("A"), late], kommuner=False) == "1 av 2 eiere er helt i rute."
    assert in_step([late, late]) == "Ingen av de to kommunene er helt i rute."


def test_reasons_name_those_who_lack_the_same_together():
    standings = [
        Standing("Tindvær", missing=(VEILEDNING, DIGITAL)),
        Standing("Granmo", missing=(VEILEDNING, DIGITAL)),
        Standing("Rimfjell", overdue=(REFERAT,)),
        Standing("Fjordvik"),
    ]

    assert reasons(standings) == [
        "Tindvær og Granmo mangler dato for veiledning på enheten og digital veiledning.",
        "Rimfjell er over fristen med referat.",
    ]


def test_dates_are_told_before_what_is_late_and_many_things_shortly():
    standings = [Standing("Tindvær", missing=(VEILEDNING, DIGITAL, "X"), overdue=(REFERAT,))]

    assert reasons(standings) == ["Tindvær mangler dato for blant annet veiledning på enheten."]


def test_no_more_than_three_reasons_and_three_names():
    standings = [Standing(str(n), overdue=(f"Sak {n}",)) for n in range(6)]
    alike = [Standing(name, overdue=(REFERAT,)) for name in "ABCDE"]

    assert reasons(standings)[3:] == ["Tre til er etter."]
    assert reasons(alike) == ["A, B og tre til er over fristen med referat."]


def test_units_of_an_owner():
    late = Standing("Granli skole", overdue=(REFERAT,))

    assert units_in_step([*good("A", "B", "C"), late]) == "Tre av fire enheter er i rute."
    assert units_in_step(good("A", "B")) == "Alle to enheter er i rute."
    assert units_in_step([late, late]) == "Ingen av de to enhetene er helt i rute."
    assert units_in_step([]) == ""
    assert unit_heading(late) == "Granli skole har noe som haster"


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "Hei, Marit. Du er ajour."),
        (1, "Hei, Marit. Du har én ting å gjøre."),
        (4, "Hei, Marit. Du har fire ting å gjøre."),
        (13, "Hei, Marit. Du har 13 ting å gjøre."),
    ],
)
def test_the_greeting_counts(count, words):
    assert greeting("Marit", count) == words


def test_what_to_raise_is_a_question():
    late = Standing("Granli skole", missing=(VEILEDNING,), overdue=(REFERAT,))

    assert things_to_raise(late, late_points=1) == [
        "Hva skal til for å finne datoer for veiledning på enheten?",
        "Hvilken hjelp trengs for å få ferdig referat?",
        "Hva står i veien for det dere avtalte sist?",
    ]
    assert things_to_raise(Standing("A")) == ["Hvilke erfaringer kan andre ha nytte av?"]


def test_the_week_of_a_veileder():
    assert week_heading(1, 48, 4, 2) == "Neste uke: fire møter, to grunnlag er kommet"
    assert week_heading(0, 47, 1, 1) == "Denne uka: ett møte, ett grunnlag er kommet"
    assert week_heading(3, 50, 0, 0) == "Uke 50: ingen møter"
