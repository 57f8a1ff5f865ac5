"""What opening a pulje makes: which parts of the file it keeps as they are, and a preview."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from cohorts.programme.definition import EventDef, Programme, PuljeCalendar
from cohorts.rules.text import in_language

# Keys of an activity that have a column of their own, or say where the file has it from.
ACTIVITY_COLUMNS = frozenset(
    {
        "id",
        "kind",
        "scope",
        "semesters",
        "cadence",
        "min",
        "max",
        "form",
        "responsible",
        "applies_to",
        "source",
        "title",
    }
)
# The lists of a semester that its theme keeps.
THEME_LISTS = ("law", "focus", "product", "question")


def activity_options(raw: dict[str, Any]) -> dict[str, Any]:
    """What only some activities have (`linked_to`, `participants`, `group` …), as in the file."""
    return {key: value for key, value in raw.items() if key not in ACTIVITY_COLUMNS}


def theme_content(raw: dict[str, Any]) -> dict[str, Any]:
    """The laws, focus points, products and questions of a semester, as in the file."""
    return {key: raw[key] for key in THEME_LISTS if key in raw}


@dataclass(frozen=True)
class SemesterPreview:
    """What opening a pulje makes in one semester: its title, dates, and how many activities."""

    number: int
    title: str
    start: date
    end: date
    term_end: date
    activities: int
    events: tuple[EventDef, ...]


def opening_preview(programme: Programme, calendar: PuljeCalendar) -> list[SemesterPreview]:
    """What `open_pulje` would make of a programme and a calendar, semester by semester."""
    return [
        SemesterPreview(
            number=dates.number,
            title=_title(programme, dates.number),
            start=dates.start,
            end=dates.end,
            term_end=dates.term_end,
            activities=len(programme.activities_in(dates.number)),
            events=tuple(each for each in calendar.events if each.semester == dates.number),
        )
        for dates in calendar.semesters
    ]


def _title(programme: Programme, number: int) -> str:
    text = programme.startup.title if number == 0 else programme.semester(number).title
    return in_language(text.bm, text.nn)
