from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from actors.rules.wishes import may_be_chosen_away, when_to_send

OSLO = ZoneInfo("Europe/Oslo")


@dataclass
class Wish:
    reminders: str = "daily"
    messages: str = "daily"
    hour: int = 7


def oslo(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=OSLO)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (oslo(2026, 11, 20, 10), oslo(2026, 11, 20, 10)),  # a Friday
        (oslo(2026, 11, 20, 6, 59), oslo(2026, 11, 20, 7)),
        (oslo(2026, 11, 20, 7), oslo(2026, 11, 20, 7)),
        (oslo(2026, 11, 20, 16, 59), oslo(2026, 11, 20, 16, 59)),
        (oslo(2026, 11, 20, 17), oslo(2026, 11, 23, 7)),
        (oslo(2026, 11, 21, 10), oslo(2026, 11, 23, 7)),
        (oslo(2027, 5, 14, 20), oslo(2027, 5, 18, 7)),  # the weekend, Whit Monday and 17 May
        (oslo(2027, 6, 30, 17), oslo(2027, 8, 2, 7)),
        (oslo(2026, 12, 24, 8), oslo(2027, 1, 4, 7)),
        (oslo(2027, 3, 27, 12), oslo(2027, 3, 30, 7)),  # Easter, and the clocks go forward
        (oslo(2026, 10, 23, 18), oslo(2026, 10, 26, 7)),  # the clocks go back
    ],
)
def test_without_a_wish_it_comes_on_working_days_from_7_to_17(moment, expected):
    assert when_to_send("reminder", False, None, moment) == expected


def test_the_night_is_norwegian_whatever_the_zone_of_the_moment():
    utc = datetime(2026, 7, 31, 23, 30, tzinfo=ZoneInfo("UTC"))  # Saturday 01.30 in Norway
    assert when_to_send("message", False, None, utc) == oslo(2026, 8, 3, 7)


@pytest.mark.parametrize(
    ("category", "urgent"), [("decision", False), ("decision", True), ("reminder", True)]
)
@pytest.mark.parametrize("moment", [oslo(2027, 7, 17, 3), oslo(2027, 5, 17, 23)])
def test_decisions_and_what_is_urgent_go_at_once_whatever_is_wished(category, urgent, moment):
    wish = Wish(reminders="never", messages="never", hour=15)
    assert when_to_send(category, urgent, wish, moment) == moment


def test_each_category_has_its_own_wish():
    wish = Wish(reminders="never", messages="daily", hour=12)
    friday = oslo(2026, 11, 20, 10)
    assert when_to_send("reminder", False, wish, friday) is None
    assert when_to_send("message", False, wish, friday) == oslo(2026, 11, 20, 12)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (oslo(2026, 11, 23, 13), oslo(2026, 11, 23, 13)),  # a Monday
        (oslo(2026, 11, 23, 6), oslo(2026, 11, 23, 12)),
        (oslo(2026, 11, 23, 17), oslo(2026, 11, 30, 12)),
        (oslo(2026, 11, 24, 13), oslo(2026, 11, 30, 12)),
        (oslo(2027, 5, 12, 13), oslo(2027, 5, 18, 12)),  # Monday is 17 May: Tuesday
        (oslo(2027, 6, 29, 13), oslo(2027, 8, 2, 12)),
    ],
)
def test_weekly_is_the_first_working_day_of_the_week(moment, expected):
    wish = Wish(reminders="weekly", hour=12)
    assert when_to_send("reminder", False, wish, moment) == expected


@pytest.mark.parametrize(
    ("moment", "due", "expected"),
    [
        (oslo(2026, 11, 24, 13), date(2026, 11, 27), oslo(2026, 11, 24, 13)),
        (oslo(2026, 11, 24, 11), date(2026, 11, 24), oslo(2026, 11, 24, 12)),
        (oslo(2026, 11, 24, 18), date(2026, 11, 27), oslo(2026, 11, 25, 12)),
        (oslo(2026, 11, 24, 13), date(2026, 11, 30), oslo(2026, 11, 24, 13)),
        (oslo(2026, 11, 24, 13), date(2026, 12, 1), oslo(2026, 11, 30, 12)),
        (oslo(2026, 11, 24, 13), date(2026, 11, 23), oslo(2026, 11, 30, 12)),
        (oslo(2027, 7, 6, 13), date(2027, 7, 9), oslo(2027, 8, 2, 12)),
    ],
)
def test_weekly_does_not_wait_past_the_deadline(moment, due, expected):
    wish = Wish(reminders="weekly", hour=12)
    assert when_to_send("reminder", False, wish, moment, due) == expected


def test_only_reminders_and_messages_may_be_chosen_away():
    chosen = [each for each in ("reminder", "message", "decision") if may_be_chosen_away(each)]
    assert chosen == ["reminder", "message"]
