"""Numbers, dates, times and deadlines in words, bokmål and nynorsk (design.md §5).

Pure: nothing here reads the clock. The language is the active one unless `lang` is given.
Weekdays are our own table because Django's nynorsk says «søndag» where the portal says «sundag».
"""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple, Protocol

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from lmp.lib.status import LATE, OK, SOON

WEEKDAYS = {
    "nb": ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    "nn": ("måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag", "sundag"),
}
WEEKDAYS_SHORT = {
    "nb": ("man", "tir", "ons", "tor", "fre", "lør", "søn"),
    "nn": ("mån", "tys", "ons", "tor", "fre", "lau", "sun"),
}
MONTHS = (
    "januar februar mars april mai juni juli august september oktober november desember"
).split()
MONTHS_SHORT = "jan feb mar apr mai jun jul aug sep okt nov des".split()

NUMBERS = "null én to tre fire fem seks sju åtte ni ti elleve tolv".split()
ONE = {
    "nb": {"c": "én", "f": "én", "n": "ett"},
    "nn": {"c": "éin", "f": "éi", "n": "eitt"},
}

SOON_WORKDAYS = 3
"""A deadline is «soon» when this many working days or fewer are left (design.md §3)."""
FAR_WORKDAYS = 20
"""With more working days left than this nobody counts them: the date says enough."""


class Workdays(Protocol):
    """What is needed of a calendar: the number of working days after `a` up to and with `b`."""

    def workdays_between(self, a: date, b: date) -> int: ...


class Frist(NamedTuple):
    """A deadline: its state (`late`, `soon`, `ok`) and the words, without a full stop."""

    state: str
    words: str


def _lang(lang: str | None) -> str:
    """Return `nn` or `nb` for a language code such as `nn-no`; everything else is bokmål."""
    return "nn" if (lang or get_language() or "nb").startswith("nn") else "nb"


def _day(value: date | datetime) -> date:
    """Return the Norwegian calendar day of a date or an aware datetime."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def tallord(n: int, gender: str = "c", lang: str | None = None) -> str:
    """Return `n` in words up to twelve, in digits above («fire», «13»).

    `gender` is `c`, `f` or `n` and matters only for one: «én ting», «ett punkt», nynorsk «ei sak».
    """
    if n == 1:
        return ONE[_lang(lang)][gender]
    return NUMBERS[n] if 0 <= n < len(NUMBERS) else str(n)


def weekday(value: date | datetime, lang: str | None = None) -> str:
    """Return the weekday in words: «tirsdag», nynorsk «tysdag»."""
    return WEEKDAYS[_lang(lang)][_day(value).weekday()]


def weekday_short(value: date | datetime, lang: str | None = None) -> str:
    """Return the weekday in three letters, for the calendar leaf."""
    return WEEKDAYS_SHORT[_lang(lang)][_day(value).weekday()]


def month_short(value: date | datetime) -> str:
    """Return the month in three letters, for the calendar leaf."""
    return MONTHS_SHORT[_day(value).month - 1]


def dag(value: date | datetime, year: bool = False) -> str:
    """Return «26. november», with `year` «26. november 2026»."""
    day = _day(value)
    words = f"{day.day}. {MONTHS[day.month - 1]}"
    return f"{words} {day.year}" if year else words


def dato(value: date | datetime, year: bool = False, lang: str | None = None) -> str:
    """Return «torsdag 26. november», with `year` «torsdag 26. november 2026»."""
    return f"{weekday(value, lang)} {dag(value, year)}"


def kortdato(value: date | datetime) -> str:
    """Return «26.11.2026», for tables."""
    return f"{_day(value):%d.%m.%Y}"


def klokka(value: datetime | time) -> str:
    """Return «kl. 09.00»."""
    return f"kl. {_clock(value)}"


def tidsrom(start: datetime | time, end: datetime | time) -> str:
    """Return «kl. 09.00–11.30»."""
    return f"kl. {_clock(start)}–{_clock(end)}"


def _clock(value: datetime | time) -> str:
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return f"{value:%H.%M}"


def when(value: datetime, now: datetime, lang: str | None = None) -> str:
    """Return when something happened, seen from `now`: «I dag kl. 09.14», «I går kl. 15.12»,
    «Torsdag 5. november kl. 10.26» (with the year when it is another one).
    """
    day, today = _day(value), _day(now)
    if day == today:
        words = _("i dag")
    elif day == today - timedelta(days=1):
        words = _("i går")
    else:
        words = dato(day, year=day.year != today.year, lang=lang)
    return f"{words[0].upper()}{words[1:]} {klokka(value)}"


def when_next(value: datetime, now: datetime) -> str:
    """Return when something comes, seen from `now`: «i dag kl. 07.00», «mandag kl. 07.00», and with
    the date when that is a week away or more: «mandag 3. august kl. 07.00».
    """
    day, today = _day(value), _day(now)
    if day == today:
        words = _("i dag")
    else:
        words = weekday(day) if day < today + timedelta(days=7) else dato(day)
    return f"{words} {klokka(value)}"


def small_first(text: str) -> str:
    """The text as it stands in the middle of a sentence: «kontaktlærer», but «SFO-leder»."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def join_words(words: list[str]) -> str:
    """Return «Marit», «Marit og Siri» or «Marit, Siri og Per»; the empty string for none."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s og %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def frist(due: date, today: date, calendar: Workdays, *, short: bool = False) -> Frist:
    """Return the state of the deadline `due` on `today` and the words for it.

    The words come first and the date second; `short` leaves the date out («4 arbeidsdager
    igjen»), unless there is only the date. `calendar` counts the working days.
    """
    if due < today:
        words = _late_words(due, today)
        return Frist(LATE, words if short else f"{words}, {_date_words(due, today)}")
    state = SOON if calendar.workdays_between(today, due) <= SOON_WORKDAYS else OK
    left = workdays_to_say(due, today, calendar)
    if left is None:
        return Frist(state, _date_only(due, today))
    if short:
        template = ngettext("%(n)s arbeidsdag igjen", "%(n)s arbeidsdager igjen", left)
        return Frist(state, template % {"n": left})
    template = ngettext(
        "%(n)s arbeidsdag igjen, til %(date)s", "%(n)s arbeidsdager igjen, til %(date)s", left
    )
    return Frist(state, template % {"n": left, "date": _date_words(due, today)})


def is_far(day: date, today: date, calendar: Workdays) -> bool:
    """Whether `day` is so far ahead that the date says more than «om 251 dager»."""
    return calendar.workdays_between(today, day) > FAR_WORKDAYS


def workdays_to_say(due: date, today: date, calendar: Workdays) -> int | None:
    """Return how many working days are left until `due`, or None when there is no count to say:
    on the day itself, when no working day is left, and when it is far ahead.
    """
    left = calendar.workdays_between(today, due)
    return left if due > today and left >= 1 and not is_far(due, today, calendar) else None


def _date_words(due: date, today: date) -> str:
    return dato(due, year=due.year != today.year)


def _late_words(due: date, today: date) -> str:
    days = (today - due).days
    if days == 1:
        return _("Fristen gikk ut i går")
    return ngettext(
        "Fristen gikk ut for %(n)s dag siden", "Fristen gikk ut for %(n)s dager siden", days
    ) % {"n": days}


def _date_only(due: date, today: date) -> str:
    """Words for a deadline without a count of working days."""
    if due == today:
        return _("Fristen er i dag, %(date)s") % {"date": _date_words(due, today)}
    if due == today + timedelta(days=1):
        return _("Fristen er i morgen, %(date)s") % {"date": _date_words(due, today)}
    return _("Fristen er %(date)s") % {"date": _date_words(due, today)}
