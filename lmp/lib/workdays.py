"""Working days: the calendar in which every deadline is counted.

Pure functions of dates: no clock, no time zone (a due day is a local date, so daylight saving
time does not matter). Public holidays come from the ``holidays`` package.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays as public_holidays

# The words come from a database column: a wrong one raises ValueError where it is used.
Unit = str  # days, workdays
Direction = str  # previous, next, none

ONE_DAY = timedelta(days=1)
LONGEST_SEARCH = 800  # days; a calendar with no working day for two years has none at all


class NoWorkdayError(ValueError):
    """The calendar has no working day where one was looked for."""


@lru_cache(maxsize=32)
def is_known_country(code: str) -> bool:
    """Say whether the public holidays of the country with this ISO 3166 code are known."""
    return code in public_holidays.list_supported_countries()


@lru_cache(maxsize=128)
def _holidays_of(country: str, year: int) -> frozenset[date]:
    return frozenset(public_holidays.country_holidays(country, years=year))


def _month_and_day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    date(2000, int(month), int(day))  # a leap year, so that 02-29 is a day; raises ValueError
    return int(month), int(day)


@dataclass(frozen=True)
class Calendar:
    """Which days count as working days.

    ``workdays`` are ISO weekdays (Monday is 1). ``holidays`` is the ISO code of the country whose
    public holidays are free. ``pauses`` are periods ``("MM-DD", "MM-DD")`` that come back every
    year, first and last day included; one that ends before it starts runs over new year. The
    default is the calendar of the first programme: July and the Christmas week are free.

    Raises ValueError for a weekday outside 1–7, no weekday at all, an unknown country or a pause
    that is no day of the year.
    """

    workdays: tuple[int, ...] = (1, 2, 3, 4, 5)
    holidays: str = "NO"
    pauses: tuple[tuple[str, str], ...] = (("07-01", "07-31"), ("12-24", "01-01"))

    def __post_init__(self) -> None:
        if not self.workdays or not set(self.workdays) <= set(range(1, 8)):
            raise ValueError(f"workdays must be ISO weekdays 1-7, not {self.workdays}")
        if not is_known_country(self.holidays):
            raise ValueError(f"no public holidays are known for {self.holidays!r}")
        for first, last in self.pauses:
            _month_and_day(first), _month_and_day(last)

    def is_holiday(self, day: date) -> bool:
        """Say whether the day is a public holiday."""
        return day in _holidays_of(self.holidays, day.year)

    def is_paused(self, day: date) -> bool:
        """Say whether the day lies in a pause: no due dates and no reminders."""
        return any(self._is_between(day, *pause) for pause in self.pauses)

    def is_workday(self, day: date) -> bool:
        """Say whether the day is a working weekday, no public holiday and in no pause."""
        return day in _workday_set(self, day.year)

    def add(self, day: date, n: int, unit: Unit) -> date:
        """Return the day ``n`` units after ``day`` (before it when ``n`` is negative).

        ``"days"`` are calendar days: every day counts and nothing is moved. ``"workdays"`` counts
        working days only, so the answer is a working day; 0 is always the same day, even when
        that is a Sunday. Raises ValueError for another unit.
        """
        if unit == "days":
            return day + timedelta(days=n)
        if unit == "workdays":
            return self.add_workdays(day, n)
        raise ValueError(f"unknown unit {unit!r}")

    def add_workdays(self, day: date, n: int) -> date:
        """Return the ``n``-th working day after ``day`` (before it when ``n`` is negative)."""
        step = ONE_DAY if n > 0 else -ONE_DAY
        for _ in range(abs(n)):
            day = self._first_workday(day + step, step)
        return day

    def shift(self, day: date, direction: Direction) -> date:
        """Move a day that is no working day to the ``previous`` or ``next`` one.

        A working day stays; with ``none`` every day stays. Raises ValueError for another
        direction.
        """
        if direction == "none":
            return day
        if direction not in ("previous", "next"):
            raise ValueError(f"unknown direction {direction!r}")
        return self._first_workday(day, ONE_DAY if direction == "next" else -ONE_DAY)

    def workdays_between(self, a: date, b: date) -> int:
        """Count the working days from ``a`` (not counted) to ``b`` (counted).

        From today to a due day this is "2 arbeidsdager igjen"; it is negative when ``b`` comes
        before ``a``. ``workdays_between(a, add(a, n, "workdays"))`` is ``n``.
        """
        if b < a:
            return -self.workdays_between(b - ONE_DAY, a - ONE_DAY)
        whole_years = sum(len(_workdays_of(self, year)) for year in range(a.year, b.year))
        until_a = bisect_right(_workdays_of(self, a.year), a)
        return whole_years + bisect_right(_workdays_of(self, b.year), b) - until_a

    @staticmethod
    def _is_between(day: date, first: str, last: str) -> bool:
        start, end, here = _month_and_day(first), _month_and_day(last), (day.month, day.day)
        if start <= end:
            return start <= here <= end
        return here >= start or here <= end

    def _first_workday(self, day: date, step: timedelta) -> date:
        for _ in range(LONGEST_SEARCH):
            if self.is_workday(day):
                return day
            day += step
        raise NoWorkdayError("the calendar has no working day")


@lru_cache(maxsize=64)
def _workdays_of(calendar: Calendar, year: int) -> tuple[date, ...]:
    """Return the working days of a year, in order; worked out once for each calendar and year."""
    days = (date(year, 1, 1) + ONE_DAY * n for n in range(366))
    return tuple(
        day
        for day in days
        if day.year == year
        and day.isoweekday() in calendar.workdays
        and not calendar.is_paused(day)
        and not calendar.is_holiday(day)
    )


@lru_cache(maxsize=64)
def _workday_set(calendar: Calendar, year: int) -> frozenset[date]:
    return frozenset(_workdays_of(calendar, year))
