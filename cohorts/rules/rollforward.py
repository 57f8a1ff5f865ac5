"""The calendar of the next pulje from the one before: later, with week and weekday kept."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

from cohorts.programme.calendar import EventDef, PuljeCalendar, RecruitmentDate, SemesterDates
from cohorts.programme.content import Text
from cohorts.rules.opptak import free_day_reason
from lmp.lib.wording import dato
from lmp.lib.workdays import Calendar

ONE_DAY = timedelta(days=1)
LEAP = (2, 29)


@dataclass(frozen=True)
class Moved:
    """Where a day went: `before` in the pulje it comes from, `day` in the next one.

    `reason` says why it is another weekday than before; empty when it is not.
    """

    before: date
    day: date
    reason: str = ""


@dataclass(frozen=True)
class NextCalendar:
    """The calendar of the next pulje, and what became of each day that must be a working day.

    `moves` is by the name of its field: «event_<id>», «date_<key>», «term_end_<number>».
    """

    calendar: PuljeCalendar
    moves: dict[str, Moved]


def later(day: date, years: int) -> date:
    """The same day of the year, `years` later; 29 February becomes 28 when there is none."""
    if (day.month, day.day) == LEAP:
        day -= ONE_DAY
    return day.replace(year=day.year + years)


def same_weekday(day: date, years: int) -> date:
    """The same weekday of the same week of the year, `years` later; week 53 becomes the last one.

    By the number of the week nothing drifts, however many puljer follow each other.
    """
    year, week, weekday = day.isocalendar()
    last = date(year + years, 12, 28).isocalendar().week
    return date.fromisocalendar(year + years, min(week, last), weekday)


def moved_day(
    day: date, years: int, calendar: Calendar, *, days: int = 1, backwards: bool = False
) -> Moved:
    """Move a day and, when it or one of the `days` from it is free, on to where none is.

    It goes to later days, or to earlier ones when `backwards`.
    """
    start = first = same_weekday(day, years)
    step = -ONE_DAY if backwards else ONE_DAY
    blocked = _free_in(first, days, calendar)
    if blocked is None:
        return Moved(day, first)
    while _free_in(start, days, calendar):
        start += step
    values = {"why": free_day_reason(blocked, calendar), "day": dato(start)}
    return Moved(day, start, _("%(why)s Flyttet til %(day)s.") % values)


def _free_in(start: date, days: int, calendar: Calendar) -> date | None:
    """The first day that is free among the `days` from `start`."""
    all_days = (start + ONE_DAY * number for number in range(days))
    return next((day for day in all_days if not calendar.is_workday(day)), None)


def next_calendar(
    before: PuljeCalendar, *, number: int, years: int, calendar: Calendar
) -> NextCalendar:
    """The calendar of the pulje after, `years` later, under another number.

    The start-up begins `years` later on the same weekday, the other semesters on the same day of
    the year. Nothing is checked against the programme: Udir may change every day first.
    """
    moves: dict[str, Moved] = {}
    semesters = [_semester(each, years, calendar, moves) for each in before.semesters]
    events = tuple(_event(each, years, calendar, moves) for each in before.events)
    dates = tuple(_date(each, years, calendar, moves) for each in before.recruitment_dates)
    first, last = semesters[0].year, semesters[-1].year
    text = f"Pulje {number} ({first}–{last})"
    head = replace(
        before.pulje,
        number=number,
        source="ours",
        name=Text(bm=text, nn=text),
        semesters=tuple(semesters),
    )
    moved = replace(before, pulje=head, events=events, recruitment_dates=dates)
    return NextCalendar(moved, moves)


def _semester(
    semester: SemesterDates, years: int, calendar: Calendar, moves: dict[str, Moved]
) -> SemesterDates:
    end_of_work = moved_day(semester.term_end, years, calendar, backwards=True)
    moves[f"term_end_{semester.number}"] = end_of_work
    shift = same_weekday if semester.number == 0 else later
    start = shift(semester.start, years)
    return replace(
        semester,
        year=start.year,
        start=start,
        end=later(semester.end, years),
        term_end=end_of_work.day,
        source="ours",
    )


def _event(event: EventDef, years: int, calendar: Calendar, moves: dict[str, Moved]) -> EventDef:
    days = (event.end - event.start).days + 1
    moved = moved_day(event.start, years, calendar, days=days)
    moves[f"event_{event.id}"] = moved
    end = moved.day + ONE_DAY * (days - 1)
    return replace(event, start=moved.day, end=end, source="ours")


def _date(
    found: RecruitmentDate, years: int, calendar: Calendar, moves: dict[str, Moved]
) -> RecruitmentDate:
    moved = moved_day(found.date, years, calendar)
    moves[f"date_{found.id}"] = moved
    return replace(found, date=moved.day)
