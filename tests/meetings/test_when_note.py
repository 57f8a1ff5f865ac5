"""How long it is to a meeting, in words."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from meetings.models import Meeting
from meetings.views.meeting_page import when_note

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ((2026, 11, 20), "i dag"),
        ((2026, 12, 18), "om 28 dager"),
        ((2026, 12, 21), ""),
    ],
)
def test_days_are_not_counted_to_a_meeting_far_ahead(day, expected):
    meeting = Meeting(start=datetime(*day, 9, tzinfo=ZoneInfo("Europe/Oslo")))

    assert when_note(meeting, [], FRIDAY, over=False) == expected
