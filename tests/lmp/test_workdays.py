"""Working days of the real calendar: fixed dates from 2025 to 2027."""

from datetime import date, timedelta

import pytest

from lmp.lib.workdays import Calendar, NoWorkdayError, is_known_country

CALENDAR = Calendar()
YEAR_2026 = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]

EASTER_AND_MAY = [
    date(2026, 4, 2),  # skjærtorsdag
    date(2026, 4, 3),
    date(2026, 4, 6),
    date(2026, 5, 1),
    date(2026, 5, 14),  # Kristi himmelfartsdag
    date(2026, 5, 25),  # 2. pinsedag
    date(2027, 3, 25),
    date(2027, 3, 26),
    date(2027, 3, 29),
    date(2027, 5, 6),
    date(2027, 5, 17),  # a Monday
]


@pytest.mark.parametrize("day", EASTER_AND_MAY)
def test_is_workday_public_holiday_is_free(day):
    assert day.isoweekday() <= 5
    assert CALENDAR.is_holiday(day) is True
    assert CALENDAR.is_workday(day) is False


@pytest.mark.parametrize("day", [date(2026, 4, 1), date(2026, 4, 7), date(2026, 5, 18)])
def test_is_workday_day_beside_a_holiday_counts(day):
    assert CALENDAR.is_workday(day) is True


@pytest.mark.parametrize(
    ("day", "paused"),
    [
        (date(2026, 6, 30), False),
        (date(2026, 7, 1), True),
        (date(2026, 7, 31), True),
        (date(2026, 8, 1), False),
        (date(2026, 12, 23), False),
        (date(2026, 12, 24), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), True),
        (date(2027, 1, 2), False),
    ],
)
def test_is_paused_july_and_christmas_over_new_year(day, paused):
    assert CALENDAR.is_paused(day) is paused


def test_is_workday_year_2026_has_261_weekdays_less_8_public_holidays():
    # 26 December is a Saturday and 17 May a Sunday in 2026
    assert sum(map(Calendar(pauses=()).is_workday, YEAR_2026)) == 261 - 8


def test_add_days_counts_every_day_and_moves_nothing():
    assert CALENDAR.add(date(2026, 11, 26), 7, "days") == date(2026, 12, 3)
    assert CALENDAR.add(date(2026, 7, 20), -21, "days") == date(2026, 6, 29)
    assert CALENDAR.add(date(2026, 12, 19), 5, "days") == date(2026, 12, 24)


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (date(2026, 11, 26), -5, date(2026, 11, 19)),  # Thursday to Thursday
        (date(2026, 11, 23), -1, date(2026, 11, 20)),  # over a weekend
        (date(2026, 4, 8), -5, date(2026, 3, 27)),  # over Easter 2026
        (date(2027, 3, 24), 1, date(2027, 3, 30)),  # over Easter 2027
        (date(2027, 5, 14), 1, date(2027, 5, 18)),  # 17 May is a Monday
        (date(2026, 12, 22), 2, date(2027, 1, 4)),  # over the Christmas pause
        (date(2026, 8, 4), -2, date(2026, 6, 30)),  # over July
    ],
)
def test_add_workdays_skips_what_is_free(day, n, expected):
    assert CALENDAR.add(day, n, "workdays") == expected


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2026, 5, 17), date(2026, 7, 15)])
def test_add_workdays_zero_is_the_same_day(day):
    assert CALENDAR.add(day, 0, "workdays") == day


def test_add_workdays_from_a_sunday_counts_from_the_neighbour():
    assert CALENDAR.add(date(2026, 11, 22), 1, "workdays") == date(2026, 11, 23)
    assert CALENDAR.add(date(2026, 11, 22), -1, "workdays") == date(2026, 11, 20)


def test_add_over_the_change_of_the_clock_is_a_whole_day():
    assert CALENDAR.add(date(2026, 3, 28), 1, "days") == date(2026, 3, 29)
    assert CALENDAR.add(date(2026, 10, 24), 1, "days") == date(2026, 10, 25)


def test_add_unknown_unit_is_refused():
    with pytest.raises(ValueError, match="unknown unit 'weeks'"):
        CALENDAR.add(date(2026, 1, 5), 1, "weeks")


@pytest.mark.parametrize(
    ("day", "direction", "expected"),
    [
        (date(2026, 11, 21), "previous", date(2026, 11, 20)),
        (date(2026, 11, 21), "next", date(2026, 11, 23)),
        (date(2026, 11, 21), "none", date(2026, 11, 21)),
        (date(2026, 5, 17), "next", date(2026, 5, 18)),
        (date(2027, 5, 17), "previous", date(2027, 5, 14)),
        (date(2026, 4, 4), "previous", date(2026, 4, 1)),
        (date(2026, 4, 4), "next", date(2026, 4, 7)),
        (date(2026, 7, 9), "previous", date(2026, 6, 30)),
        (date(2026, 7, 9), "next", date(2026, 8, 3)),
        (date(2026, 12, 29), "next", date(2027, 1, 4)),
        (date(2027, 1, 1), "previous", date(2026, 12, 23)),
        (date(2026, 11, 20), "previous", date(2026, 11, 20)),
        (date(2026, 11, 20), "next", date(2026, 11, 20)),
    ],
)
def test_shift_moves_off_weekends_holidays_and_pauses(day, direction, expected):
    assert CALENDAR.shift(day, direction) == expected


def test_shift_unknown_direction_is_refused():
    with pytest.raises(ValueError, match="unknown direction 'sideways'"):
        CALENDAR.shift(date(2026, 11, 21), "sideways")


@pytest.mark.parametrize("day", YEAR_2026[::9])
def test_shift_always_ends_on_a_workday_and_is_idempotent(day):
    earlier, later = CALENDAR.shift(day, "previous"), CALENDAR.shift(day, "next")

    assert earlier <= day <= later
    assert CALENDAR.is_workday(earlier)
    assert CALENDAR.is_workday(later)
    assert CALENDAR.shift(later, "next") == later


@pytest.mark.parametrize("day", YEAR_2026[::17])
@pytest.mark.parametrize("n", [-30, -5, -1, 0, 1, 2, 20])
def test_workdays_between_undoes_add(day, n):
    assert CALENDAR.workdays_between(day, CALENDAR.add(day, n, "workdays")) == n


@pytest.mark.parametrize(
    ("a", "b", "count"),
    [
        (date(2026, 11, 24), date(2026, 11, 26), 2),
        (date(2026, 11, 20), date(2026, 11, 23), 1),
        (date(2026, 11, 23), date(2026, 11, 20), -1),
        (date(2026, 11, 20), date(2026, 11, 22), 0),
        (date(2026, 11, 20), date(2026, 11, 20), 0),
        (date(2026, 6, 30), date(2026, 8, 3), 1),
    ],
)
def test_workdays_between_counts_the_last_day_only(a, b, count):
    assert CALENDAR.workdays_between(a, b) == count


@pytest.mark.parametrize("last", [date(2026, 3, 1), date(2026, 12, 31), date(2028, 2, 29)])
def test_workdays_between_is_the_number_of_workdays_over_years(last):
    first = date(2025, 11, 14)
    days = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]

    assert CALENDAR.workdays_between(first, last) == sum(map(CALENDAR.is_workday, days))


def test_calendar_with_other_weekdays_and_no_pauses():
    monday_to_wednesday = Calendar(workdays=(1, 2, 3), pauses=())

    assert monday_to_wednesday.add(date(2026, 7, 8), 1, "workdays") == date(2026, 7, 13)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"workdays": ()}, "ISO weekdays"),
        ({"workdays": (0, 1)}, "ISO weekdays"),
        ({"holidays": "ZZ"}, "no public holidays"),
        ({"pauses": (("13-01", "13-02"),)}, "month must be in 1..12"),
    ],
)
def test_calendar_refuses_what_makes_no_sense(arguments, message):
    with pytest.raises(ValueError, match=message):
        Calendar(**arguments)


def test_calendar_that_is_always_paused_raises_instead_of_looping():
    with pytest.raises(NoWorkdayError):
        Calendar(pauses=(("01-01", "12-31"),)).shift(date(2026, 1, 5), "next")


def test_is_known_country():
    assert is_known_country("NO") is True
    assert is_known_country("no such") is False
