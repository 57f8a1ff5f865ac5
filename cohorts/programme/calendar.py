"""The national calendar of one pulje: its semesters, events and recruitment dates."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal

from cohorts.programme.content import Text
from cohorts.programme.marks import Key
from cohorts.programme.programme import Programme
from cohorts.programme.schema import Finding
from cohorts.programme.vocabulary import (
    ActivityId,
    Id,
    Positive,
    PuljeDateId,
    SemesterNumber,
    Term,
)

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class SemesterDates:
    """``start`` and ``end`` cut the calendar without gaps; ``term_end`` is the last day of work."""

    number: SemesterNumber
    term: Term
    year: Positive
    start: date
    end: date
    term_end: date
    source: str

    def check(self) -> Iterator[tuple[str, str]]:
        if not self.start <= self.term_end <= self.end:
            yield "term_end", "must lie between start and end"
        if self.start.year != self.year:
            yield "year", f"is {self.year}, but the semester starts in {self.start.year}"


@dataclass(frozen=True)
class EventDef:
    """A national gathering with its dates, both included."""

    id: Id
    activity: ActivityId
    semester: SemesterNumber
    start: date
    end: date
    form: Literal["physical", "digital"]
    source: str
    title: Text

    def check(self) -> Iterator[tuple[str, str]]:
        if self.end < self.start:
            yield "end", "must not come before start"


@dataclass(frozen=True)
class RecruitmentDate:
    """A date of the recruitment; ``id`` is the ``date`` of a recruitment step."""

    id: PuljeDateId
    date: date
    source: str | None = None


@dataclass(frozen=True)
class PuljeHead:
    """The ``[pulje]`` table: which pulje of which programme, and its semesters."""

    number: Positive
    programme: Id
    source: str
    name: Text
    semesters: Annotated[tuple[SemesterDates, ...], Key("semester")]


@dataclass(frozen=True)
class PuljeCalendar:
    """The calendar of a pulje as its file has it."""

    schema: Positive
    pulje: PuljeHead
    events: Annotated[tuple[EventDef, ...], Key("event")] = ()
    recruitment_dates: Annotated[tuple[RecruitmentDate, ...], Key("recruitment_date")] = ()

    @property
    def number(self) -> int:
        """The number of the pulje."""
        return self.pulje.number

    @property
    def name(self) -> Text:
        """The name of the pulje."""
        return self.pulje.name

    @property
    def programme(self) -> str:
        """The id of the programme that the pulje follows."""
        return self.pulje.programme

    @property
    def semesters(self) -> tuple[SemesterDates, ...]:
        """The dates of the semesters, the start-up (0) first."""
        return self.pulje.semesters

    def semester(self, number: int) -> SemesterDates:
        """Return the dates of one semester (0 is the start-up). Raises KeyError."""
        return {semester.number: semester for semester in self.semesters}[number]

    def recruitment_date(self, name: str) -> date | None:
        """Return a recruitment date, or None when the pulje has not set it."""
        return {found.id: found.date for found in self.recruitment_dates}.get(name)


def belongs_to_the_programme(pulje: PuljeHead, programme: Programme) -> Iterator[Finding]:
    """A calendar is checked against the programme that it names."""
    if pulje.programme != programme.id:
        yield pulje, "programme", f'is "{pulje.programme}", but the programme is "{programme.id}"'


def semesters_follow_without_gaps(pulje: PuljeHead, programme: Programme) -> Iterator[Finding]:
    """Semesters 0 to the last are all there, each starting when the one before ends."""
    numbers = [semester.number for semester in pulje.semesters]
    if numbers != list(range(programme.semester_count + 1)):
        yield pulje, "semester", f"must be 0 to {programme.semester_count}, not {numbers}"
    for before, after in zip(pulje.semesters, pulje.semesters[1:], strict=False):
        if after.start != before.end + ONE_DAY:
            yield after, "start", f"must be {before.end + ONE_DAY}, the day after the one before"


def terms_are_those_of_the_programme(pulje: PuljeHead, programme: Programme) -> Iterator[Finding]:
    """A semester has the term (hoest, vaar) that the programme gives its number."""
    terms = {semester.number: semester.term for semester in programme.semesters}
    for semester in pulje.semesters:
        if semester.term != terms.get(semester.number, semester.term):
            yield semester, "term", f"is {terms[semester.number]} in the programme"


def events_lie_in_their_semester(
    pulje: PuljeHead, events: tuple[EventDef, ...]
) -> Iterator[Finding]:
    """An event starts and ends within the semester it counts for."""
    semesters = {semester.number: semester for semester in pulje.semesters}
    for event in events:
        semester = semesters.get(event.semester)
        if semester is None:
            yield event, "semester", f"{event.semester} is not a semester of the pulje"
        elif not semester.start <= event.start <= event.end <= semester.end:
            message = f"{event.start} to {event.end} is outside semester {semester.number}"
            yield event, "start", message


def events_fit_their_activity(
    events: tuple[EventDef, ...], programme: Programme
) -> Iterator[Finding]:
    """An event is a national activity of that semester, in a form it allows."""
    activities = {activity.id: activity for activity in programme.activities}
    for event in events:
        activity = activities[event.activity]
        if event.semester not in activity.semesters:
            yield event, "semester", f'"{activity.id}" is not held in semester {event.semester}'
        if activity.scope != "pulje":
            yield event, "activity", f'"{activity.id}" is not for the whole pulje'
        if activity.form not in ("any", event.form):
            yield event, "form", f'"{activity.id}" has the form {activity.form}'


CALENDAR_RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    belongs_to_the_programme,
    events_lie_in_their_semester,
    events_fit_their_activity,
    terms_are_those_of_the_programme,
)
WHOLE_CALENDAR_RULES: tuple[Callable[..., Iterator[Finding]], ...] = (
    semesters_follow_without_gaps,
)
