"""Numbers, dates, times and deadlines in words."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from lmp.lib import wording
from lmp.lib.workdays import Calendar

FRIDAY = date(2026, 11, 20)
OSLO = ZoneInfo("Europe/Oslo")
CALENDAR = Calendar()


def words(due: date, today: date = FRIDAY, *, short: bool = False) -> tuple[str, str]:
    return tuple(wording.frist(due, today, CALENDAR, short=short))


@pytest.mark.parametrize(
    ("number", "gender", "lang", "expected"),
    [
        (0, "c", "nb", "null"),
        (1, "c", "nb", "én"),
        (1, "n", "nb", "ett"),
        (1, "c", "nn", "éin"),
        (1, "f", "nn", "éi"),
        (1, "n", "nn", "eitt"),
        (4, "c", "nb", "fire"),
        (12, "c", "nn", "tolv"),
        (13, "c", "nb", "13"),
    ],
)
def test_number_in_words_up_to_twelve(number, gender, lang, expected):
    assert wording.tallord(number, gender, lang) == expected


def test_dates_in_words():
    day = date(2026, 11, 26)

    assert wording.dato(day) == "torsdag 26. november"
    assert wording.dato(day, year=True) == "torsdag 26. november 2026"
    assert wording.dag(day) == "26. november"
    assert wording.kortdato(day) == "26.11.2026"


@pytest.mark.parametrize(
    ("day", "bm", "nn"),
    [
        (23, "mandag", "måndag"),
        (24, "tirsdag", "tysdag"),
        (28, "lørdag", "laurdag"),
        (29, "søndag", "sundag"),
    ],
)
def test_weekdays_in_both_languages(day, bm, nn):
    value = date(2026, 11, day)

    assert wording.weekday(value, "nb") == bm
    assert wording.weekday(value, "nn") == nn
    with translation.override("nn"):
        assert wording.dato(value) == f"{nn} {day}. november"


def test_times():
    assert wording.klokka(time(9, 0)) == "kl. 09.00"
    assert wording.tidsrom(time(9, 0), time(11, 30)) == "kl. 09.00–11.30"


def test_aware_times_are_shown_in_norwegian_time():
    utc = datetime(2026, 11, 20, 23, 30, tzinfo=ZoneInfo("UTC"))

    assert wording.klokka(utc) == "kl. 00.30"
    assert wording.dato(utc) == "lørdag 21. november"


@pytest.mark.parametrize(
    ("happened", "expected"),
    [
        (datetime(2026, 11, 20, 9, 14, tzinfo=OSLO), "I dag kl. 09.14"),
        (datetime(2026, 11, 19, 15, 12, tzinfo=OSLO), "I går kl. 15.12"),
        (datetime(2026, 11, 5, 10, 26, tzinfo=OSLO), "Torsdag 5. november kl. 10.26"),
        (datetime(2025, 11, 5, 10, 26, tzinfo=OSLO), "Onsdag 5. november 2025 kl. 10.26"),
    ],
)
def test_when_something_happened(happened, expected):
    assert wording.when(happened, datetime(2026, 11, 20, 12, 0, tzinfo=OSLO)) == expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], ""),
        (["Marit"], "Marit"),
        (["Marit", "Siri"], "Marit og Siri"),
        (["Marit", "Siri", "Per"], "Marit, Siri og Per"),
    ],
)
def test_joined_words(names, expected):
    assert wording.join_words(names) == expected


@pytest.mark.parametrize(
    ("due", "state", "expected"),
    [
        (date(2026, 11, 12), "late", "Fristen gikk ut for 8 dager siden, torsdag 12. november"),
        (date(2026, 11, 19), "late", "Fristen gikk ut i går, torsdag 19. november"),
        (date(2026, 11, 20), "soon", "Fristen er i dag, fredag 20. november"),
        (date(2026, 11, 21), "soon", "Fristen er i morgen, lørdag 21. november"),
        (date(2026, 11, 22), "soon", "Fristen er søndag 22. november"),
        (date(2026, 11, 23), "soon", "1 arbeidsdag igjen, til mandag 23. november"),
        (date(2026, 11, 24), "soon", "2 arbeidsdager igjen, til tirsdag 24. november"),
        (date(2026, 11, 25), "soon", "3 arbeidsdager igjen, til onsdag 25. november"),
        (date(2026, 11, 26), "ok", "4 arbeidsdager igjen, til torsdag 26. november"),
        (date(2026, 12, 18), "ok", "20 arbeidsdager igjen, til fredag 18. desember"),
        (date(2026, 12, 21), "ok", "Fristen er mandag 21. desember"),
    ],
)
def test_deadline_in_words_then_date(due, state, expected):
    assert words(due) == (state, expected)


def test_deadline_of_another_year_has_the_year():
    assert words(date(2027, 1, 15))[1] == "Fristen er fredag 15. januar 2027"


def test_short_deadline_has_no_date():
    assert words(date(2026, 11, 26), short=True) == ("ok", "4 arbeidsdager igjen")
    assert words(date(2026, 11, 18), short=True) == ("late", "Fristen gikk ut for 2 dager siden")


def test_short_deadline_far_ahead_is_its_date():
    assert words(date(2027, 1, 15), short=True) == ("ok", "Fristen er fredag 15. januar 2027")


@pytest.mark.parametrize(
    ("due", "left"),
    [
        (date(2026, 11, 19), None),
        (FRIDAY, None),
        (date(2026, 11, 22), None),
        (date(2026, 11, 23), 1),
        (date(2026, 12, 18), 20),
        (date(2026, 12, 21), None),
    ],
)
def test_working_days_are_said_when_there_are_some_and_few(due, left):
    assert wording.workdays_to_say(due, FRIDAY, CALENDAR) == left


def test_deadline_tomorrow_on_a_working_day_counts_one():
    assert words(date(2026, 11, 20), FRIDAY - timedelta(days=1)) == (
        "soon",
        "1 arbeidsdag igjen, til fredag 20. november",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Rektor, Granli skole", "rektor, Granli skole"), ("PPT-rådgiver", "PPT-rådgiver"), ("", "")],
)
def test_the_first_letter_is_small_in_the_middle_of_a_sentence(text, expected):
    assert wording.small_first(text) == expected
