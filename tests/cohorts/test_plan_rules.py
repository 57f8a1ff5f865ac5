"""What a plan and a review must hold, and how a plan stands in words."""

from datetime import date

import pytest

from cohorts.rules.plan import answered, missing_in_review, moved, stamp_of
from cohorts.rules.plan_words import (
    TiltakFact,
    plan_heading,
    plan_lead,
    review_state,
    waiting_to_be_evaluated,
)

TODAY = date(2026, 11, 20)
DUE = date(2026, 12, 18)
REVIEW = {
    "held_on": TODAY,
    "verdicts": [{"tiltak": 1, "verdict": "continue", "text": ""}],
    "voices": "",
    "conclusion": "continue",
    "ahead": "Rutinen skal tåle vikarer.",
    "next_review": date(2027, 6, 3),
}


def test_what_goes_on_needs_no_words():
    assert missing_in_review(REVIEW, [1]) == []


@pytest.mark.parametrize("verdict", ["adjust", "end"])
def test_what_changes_needs_a_reason(verdict):
    data = {**REVIEW, "verdicts": [{"tiltak": 1, "verdict": verdict, "text": " "}]}

    assert missing_in_review(data, [1]) == ["text-1"]
    data["verdicts"][0]["text"] = "Vi mangler vikarer."
    assert missing_in_review(data, [1]) == []


def test_each_tiltak_gets_a_verdict():
    assert missing_in_review(REVIEW, [1, 2]) == ["verdict-2"]


def test_an_empty_review_lacks_everything():
    empty = {
        "held_on": None,
        "verdicts": [],
        "voices": "",
        "conclusion": "",
        "ahead": " ",
        "next_review": None,
    }

    assert missing_in_review(empty, []) == ["held_on", "conclusion", "ahead", "next_review"]


def test_moving_one_place_and_not_over_the_ends():
    assert moved([1, 2, 3], 2, -1) == [2, 1, 3]
    assert moved([1, 2, 3], 2, 1) == [1, 3, 2]
    assert moved([1, 2, 3], 1, -1) == [1, 2, 3]
    assert moved([1, 2, 3], 3, 1) == [1, 2, 3]
    assert moved([1, 2], 9, 1) == [1, 2]


def test_only_known_points_and_answers_are_kept_of_a_checklist():
    checks = {"loven": "yes", "barnet": "maybe", "ukjent": "no"}

    assert answered(checks, ["barnet", "loven"]) == {"loven": "yes"}


def test_a_stamp_differs_with_the_text():
    assert stamp_of({"a": "x"}) == stamp_of({"a": "x"})
    assert stamp_of({"a": "x"}) != stamp_of({"a": "y"})


@pytest.mark.parametrize(
    ("facts", "heading"),
    [
        ({"goals": 0}, "Planen er tom ennå."),
        ({}, "Planen er i rute. Gjennomgangen gjenstår."),
        ({"reviewed": True}, "Planen er i rute. Den er gjennomgått dette semesteret."),
        ({"due": None}, "Planen er i rute."),
        ({"due": date(2026, 11, 19)}, "Planen er i rute. Gjennomgangen er over fristen."),
        ({"waiting": 1}, "Ett tiltak skulle vært vurdert. Gjennomgangen gjenstår."),
        ({"waiting": 2}, "To tiltak skulle vært vurdert. Gjennomgangen gjenstår."),
    ],
)
def test_the_heading_says_how_the_plan_stands(facts, heading):
    values = {"goals": 2, "waiting": 0, "reviewed": False, "due": DUE, "today": TODAY, **facts}

    assert plan_heading(**values) == heading


@pytest.mark.parametrize(
    ("goals", "statuses", "lead"),
    [
        (
            2,
            ["under_way", "done", "under_way", "not_begun"],
            "To mål og fire tiltak. Ett tiltak er ferdig, to er i gang og ett er ikke begynt.",
        ),
        (1, ["under_way", "ended"], "Ett mål og ett tiltak. Ett tiltak er i gang."),
        (1, [], "Ett mål og ingen tiltak ennå."),
        (3, ["done", "done"], "Tre mål og to tiltak. To tiltak er ferdige."),
    ],
)
def test_the_lead_counts_in_words(goals, statuses, lead):
    assert plan_lead(goals, [TiltakFact(status, DUE) for status in statuses]) == lead


def test_tiltak_that_go_on_wait_to_be_evaluated_from_the_day_after():
    tiltak = [
        TiltakFact("under_way", date(2026, 11, 19)),
        TiltakFact("not_begun", TODAY),
        TiltakFact("done", date(2026, 11, 1)),
        TiltakFact("ended", date(2026, 11, 1)),
    ]

    assert waiting_to_be_evaluated(tiltak, TODAY) == 1


def test_the_day_of_the_review_alone():
    assert review_state(date(2026, 6, 11)) == "Gjennomgått 11. juni."
    assert review_state(None) == "Planen er ikke gjennomgått ennå."
