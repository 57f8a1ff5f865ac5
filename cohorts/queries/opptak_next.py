"""The calendar of a pulje as it is now, in the shape of a calendar file."""

from typing import Any, cast

from cohorts.models import Pulje
from cohorts.programme.calendar import (
    EventDef,
    PuljeCalendar,
    PuljeHead,
    RecruitmentDate,
    SemesterDates,
)
from cohorts.programme.content import Text


def calendar_of(pulje: Pulje) -> PuljeCalendar:
    """Semesters, gatherings and recruitment dates as the rows have them. Three queries."""
    semesters = list(pulje.semesters.all())
    numbers = {each.pk: each.number for each in semesters}
    head = PuljeHead(
        number=pulje.number,
        programme=pulje.edition.programme_id,
        source="ours",
        name=Text(bm=pulje.name_bm, nn=pulje.name_nn),
        semesters=tuple(
            SemesterDates(
                number=each.number,
                term=cast(Any, each.term),
                year=each.year,
                start=each.start,
                end=each.end,
                term_end=each.term_end,
                source="ours",
            )
            for each in semesters
        ),
    )
    events = tuple(
        EventDef(
            id=each.key,
            activity=each.activity_key,
            semester=numbers[each.semester_id],
            start=each.start,
            end=each.end,
            form=cast(Any, each.form),
            source="ours",
            title=Text(bm=each.title_bm, nn=each.title_nn),
        )
        for each in pulje.events.all()
    )
    dates = tuple(RecruitmentDate(each.key, each.date) for each in pulje.dates.all())
    return PuljeCalendar(schema=1, pulje=head, events=events, recruitment_dates=dates)
