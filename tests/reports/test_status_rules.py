"""The status engine: one answer for meetings, papers and work, each at its edges."""

from datetime import date

import pytest

from lmp.lib.workdays import Calendar
from reports.rules.status import (
    NOT_APPLICABLE,
    Cell,
    is_soon,
    meetings_cell,
    papers_cell,
    together,
    work_cell,
)

CALENDAR = Calendar()
TODAY = date(2026, 11, 20)  # a Friday
YESTERDAY = date(2026, 11, 19)
NEXT_WEEK = date(2026, 11, 27)


def meetings(done=0, planned=0, target=2, date_due=None, over=False) -> Cell:
    return meetings_cell(
        done=done, planned=planned, target=target, date_due=date_due, today=TODAY, over=over
    )


def test_meetings_held_are_fulfilled():
    assert meetings(done=2) == Cell("fulfilled", done=2, target=2)


def test_meetings_above_the_target_are_fulfilled_too():
    assert meetings(done=3).status == "fulfilled"


def test_meetings_with_a_date_are_planned():
    assert meetings(done=1, planned=1) == Cell("planned", done=1, planned=1, target=2)


def test_meetings_without_a_date_are_soon_due_before_the_deadline_for_dates():
    assert meetings(date_due=NEXT_WEEK) == Cell("due_soon", target=2, due=NEXT_WEEK)


def test_meetings_without_a_date_are_missing_after_the_deadline_for_dates():
    cell = meetings(done=1, date_due=YESTERDAY)

    assert cell == Cell("missing", done=1, target=2, late=1, due=YESTERDAY)


def test_meetings_not_held_when_the_semester_is_over_are_missing():
    assert meetings(done=1, over=True) == Cell("missing", done=1, target=2, late=1)


def test_an_optional_meeting_is_never_late():
    assert meetings(target=0, over=True) == NOT_APPLICABLE


def test_an_optional_meeting_that_was_held_is_shown():
    assert meetings(done=1, target=0) == Cell("fulfilled", done=1)


def papers(*dues, sent=0) -> Cell:
    return papers_cell(dues_open=dues, sent=sent, today=TODAY, calendar=CALENDAR)


def test_no_meeting_demands_no_paper():
    assert papers() == NOT_APPLICABLE


def test_all_papers_sent_are_fulfilled():
    assert papers(sent=3) == Cell("fulfilled", done=3, target=3)


def test_a_paper_after_its_deadline_is_overdue():
    cell = papers(YESTERDAY, NEXT_WEEK, sent=1)

    assert cell == Cell("overdue", done=1, target=3, late=1, due=YESTERDAY)


def test_a_paper_due_today_is_soon_not_overdue():
    assert papers(TODAY).status == "due_soon"


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (date(2026, 11, 25), True),  # Wednesday: three working days
        (date(2026, 11, 26), False),  # Thursday: four
        (TODAY, True),
        (YESTERDAY, False),
    ],
)
def test_soon_is_three_working_days_or_fewer(due, expected):
    assert is_soon(due, TODAY, CALENDAR) is expected


def work(done=0, target=1, due=NEXT_WEEK) -> Cell:
    return work_cell(done=done, target=target, due=due, today=TODAY, calendar=CALENDAR)


def test_registered_work_is_fulfilled_and_has_no_deadline_left():
    assert work(done=1) == Cell("fulfilled", done=1, target=1)


def test_work_not_done_before_its_deadline_is_planned():
    assert work() == Cell("planned", target=1, due=NEXT_WEEK)


def test_work_not_done_after_its_deadline_is_overdue():
    assert work(due=YESTERDAY) == Cell("overdue", target=1, late=1, due=YESTERDAY)


def test_work_that_is_only_welcome_is_never_late():
    assert work(target=0, due=YESTERDAY) == NOT_APPLICABLE
    assert work(done=2, target=0, due=YESTERDAY) == Cell("fulfilled", done=2)


def test_several_cells_together_are_as_grave_as_the_gravest():
    cells = [
        Cell("fulfilled", done=2, target=2),
        Cell("overdue", done=1, target=2, late=1, due=YESTERDAY),
        Cell("due_soon", target=1, due=NEXT_WEEK),
    ]

    assert together(cells) == Cell("overdue", done=3, target=5, late=1, due=YESTERDAY)


def test_what_does_not_apply_adds_nothing():
    assert together([NOT_APPLICABLE, Cell("planned", target=1)]) == Cell("planned", target=1)
    assert together([NOT_APPLICABLE]) == NOT_APPLICABLE


@pytest.mark.parametrize(
    ("status", "expected"), [("overdue", True), ("missing", True), ("planned", False)]
)
def test_behind_is_what_is_over_its_deadline(status, expected):
    assert Cell(status).is_behind is expected
