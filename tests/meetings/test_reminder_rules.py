"""Which step of a deadline is sent on a day, and with what words."""

from datetime import date, timedelta

import pytest

from cohorts.rules.deadlines import steps_from
from lmp.lib.workdays import Calendar
from meetings.rules.reminder import (
    Period,
    Sending,
    Step,
    due_span,
    fill_in,
    occasion_day,
    sending_day,
    sendings,
    step_in,
    steps_of,
    window_start,
    without_link,
)

CALENDAR = Calendar()
GRUNNLAG = steps_of(steps_from([-5, 0, 3], [(5, "eier")]))
DUE = date(2026, 11, 26)  # a Thursday


def todo(day: date, since: date | None = None, born: date = date(2026, 9, 1), steps=GRUNNLAG):
    """The steps to send and those that were missed on a day."""
    period = Period(window_start(day, CALENDAR), day, since)
    found = sendings(steps, DUE, "workdays", CALENDAR, period, born)
    return [e.step for e in found if not e.missed], [e.step for e in found if e.missed]


def test_nothing_is_sent_before_the_first_step():
    assert todo(date(2026, 11, 18)) == ([], [])


def test_first_step_goes_out_five_workdays_before():
    assert todo(date(2026, 11, 19)) == ([Step(-5)], [])


def test_a_step_of_three_working_days_ago_is_caught_up_and_an_older_one_is_not():
    # From Thursday 19 November three working days reach to Tuesday 24 November.
    assert todo(date(2026, 11, 24)) == ([Step(-5)], [])
    assert todo(date(2026, 11, 25)) == ([], [])


def test_offset_0_goes_out_on_the_due_day():
    assert todo(DUE) == ([Step(0)], [])


def test_only_the_latest_of_the_missed_steps_is_sent():
    assert todo(date(2026, 12, 1)) == ([Step(3)], [])


def test_escalation_goes_to_the_next_beside_the_reminder():
    assert todo(date(2026, 12, 3)) == ([Step(3), Step(5, "eier")], [])


def test_a_rule_about_last_year_sends_nothing_and_missed_nothing():
    assert todo(date(2027, 11, 26), since=date(2027, 11, 25)) == ([], [])


def test_an_outage_of_two_days_misses_nothing():
    assert todo(date(2026, 11, 23), since=date(2026, 11, 18)) == ([Step(-5)], [])


def test_after_two_weeks_the_latest_is_sent_and_the_others_were_missed():
    assert todo(date(2026, 12, 2), since=date(2026, 11, 18)) == ([Step(3)], [Step(-5), Step(0)])


def test_after_three_weeks_all_were_missed():
    sent, missed = todo(date(2026, 12, 9), since=date(2026, 11, 18))

    assert (sent, missed) == ([], [Step(-5), Step(0), Step(3), Step(5, "eier")])


def test_nothing_was_missed_before_the_last_scan_nor_before_the_thing_came_to_be():
    two_weeks = date(2026, 12, 2)
    assert todo(two_weeks, since=date(2026, 11, 20)) == ([Step(3)], [Step(0)])
    assert todo(two_weeks, since=date(2026, 11, 18), born=date(2026, 11, 27)) == ([Step(3)], [])


def test_a_duty_born_late_is_reminded_of_once():
    born = date(2026, 12, 1)
    assert todo(born, since=born, born=born) == ([Step(3)], [])


def test_two_steps_of_one_day_are_one_reminder():
    steps = [Step(-4), Step(-3)]
    # With 1 day's notice: Saturday and Sunday both fall on the Friday before.
    period = Period(date(2026, 11, 17), date(2026, 11, 20), date(2026, 11, 19))
    found = sendings(steps, date(2026, 11, 25), "days", CALENDAR, period, date(2026, 9, 1))

    assert found == [Sending(date(2026, 11, 20), Step(-3))]


def test_17_may_is_no_working_day():
    # Due on the national day, a Monday in 2027: the step of the day itself waits until Tuesday.
    due = date(2027, 5, 17)
    assert sending_day(due, 0, "workdays", CALENDAR) == date(2027, 5, 18)
    assert sending_day(due, -1, "workdays", CALENDAR) == date(2027, 5, 14)
    assert sending_day(due, -1, "days", CALENDAR) == date(2027, 5, 14)
    assert window_start(date(2027, 5, 18), CALENDAR) == date(2027, 5, 12)


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


@pytest.mark.parametrize("unit", ["days", "workdays"])
@pytest.mark.parametrize("offset", [-120, -21, -5, -1, 0, 1, 7, 35, 120])
@pytest.mark.parametrize("day", [date(2026, 11, 20), date(2027, 1, 4), date(2027, 7, 31)])
def test_the_span_for_sql_holds_exactly_the_due_days_that_are_sent(unit, offset, day):
    last = day + timedelta(days=6)

    span = due_span(offset, unit, CALENDAR, day, last)

    near = [day + timedelta(days=n) for n in range(-400, 400)]
    sent = [due for due in near if day <= sending_day(due, offset, unit, CALENDAR) <= last]
    assert span == ((sent[0], sent[-1]) if sent else None)


def test_no_step_is_sent_in_july():
    assert due_span(0, "days", CALENDAR, date(2027, 7, 1), date(2027, 7, 31)) is None


def test_an_occasion_tells_its_due_day():
    assert occasion_day("to-eier+5@2026-11-26") == DUE
    assert occasion_day("remind-5@2026-11-26/eier") == DUE
    assert occasion_day("invited") is None


def test_placeholders_are_filled_in_and_unknown_ones_vanish():
    assert fill_in(
        "{enhet} har frist {frist}. {ukjent}", {"enhet": "Granli", "frist": "i dag"}
    ) == ("Granli har frist i dag.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Grunnlaget har frist {frist}. Send dem her: {lenke}", "Grunnlaget har frist {frist}."),
        ("Gå gjennom planen senest {frist}: {lenke}", "Gå gjennom planen senest {frist}."),
        ("Se tid, sted og saksliste her: {lenke}", "Se tid, sted og saksliste her."),
    ],
)
def test_a_mail_shows_the_link_as_a_button_not_in_the_text(text, expected):
    assert without_link(text) == expected


@pytest.mark.parametrize(
    "step", [Step(-5), Step(0), Step(21), Step(3, "arbeidsgruppe"), Step(-2, "udir-2")]
)
def test_an_occasion_says_which_step_it_was(step):
    assert step_in(step.occasion(date(2026, 11, 21))) == step


@pytest.mark.parametrize("occasion", ["", "invited", "version-2", "released", "moved-3"])
def test_a_message_has_no_step(occasion):
    assert step_in(occasion) is None
