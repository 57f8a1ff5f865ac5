"""Which step of a deadline is sent on a day, and with what words."""

from datetime import date

import pytest

from cohorts.rules.deadlines import steps_from
from lmp.lib.workdays import Calendar
from meetings.rules.reminder import (
    Step,
    due_range,
    fill_in,
    sending_day,
    steps_due,
    steps_of,
    without_link,
)

CALENDAR = Calendar()
GRUNNLAG = steps_of(steps_from([-5, 0, 3], [(5, "eier")]))
DUE = date(2026, 11, 26)  # a Thursday


def due_on(day: date) -> list[Step]:
    return steps_due(GRUNNLAG, DUE, "workdays", CALENDAR, day)


def test_nothing_is_sent_before_the_first_step():
    assert due_on(date(2026, 11, 18)) == []


def test_first_step_goes_out_five_workdays_before():
    assert due_on(date(2026, 11, 19)) == [Step(-5)]


def test_a_step_missed_over_the_weekend_is_caught_up():
    assert due_on(date(2026, 11, 23)) == [Step(-5)]


def test_only_the_latest_of_the_missed_steps_is_sent():
    assert due_on(date(2026, 12, 1)) == [Step(3)]


def test_escalation_goes_to_the_next_beside_the_reminder():
    assert due_on(date(2026, 12, 3)) == [Step(3), Step(5, "eier")]


def test_a_rule_about_last_year_sends_nothing():
    assert due_on(date(2027, 11, 26)) == []


def test_a_step_before_the_due_day_never_moves_nearer_it():
    # Sunday 15 November: the Friday before.
    assert sending_day(date(2026, 11, 19), -4, "days", CALENDAR) == date(2026, 11, 13)


def test_a_step_after_the_due_day_waits_for_a_working_day():
    # 13 May + 4 days is Sunday 17 May 2026.
    assert sending_day(date(2026, 5, 13), 4, "days", CALENDAR) == date(2026, 5, 18)


def test_a_moved_due_day_is_a_new_occasion():
    assert Step(-5).occasion(DUE) == "remind-5@2026-11-26"
    assert Step(-5).occasion(date(2026, 12, 1)) == "remind-5@2026-12-01"
    assert Step(5, "eier").occasion(DUE) == "to-eier+5@2026-11-26"


@pytest.mark.parametrize("day", [date(2026, 11, 19), date(2026, 12, 3), date(2026, 12, 10)])
def test_range_for_sql_holds_every_due_day_that_may_have_a_step(day):
    earliest, latest = due_range(GRUNNLAG, "workdays", day)

    assert earliest <= DUE <= latest


def test_a_rule_without_steps_has_no_range():
    assert due_range([], "days", DUE) is None


def test_placeholders_are_filled_in_and_unknown_ones_vanish():
    assert fill_in(
        "{enhet} har frist {frist}. {ukjent}", {"enhet": "Granli", "frist": "i dag"}
    ) == ("Granli har frist i dag.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Grunnlaget har frist {frist}. Send dem her: {lenke}", "Grunnlaget har frist {frist}."),
        ("Gå gjennom planen senest {frist}: {lenke}", "Gå gjennom planen senest {frist}."),
    ],
)
def test_a_mail_shows_the_link_as_a_button_not_in_the_text(text, expected):
    assert without_link(text) == expected
