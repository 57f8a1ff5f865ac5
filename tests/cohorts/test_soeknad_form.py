"""The form as data, how far its parts have come, and what happens when two save the same."""

import pytest

from cohorts.rules.soeknad_answered import unanswered
from cohorts.rules.soeknad_form import PARTS, PPT_UNLISTED, all_questions, parts_for
from cohorts.rules.soeknad_progress import (
    BEGUN,
    DONE,
    NOT_BEGUN,
    OPTIONAL,
    WAITING,
    Contents,
    PartnerFacts,
    UnitFacts,
    next_part,
    progress,
)
from cohorts.rules.soeknad_save import (
    CONFLICT,
    KEEP,
    WRITE,
    empty,
    is_touched,
    sentences,
    stamp,
    version_in,
    when_stale,
)
from cohorts.rules.soeknad_words import answer_in_words, bar_label, heading, lead, note

QUESTIONS = all_questions("kommune")


def states(**values):
    """The state of each part by its slug."""
    values = {"applicant": "kommune", "confirmations": ("a", "b")} | values
    return {each.part.slug: each.state for each in progress(Contents(**values))}


def unit(part="delivered", kind="skole", **values):
    return UnitFacts(name="Åsen skole", kind=kind, part=part, **values)


def test_every_question_has_a_key_of_its_own_and_keys_fit_where_they_are_stored():
    keys = [question.key for part in PARTS for question in part.questions]
    assert len(keys) == len(set(keys))
    assert max(map(len, keys)) <= 40


def test_a_private_school_is_asked_about_its_board_and_host_and_never_about_partners():
    school = all_questions("frittstaaende_skole")
    assert {"anchored_board", "host_kommune", "shared_resource", "spread_school"} <= set(school)
    assert not {"anchored_authority", "anchored_owner", "roles", "spread"} & set(school)
    assert "sammen" not in [part.slug for part in parts_for("frittstaaende_skole")]


def test_an_empty_soeknad_has_only_the_part_that_nobody_need_write_done():
    assert states() == {
        "kontakt": NOT_BEGUN,
        "sammen": DONE,
        "enheter": NOT_BEGUN,
        "deler": NOT_BEGUN,
        "behov": NOT_BEGUN,
        "barn": NOT_BEGUN,
        "ppt": NOT_BEGUN,
        "tid": NOT_BEGUN,
        "spredning": NOT_BEGUN,
        "annet": NOT_BEGUN,
        "vedlegg": OPTIONAL,
        "bekreft": NOT_BEGUN,
    }


def test_a_part_is_done_when_every_required_question_is_answered():
    answers = {"children_plan": "Vi spør dem."}
    assert states(answers=answers)["barn"] == BEGUN
    assert states(answers=answers | {"parents_plan": " \n"})["barn"] == BEGUN
    assert states(answers=answers | {"parents_plan": "Vi ringer."})["barn"] == DONE


def test_which_ppt_of_what_kind_and_whom_to_ask_is_needed():
    part = next(each for each in PARTS if each.slug == "ppt")
    given = {"ppt_plan": "De er med."}
    missing = [question.key for question in unanswered("kommune", part, given)]
    assert missing == ["ppt", "ppt_kind", "ppt_contact"]
    given |= {"ppt": "7", "ppt_kind": "kommunal", "ppt_contact": "Siri Dal"}
    assert unanswered("kommune", part, given) == []
    missing = unanswered("kommune", part, given | {"ppt": PPT_UNLISTED})
    assert [question.key for question in missing] == ["ppt_name"]


def test_files_are_told_and_never_counted():
    contents = Contents("kommune", attachments=2)
    parts = progress(contents)
    assert {each.part.slug: each.state for each in parts}["vedlegg"] == DONE
    assert {each.part.slug: note(each, contents) for each in parts}["vedlegg"] == (
        "To filer er lagt ved."
    )
    assert heading(parts) == heading(progress(Contents("kommune")))


def test_the_barnehagemyndighet_is_asked_only_where_it_applies():
    part = next(each for each in PARTS if each.slug == "behov")
    both = {"roles": ["skoleeier", "barnehagemyndighet"]}
    asked = [question.key for question in unanswered("kommune", part, both)]
    assert "anchored_authority" in asked
    alone = [question.key for question in unanswered("kommune", part, {"roles": ["skoleeier"]})]
    assert set(asked) - set(alone) == {"anchored_authority"}


def test_a_tick_without_its_date_is_missing():
    contents = Contents("kommune", {"anchored_staff": {"yes": True, "date": ""}})
    found = next(each for each in progress(contents) if each.part.slug == "behov")
    assert "anchored_staff" in [question.key for question in found.missing]


@pytest.mark.parametrize(
    ("statuses", "styringsgruppe", "state"),
    [
        (["asked"], "", WAITING),
        (["asked", "confirmed"], "felles", WAITING),
        (["confirmed"], "", BEGUN),
        (["confirmed"], "egne", DONE),
        (["declined", "withdrawn"], "", DONE),
    ],
)
def test_partners_who_are_asked_are_waited_for(statuses, styringsgruppe, state):
    partners = tuple(PartnerFacts("Langneset kommune", status) for status in statuses)
    found = states(partners=partners, answers={"styringsgruppe": styringsgruppe})
    assert found["sammen"] == state


@pytest.mark.parametrize(
    ("units", "chosen", "own_parts"),
    [
        ([], NOT_BEGUN, NOT_BEGUN),
        ([unit("declined")], NOT_BEGUN, NOT_BEGUN),
        ([unit(), unit("draft")], DONE, WAITING),
        ([unit(), unit("declined")], DONE, DONE),
        ([unit(), unit("not_started", left_out=True)], DONE, DONE),
    ],
)
def test_units_and_their_own_parts(units, chosen, own_parts):
    found = states(units=tuple(units))
    assert (found["enheter"], found["deler"]) == (chosen, own_parts)


@pytest.mark.parametrize(
    ("given", "state"), [([], NOT_BEGUN), (["a"], BEGUN), (["b", "a"], DONE), (["x"], NOT_BEGUN)]
)
def test_every_confirmation_of_the_programme_is_needed(given, state):
    assert states(answers={"confirmations": given})["bekreft"] == state


def test_a_joint_part_stands_only_where_the_opptak_has_joint_applications():
    assert "sammen" not in states(joint=False)


def test_the_next_part_is_one_that_is_begun_before_one_that_is_not():
    parts = progress(Contents("kommune", {"time_plan": "Hver uke."}, confirmations=("a",)))
    assert next_part(parts).part.slug == "tid"
    assert next_part(progress(Contents("kommune", confirmations=("a",)))).part.slug == "kontakt"


def test_the_heading_counts_and_the_lead_says_whom_it_waits_for():
    answers = {"children_plan": "a", "parents_plan": "b", "time_plan": "c"}
    contents = Contents("kommune", answers, (unit("draft"),), confirmations=("a",))
    parts = progress(contents)
    assert heading(parts) == "Tre av elleve deler er ferdige"
    assert lead(parts) == "Sju deler gjenstår hos dere, og én venter på andre."
    assert bar_label(parts) == "3 av 11 deler er ferdige, 2 er påbegynt"


def test_the_notes_say_what_is_missing():
    partners = (PartnerFacts("Langneset kommune", "asked"),)
    units = (unit(children=612), unit(kind="barnehage"), unit(kind="barnehage"))
    contents = Contents("kommune", {"challenges": "x"}, units, partners, ("a", "b", "c", "d"))
    notes = {each.part.slug: note(each, contents) for each in progress(contents)}
    assert notes["sammen"] == "Langneset kommune må bekrefte før dere kan sende."
    assert notes["enheter"] == "To barnehager og én skole, 612 barn og elever"
    assert notes["behov"] == "Fem svar mangler."
    assert notes["bekreft"] == "Fire ting dere forplikter dere til"
    assert notes["tid"] == ""


def test_answers_are_read_in_words():
    words = {
        "challenges": "Lav trivsel.",
        "sources": ["tilsyn", "annet"],
        "maalform": "nn",
        "samisk": True,
        "ppt": "7",
        "anchored_staff": {"yes": True, "date": "2026-10-21"},
    }
    found = {
        key: answer_in_words(QUESTIONS[key], value, {"7": "PPT Nordvik"})
        for key, value in words.items()
    }
    assert found == {
        "challenges": "Lav trivsel.",
        "sources": "Tilsyn og Annet",
        "maalform": "Nynorsk",
        "samisk": "Ja",
        "ppt": "PPT Nordvik",
        "anchored_staff": "Ja, 21.10.2026",
    }
    assert answer_in_words(QUESTIONS["anchored_staff"], None, {}) == ""


@pytest.mark.parametrize(
    ("stored", "incoming", "decision"),
    [
        ("Vi ser A.", "Vi ser B.", CONFLICT),
        ("Vi ser A.", "Vi ser A. Og B.", WRITE),
        ("", "Vi ser B.", WRITE),
        ("Vi ser A.", "", KEEP),
        ("Vi ser A.", " \n ", KEEP),
        (["tilsyn"], ["annet"], WRITE),
        (True, False, WRITE),
        ({"yes": True, "date": ""}, {"yes": True, "date": "2026-10-21"}, WRITE),
    ],
)
def test_what_a_stale_save_becomes(stored, incoming, decision):
    assert when_stale(stored, incoming) == decision


def test_a_stamp_tells_what_the_page_was_made_from():
    made = stamp(3, "Vi ser A.")
    assert version_in(made) == 3
    assert not is_touched(made, "Vi ser A.")
    assert is_touched(made, "Vi ser B.")
    assert [version_in(broken) for broken in ("", "x.1", "-1.a", "9" * 30)] == [0, 0, 0, 0]


def test_nobody_shares_the_empty_value_of_another():
    empty("many").append("x")
    assert empty("many") == []


def test_the_sentences_that_only_one_has_are_marked():
    found = sentences("Vikarer er vanskelig. Vi bør øve.\n", "Vikarer er vanskelig. Andre trinn.")
    assert [(each.text, each.only_here) for each in found] == [
        ("Vikarer er vanskelig. ", False),
        ("Vi bør øve.\n", True),
    ]
