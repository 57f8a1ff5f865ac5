"""What is said of a date, and how a saksliste is ordered."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from cohorts.rules.errors import NotPossible
from lmp.lib.workdays import Calendar
from meetings.rules.meeting import (
    count_advice,
    day_advice,
    form_problem,
    is_last_of_semester,
    link_advice,
    local_moment,
    name_in,
    national_times,
    notice_advice,
    semester_advice,
    spacing_advice,
    weeks_apart,
)
from meetings.rules.saksliste import (
    arrange,
    move,
    planned_minutes,
    standing_items,
    start_times,
)
from meetings.rules.timeline import Line, line_of

OSLO = ZoneInfo("Europe/Oslo")
CALENDAR = Calendar()
SPACING = {"target_weeks": 8, "warn_below_weeks": 6, "warn_above_weeks": 11}


def code(advice):
    return advice.code if advice else None


@pytest.mark.parametrize(
    ("day", "clock", "utc"),
    [
        (date(2026, 12, 3), time(9), datetime(2026, 12, 3, 8, tzinfo=UTC)),
        (date(2026, 9, 3), time(9), datetime(2026, 9, 3, 7, tzinfo=UTC)),
        (date(2026, 10, 25), time(2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ],
)
def test_local_moment(day, clock, utc):
    assert local_moment(day, clock, OSLO) == utc


def test_local_moment_that_the_clock_skips_is_refused():
    with pytest.raises(NotPossible, match="finnes ikke"):
        local_moment(date(2027, 3, 28), time(2, 30), OSLO)


@pytest.mark.parametrize(
    ("wanted", "form", "refused"),
    [
        ("any", "digital", False),
        ("physical", "physical", False),
        ("physical", "digital", True),
        ("digital", "physical", True),
    ],
)
def test_form_problem(wanted, form, refused):
    assert bool(form_problem(wanted, form)) is refused


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 19), "spacing"),  # 41 days
        (date(2026, 11, 20), None),  # 42 days: six weeks
        (date(2026, 12, 25), None),  # 77 days: eleven weeks
        (date(2026, 12, 26), "spacing"),
        (date(2026, 9, 1), "spacing"),  # before the other one
    ],
)
def test_spacing_advice_at_its_limits(day, expected):
    assert code(spacing_advice(day, date(2026, 10, 9), "Første", SPACING)) == expected


def test_spacing_advice_says_how_far_it_is():
    advice = spacing_advice(date(2026, 10, 30), date(2026, 10, 9), "Første", SPACING)

    assert advice.text == (
        "Det blir 3 uker mellom dette møtet og «Første» 9. oktober. Programmet anbefaler om lag 8."
    )


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 10, 8), "link"),  # the same day
        (date(2026, 10, 7), None),
        (date(2026, 10, 9), None),
        (date(2026, 10, 12), "link"),  # Monday: two working days after Thursday
        (date(2026, 10, 6), "link"),
    ],
)
def test_link_advice_is_the_working_day_before_or_after(day, expected):
    found = link_advice(day, date(2026, 10, 8), "Fagsamling", [-1, 1], CALENDAR)

    assert code(found) == expected


def test_link_advice_passes_over_the_weekend():
    friday, monday = date(2026, 10, 9), date(2026, 10, 12)

    assert link_advice(monday, friday, "Fagsamling", [-1, 1], CALENDAR) is None


@pytest.mark.parametrize(
    ("today", "expected"),
    [(date(2026, 10, 8), None), (date(2026, 10, 9), "notice")],
)
def test_notice_advice_at_eight_weeks(today, expected):
    assert code(notice_advice(date(2026, 12, 3), today, -56, "days", CALENDAR)) == expected


def test_notice_advice_speaks_of_weeks():
    advice = notice_advice(date(2026, 12, 3), date(2026, 11, 20), -56, "days", CALENDAR)

    assert advice.text == "Datoen bør settes minst 8 uker før møtet. Nå er det kortere tid."


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 12, 3), None),
        (date(2026, 12, 5), "weekend"),
        (date(2026, 12, 28), "pause"),
        (date(2027, 5, 17), "holiday"),
    ],
)
def test_day_advice(day, expected):
    assert code(day_advice(day, CALENDAR)) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2026, 12, 31), None), (date(2027, 1, 1), "semester")],
)
def test_semester_advice_at_the_boundary(day, expected):
    found = semester_advice(day, date(2026, 8, 1), date(2026, 12, 31), "Semester 3")

    assert code(found) == expected


@pytest.mark.parametrize(
    ("others", "maximum", "expected"),
    [(0, 1, None), (1, 1, "count"), (1, 2, None), (7, None, None)],
)
def test_count_advice(others, maximum, expected):
    assert code(count_advice(others, maximum, "Fagsamling")) == expected


@pytest.mark.parametrize(
    ("planned", "demanded", "later", "last"),
    [(1, 2, 0, False), (2, 2, 0, True), (2, 2, 1, False), (3, 2, 0, True)],
)
def test_is_last_of_semester(planned, demanded, later, last):
    assert is_last_of_semester(planned, demanded, later) is last


def test_weeks_apart_rounds_to_whole_weeks():
    assert weeks_apart(date(2026, 12, 3), date(2026, 10, 8)) == 8


def test_national_times_are_a_working_day():
    start, end = national_times(date(2027, 1, 27), date(2027, 1, 28), OSLO)

    assert (start, end) == (
        datetime(2027, 1, 27, 8, tzinfo=UTC),
        datetime(2027, 1, 28, 14, 30, tzinfo=UTC),
    )


@dataclass(frozen=True)
class Fixed:
    id: str
    position: str = "middle"
    when: str | None = None


@dataclass(frozen=True)
class Row:
    title: str
    standing: str = ""


def test_standing_items_of_the_last_meeting_only():
    items = [Fixed("a"), Fixed("b", when="last_of_semester"), Fixed("c", when="last_of_programme")]

    def ids(**last):
        return [item.id for item in standing_items(items, **last)]

    assert ids(closes_semester=False, closes_programme=False) == ["a"]
    assert ids(closes_semester=True, closes_programme=False) == ["a", "b"]
    assert ids(closes_semester=True, closes_programme=True) == ["a", "b", "c"]


def test_arrange_keeps_first_first_and_last_last():
    rows = [Row("ny"), Row("slutt", "avtaler"), Row("start", "referat"), Row("to", "tema")]

    ordered = arrange(rows, {"referat": "first", "avtaler": "last", "tema": "middle"})

    assert [row.title for row in ordered] == ["start", "ny", "to", "slutt"]


def test_start_times_run_through_the_change_of_clocks():
    start = datetime(2026, 10, 25, 0, 0, tzinfo=UTC)  # 02.00 in Oslo, the first time

    times = start_times(start, [60, None, 30])

    assert [moment.astimezone(OSLO).strftime("%H.%M") for moment in times] == [
        "02.00",
        "02.00",
        "02.00",
    ]
    assert [moment.hour for moment in times] == [0, 1, 1]


def test_planned_minutes_counts_what_has_a_length():
    assert planned_minutes([10, None, 20]) == 30


@pytest.mark.parametrize(
    ("index", "step", "expected"),
    [(1, -1, "bac"), (1, 1, "acb"), (0, -1, "abc"), (2, 1, "abc")],
)
def test_move(index, step, expected):
    assert "".join(move("abc", index, step)) == expected


@pytest.mark.parametrize(
    ("verb", "data", "line"),
    [
        ("create_meeting", {"invited": 9}, Line("mail", "", "Sigrid kalte inn ni personer")),
        ("create_meeting", {"invited": 0}, Line("calendar", "", "Sigrid la inn møtet")),
        (
            "move_meeting",
            {"moved_from": "2026-12-02T08:00:00+00:00", "moved_to": "2026-12-03T08:00:00+00:00"},
            Line("moved", "", "Sigrid flyttet møtet fra 2. desember til 3. desember"),
        ),
        (
            "move_meeting",
            {"moved_from": "2026-12-02T08:00:00+00:00", "moved_to": "2026-12-02T09:00:00+00:00"},
            Line("moved", "", "Sigrid endret klokkeslettet"),
        ),
        ("submit_referat", {}, Line("sent", "ok", "Sigrid sendte referatet")),
        (
            "extend_deadline",
            {"due": "2026-11-26"},
            Line(
                "moved",
                "",
                "Fristen for referatet ble flyttet til 26. november, fordi noen har tatt over",
            ),
        ),
        ("read_something", {}, None),
    ],
)
def test_line_of(verb, data, line):
    assert line_of(verb, "Sigrid", data) == line


def test_line_of_what_the_portal_did():
    assert line_of("lock_referat", "", {}) == Line("locked", "", "Referatet ble låst")


@pytest.mark.parametrize(
    ("title", "language", "name"),
    [
        ("Digital veiledning, Åsen skole", "nn", "Digital rettleiing, Åsen skole"),
        ("Digital rettleiing, Åsen skule", "nb", "Digital veiledning, Åsen skule"),
        ("Digital veiledning", "nn", "Digital rettleiing"),
        ("Digital veiledning med FAU", "nn", "Digital veiledning med FAU"),
        ("Kveldsmøte", "nn", "Kveldsmøte"),
    ],
)
def test_a_meeting_is_called_in_the_language_of_the_reader(title, language, name):
    assert name_in(title, "Digital veiledning", "Digital rettleiing", language) == name
