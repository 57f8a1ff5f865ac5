"""When something is due, and the key that keeps it from being stored twice."""

from datetime import date

import pytest

from lmp.lib.workdays import Calendar
from meetings.rules.obligation import (
    Owed,
    actors_owing,
    applies_to_unit,
    due_day,
    opening_day,
    target_count,
    whole_months,
)

CALENDAR = Calendar()


def test_grunnlag_is_due_five_workdays_before_the_meeting():
    assert due_day(date(2026, 12, 3), -5, "workdays", "previous", CALENDAR) == date(2026, 11, 26)


def test_due_day_on_17_may_moves_to_the_next_working_day():
    # 10 May + 7 days is Sunday 17 May 2026.
    assert due_day(date(2026, 5, 10), 7, "days", "next", CALENDAR) == date(2026, 5, 18)


def test_due_day_in_july_moves_before_the_pause():
    assert due_day(date(2026, 7, 10), 0, "days", "previous", CALENDAR) == date(2026, 6, 30)


def test_offset_zero_on_a_working_day_is_the_day_itself():
    assert due_day(date(2026, 12, 18), 0, "days", "previous", CALENDAR) == date(2026, 12, 18)


def test_opening_day_counts_from_the_due_day():
    assert opening_day(date(2026, 12, 18), -21, "days", CALENDAR) == date(2026, 11, 27)


def test_without_an_opening_it_can_always_be_done():
    assert opening_day(date(2026, 12, 18), None, "days", CALENDAR) is None


@pytest.mark.parametrize(
    ("owed_by", "expected"),
    [("leder", ["leder"]), ("responsible", ["eier"]), ("asked", ["ppt", "veileder"])],
)
def test_special_words_stand_for_the_activitys_actors(owed_by, expected):
    assert actors_owing(owed_by, "eier", ["ppt", "veileder"]) == expected


def test_a_point_has_its_own_responsible():
    assert actors_owing("responsible", "leder", [], "ppt") == ["ppt"]


@pytest.mark.parametrize(
    ("applies_to", "kind", "first", "number", "expected"),
    [
        ("", "skole", 0, 3, True),
        ("barnehage", "skole", 0, 3, False),
        ("skole", "skole", 3, 3, True),
        ("", "skole", 4, 3, False),
    ],
)
def test_a_unit_that_joins_late_owes_nothing_from_before(applies_to, kind, first, number, expected):
    assert applies_to_unit(applies_to, kind, first, number) is expected


def test_arbeidsgruppe_meets_twice_a_whole_month():
    # From 1 August to 18 December there are four whole months.
    assert target_count("per_month", 2, date(2026, 8, 1), date(2026, 12, 18)) == 8


def test_whole_months_needs_the_same_day_of_the_month():
    assert whole_months(date(2026, 1, 31), date(2026, 2, 28)) == 0


def test_key_tells_what_it_is_about_and_nothing_else():
    owed = Owed(
        rule_id=4,
        activity_id=9,
        actor="leder",
        office="leder",
        due=date(2026, 11, 26),
        deltakelse_id=2,
        unit_id=7,
        meeting_id=12,
    )

    moved = Owed(**{**owed.__dict__, "due": date(2026, 12, 1)})

    assert owed.key == "r4:m12:d2:u7:leder"
    assert moved.key == owed.key


def test_key_without_a_rule_is_about_the_activity():
    owed = Owed(
        rule_id=None,
        activity_id=9,
        actor="eier",
        office="eier",
        due=date(2026, 12, 18),
        deltakelse_id=2,
        semester_id=3,
    )

    assert owed.key == "a9:s3:d2:eier"
