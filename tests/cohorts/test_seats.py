"""Seats of a group: who sits, what is empty, and in which words. Never blocking."""

from pathlib import Path

from cohorts.programme.definition import load_programme
from cohorts.rules.seats import (
    Participants,
    Place,
    Sitter,
    demand_in_words,
    gap_in_words,
    heading,
    is_complete,
    lead,
    missing_seats,
    seats_of_group,
)
from tests.factories.cohorts import packaged_programme

SKOLE = Place(1, "Granli skole", "skole")
BARNEHAGE = Place(2, "Solfangeren barnehage", "barnehage")
PRIVATE_OWNER = Place(7, "Nøttestua SA")


def states(group, participants, sitters=(), reasons=None, programme=None):
    programme = programme or packaged_programme()
    return seats_of_group(programme, programme.group(group), participants, sitters, reasons or {})


def state(found, seat):
    return next(each for each in found if each.seat.id == seat)


def sitter(seat, name="Kari", **values):
    return Sitter(seat=seat, name=name, person=values.pop("person", name), **values)


def ids(found):
    return [each.seat.id for each in found]


def test_a_skole_has_other_seats_than_a_barnehage():
    assert ids(states("arbeidsgruppe", Participants((SKOLE,)))) == [
        "leder",
        "laerer",
        "miljoelaerer",
        "mellomleder",
        "ppt",
    ]
    assert ids(states("arbeidsgruppe", Participants((BARNEHAGE,)))) == [
        "leder",
        "pedagogisk_leder",
        "oevrig_ansatt",
        "ppt",
    ]


def test_sfo_has_a_seat_only_where_there_is_sfo():
    found = states("arbeidsgruppe", Participants((SKOLE,), has_sfo=True))

    assert demand_in_words(state(found, "sfo_leder")) == "Bør ha · 0 av 1"


def test_private_owners_have_a_seat_each_only_when_private_units_take_part():
    without = states("styringsgruppe", Participants((SKOLE,)))
    found = states(
        "styringsgruppe",
        Participants((SKOLE, BARNEHAGE), (PRIVATE_OWNER,), private_units=True),
    )

    assert "private" not in ids(without)
    assert gap_in_words(state(found, "private")) == "Mangler for Nøttestua SA."
    assert state(found, "private").empty == "must"


def test_every_unit_wants_its_leader():
    participants = Participants((SKOLE, BARNEHAGE))

    none = state(states("styringsgruppe", participants), "enhetsledere")
    one = state(
        states("styringsgruppe", participants, [sitter("enhetsledere", unit=1)]), "enhetsledere"
    )
    both = state(
        states(
            "styringsgruppe",
            participants,
            [sitter("enhetsledere", unit=1), sitter("enhetsledere", unit=2)],
        ),
        "enhetsledere",
    )

    assert (none.wanted, none.filled) == (2, 0)
    assert gap_in_words(one) == "Mangler for Solfangeren barnehage."
    assert demand_in_words(both) == "Skal ha · 2 av 2"


def test_two_people_of_one_unit_do_not_stand_in_for_another():
    found = states(
        "styringsgruppe",
        Participants((SKOLE, BARNEHAGE)),
        [sitter("enhetsledere", "Kari", unit=1), sitter("enhetsledere", "Ola", unit=1)],
    )

    assert state(found, "enhetsledere").missing == 1


def test_a_deputy_is_shown_but_fills_no_seat():
    found = states("arbeidsgruppe", Participants((SKOLE,)), [sitter("mellomleder", deputy=True)])

    assert [each.name for each in state(found, "mellomleder").sitters] == ["Kari"]
    assert state(found, "mellomleder").empty == "wish"


def test_one_person_fills_one_seat_unless_the_group_says_combined():
    programme = load_programme(Path(__file__).parent / "data" / "samlingsbasert.toml")
    both = [sitter("laerer"), sitter("mellomleder")]
    combined = [sitter("barnehage"), sitter("skole")]

    strict = states("arbeidsgruppe", Participants((SKOLE,)), both)
    loose = states(
        "ressurspersoner",
        Participants((SKOLE, BARNEHAGE), applicant="kommune"),
        combined,
        programme=programme,
    )

    assert (state(strict, "laerer").missing, state(strict, "mellomleder").missing) == (0, 1)
    assert [(each.seat.id, each.missing) for each in loose] == [("barnehage", 0), ("skole", 0)]


def test_seats_of_an_applicant_and_a_share_of_a_position():
    programme = load_programme(Path(__file__).parent / "data" / "samlingsbasert.toml")

    kommune = states(
        "ressurspersoner",
        Participants((SKOLE,), applicant="kommune"),
        programme=programme,
    )
    school = states(
        "ressurspersoner",
        Participants((SKOLE,), applicant="frittstaaende_skole"),
        programme=programme,
    )

    assert ids(kommune) == ["skole"]
    assert demand_in_words(kommune[0]) == "Skal ha · 0 av 1 · minst 20 % stilling"
    assert ids(school) == ["frittstaaende"]


def test_the_words_of_the_programme_decide_how_a_seat_is_asked_for():
    found = states("styringsgruppe", Participants((SKOLE,)), [sitter("eier")])

    assert demand_in_words(state(found, "eier")) == "Leder gruppa"
    assert demand_in_words(state(found, "ppt")) == "Skal ha · 0 av 1"
    assert demand_in_words(state(found, "andre")) == "Ønskelig · 0 av 1"


def test_a_written_reason_is_shown_and_completes_the_group():
    people = [sitter("eier", "A"), sitter("enhetsledere", "B", unit=1)]
    people += [sitter("veileder", "C"), sitter("statsforvalter", "D")]

    without = states("styringsgruppe", Participants((SKOLE,)), people)
    explained = states(
        "styringsgruppe", Participants((SKOLE,)), people, {"ppt": "PPT ansetter i januar."}
    )

    assert (is_complete(without), is_complete(explained)) == (False, True)
    assert gap_in_words(state(explained, "ppt")) == "PPT ansetter i januar."
    assert gap_in_words(state(without, "andre")) == "Ingen ennå."


def test_the_heading_counts_the_empty_seats():
    participants = Participants((SKOLE,))
    people = [sitter("leder", "A"), sitter("laerer", "B"), sitter("miljoelaerer", "C")]
    people += [sitter("mellomleder", "D")]

    one = states("arbeidsgruppe", participants, people)
    full = states("arbeidsgruppe", participants, [*people, sitter("ppt", "E")])

    assert heading(one) == "Én plass er tom"
    assert lead(one) == "Ønskelig, men ikke et krav: Rådgiver fra PPT."
    assert heading(full) == "Alle plassene er fylt"
    assert lead(full) == ""


def test_missing_seats_put_the_required_first():
    found = missing_seats(states("styringsgruppe", Participants((SKOLE,))))

    assert [each.empty for each in found] == ["must"] * 5 + ["wish"]
    assert lead(found) == "Programmet krever fem av dem. Resten er ønskelig."
