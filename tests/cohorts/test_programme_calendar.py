"""The national calendar of a pulje: the real one of pulje 9, and what is refused."""

from datetime import date
from pathlib import Path

import pytest

from cohorts.programme.definition import (
    ProgrammeError,
    available_calendars,
    calendar_path,
    check_file,
    load_calendar,
    load_programme,
    programme_path,
)

DATA = Path(__file__).parent / "data"
TEXT = (DATA / "samlingsbasert-5-kalender.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def second():
    return load_programme(DATA / "samlingsbasert.toml")


def problems(tmp_path, programme, *edits):
    """Return (path, message) of what is wrong with the calendar after the edits."""
    text = TEXT
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "kalender.toml"
    path.write_text(text, encoding="utf-8")
    try:
        load_calendar(path, programme)
    except ProgrammeError as error:
        return [(problem.path, problem.message) for problem in error.problems]
    return []


def test_pulje_9_has_its_real_dates():
    programme = load_programme(programme_path("laeringsmiljoeprosjektet"))

    calendar = load_calendar(calendar_path("pulje-9-kalender"), programme)

    assert (calendar.number, calendar.programme) == (9, programme.id)
    assert calendar.name.nn == "Pulje 9 (2025–2027)"
    assert [(event.semester, event.start, event.end, event.form) for event in calendar.events] == [
        (0, date(2025, 4, 24), date(2025, 4, 24), "physical"),
        (1, date(2025, 9, 23), date(2025, 9, 24), "physical"),
        (2, date(2026, 1, 28), date(2026, 1, 29), "digital"),
        (3, date(2026, 9, 16), date(2026, 9, 17), "digital"),
        (4, date(2027, 1, 27), date(2027, 1, 28), "digital"),
    ]
    assert [semester.term_end for semester in calendar.semesters] == [
        date(2025, 6, 20),
        date(2025, 12, 19),
        date(2026, 6, 19),
        date(2026, 12, 18),
        date(2027, 6, 18),
    ]
    assert calendar.recruitment_dates == ()


def test_available_calendars_and_their_paths():
    assert available_calendars() == ["pulje-9-kalender"]
    with pytest.raises(KeyError):
        calendar_path("pulje-8-kalender")


def test_recruitment_dates_and_semesters_are_found(second):
    calendar = load_calendar(DATA / "samlingsbasert-5-kalender.toml", second)

    assert calendar.recruitment_date("prioritert_liste") == date(2020, 3, 1)
    assert calendar.recruitment_date("svarfrist") is None
    assert calendar.semester(5).term_end == date(2022, 12, 16)
    with pytest.raises(KeyError):
        calendar.semester(6)


MISTAKES = [
    (
        'programme = "samlingsbasert"',
        'programme = "another"',
        "pulje → programme",
        'is "another", but the programme is "samlingsbasert"',
    ),
    (
        "start = 2020-08-01",
        "start = 2020-08-02",
        "pulje → semester 1 → start",
        "must be 2020-08-01, the day after the one before",
    ),
    (
        'term = "hoest", year = 2020',
        'term = "vaar", year = 2020',
        "pulje → semester 1 → term",
        "is hoest in the programme",
    ),
    (
        "year = 2021",
        "year = 2022",
        "pulje → semester 2 → year",
        "is 2022, but the semester starts in 2021",
    ),
    (
        "term_end = 2020-12-18",
        "term_end = 2021-01-18",
        "pulje → semester 1 → term_end",
        "must lie between start and end",
    ),
    (
        "  { number = 5",
        "# { number = 5",
        "pulje → semester",
        "must be 0 to 5, not [0, 1, 2, 3, 4]",
    ),
    (
        "start = 2020-03-31\nend = 2020-03-31",
        "start = 2020-03-30\nend = 2020-03-31",
        'event "oppstart" → start',
        "2020-03-30 to 2020-03-31 is outside semester 0",
    ),
    (
        "end = 2020-03-31",
        "end = 2020-03-30",
        'event "oppstart" → end',
        "must not come before start",
    ),
    (
        "start = 2020-03-31\n",
        'start = "31.03.2020"\n',
        'event "oppstart" → start',
        'must be a date as YYYY-MM-DD, not "31.03.2020"',
    ),
    (
        'activity = "landssamling"',
        'activity = "landsamling"',
        'event "oppstart" → activity',
        '"landsamling" is not among activity.id; did you mean "landssamling"?',
    ),
    (
        'activity = "landssamling"',
        'activity = "regional_samling"',
        'event "oppstart" → semester',
        '"regional_samling" is not held in semester 0',
    ),
    (
        'form = "physical"',
        'form = "digital"',
        'event "oppstart" → form',
        '"landssamling" has the form physical',
    ),
    (
        'form = "physical"',
        'form = "any"',
        'event "oppstart" → form',
        'must be one of physical, digital; not "any"',
    ),
    (
        "semester = 0",
        "semester = 6",
        'event "oppstart" → semester',
        "must be at most 5 (programme.semesters), not 6",
    ),
    (
        'id = "prioritert_liste"',
        'id = "svarfrist"',
        'recruitment_date "svarfrist" → id',
        '"svarfrist" is not among recruitment.step.date',
    ),
]


@pytest.mark.parametrize(
    ("old", "new", "path", "message"), MISTAKES, ids=[case[2] for case in MISTAKES]
)
def test_mistake_in_a_calendar_is_refused(tmp_path, second, old, new, path, message):
    assert problems(tmp_path, second, (old, new)) == [(path, message)]


def test_calendar_that_is_right_has_no_problems(tmp_path, second):
    assert problems(tmp_path, second) == []


def test_event_for_something_that_is_not_national_is_refused(tmp_path, second):
    edits = ('activity = "landssamling"', 'activity = "utnevne_ressursperson"')

    found = problems(tmp_path, second, edits)

    assert (
        'event "oppstart" → activity',
        '"utnevne_ressursperson" is not for the whole pulje',
    ) in found


def test_check_file_finds_the_programme_of_a_calendar_beside_it():
    assert check_file(DATA / "samlingsbasert-5-kalender.toml") == []


def test_check_file_of_a_calendar_without_its_programme(tmp_path):
    path = tmp_path / "kalender.toml"
    path.write_text(TEXT, encoding="utf-8")

    (problem,) = check_file(path)

    assert (problem.line, problem.path) == (6, "pulje → programme")
    assert problem.message == 'no file "samlingsbasert.toml" beside it or among the programmes'


def test_dates_may_be_iso_texts(tmp_path, second):
    assert problems(tmp_path, second, ("date = 2020-03-01", 'date = "2020-03-01"')) == []
