"""What may be said of a meeting before it is saved. Pure functions of values, local dates.

An advice is a warning that a person may save against; nothing here blocks except `form_problem`
and `local_moment`. The limits are the pulje's own data (domain 2.3 and 8, cases 14 and 19–21).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.rules.errors import NotPossible
from cohorts.rules.text import in_language
from lmp.lib.wording import dag, dato
from lmp.lib.workdays import Calendar, Unit

DAYS_A_WEEK = 7
ANY_FORM = "any"


@dataclass(frozen=True)
class Advice:
    """A warning: what kind it is (`code`, for tests and for «seen») and what to say."""

    code: str
    text: str


def local_moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The moment of a local date and time, in UTC; the first of the two when the clock goes back.

    Raises `NotPossible` for a time that is skipped when the clock goes forward.
    """
    local = datetime.combine(day, clock, tzinfo=zone)
    moment = local.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NotPossible(_("Dette klokkeslettet finnes ikke: klokka stilles fram denne natta."))
    return moment


def next_day(moments: Iterable[datetime | None], now: datetime) -> date | None:
    """The first local day, from that of `now` on, that one of the moments is on (all aware)."""
    today = timezone.localdate(now)
    days = [timezone.localdate(moment) for moment in moments if moment is not None]
    return min((day for day in days if day >= today), default=None)


def is_at_hand(day: date | None, now: datetime) -> bool:
    """Whether a local day is so near `now` (aware) that the mail of a day may come too late: it is
    not after the next working day."""
    return day is not None and day <= Calendar().add_workdays(timezone.localdate(now), 1)


def form_problem(wanted: str, form: str) -> str:
    """Why a meeting of an activity that wants `wanted` cannot have `form`; empty when it can."""
    if wanted in (ANY_FORM, form):
        return ""
    if wanted == "physical":
        return _("Programmet sier at dette møtet skal være fysisk.")
    return _("Programmet sier at dette møtet skal være digitalt.")


def spacing_advice(
    day: date, other: date, other_title: str, spacing: Mapping[str, Any]
) -> Advice | None:
    """Too few or too many weeks between two meetings, in either order (domain O3b)."""
    days = abs((day - other).days)
    low, high = spacing["warn_below_weeks"], spacing["warn_above_weeks"]
    if low * DAYS_A_WEEK <= days <= high * DAYS_A_WEEK:
        return None
    weeks = days // DAYS_A_WEEK
    text = ngettext(
        "Det blir %(weeks)s uke mellom dette møtet og %(other)s. "
        "Programmet anbefaler om lag %(target)s.",
        "Det blir %(weeks)s uker mellom dette møtet og %(other)s. "
        "Programmet anbefaler om lag %(target)s.",
        weeks,
    )
    named = f"«{other_title}» {dag(other)}"
    values = {"weeks": weeks, "other": named, "target": spacing["target_weeks"]}
    return Advice("spacing", text % values)


def link_advice(
    day: date, linked: date, linked_title: str, offsets: Sequence[int], calendar: Calendar
) -> Advice | None:
    """Too many working days from the meeting it hangs on, or the same day (domain O3a)."""
    distance = calendar.workdays_between(linked, day)
    if day != linked and distance != 0 and offsets[0] <= distance <= offsets[1]:
        return None
    text = _("Dette møtet skal ligge tett på «%(other)s» %(day)s, men ikke samme dag.")
    return Advice("link", text % {"other": linked_title, "day": dag(linked)})


def notice_advice(
    day: date, today: date, offset: int, unit: Unit, calendar: Calendar
) -> Advice | None:
    """The date should have been set earlier; `offset` is negative: before the meeting (O2)."""
    if calendar.add(day, offset, unit) >= today:
        return None
    if unit == "days" and offset % DAYS_A_WEEK == 0:
        span = ngettext("%(n)s uke", "%(n)s uker", -offset // DAYS_A_WEEK)
        words = span % {"n": -offset // DAYS_A_WEEK}
    else:
        words = ngettext("%(n)s dag", "%(n)s dager", -offset) % {"n": -offset}
    text = _("Datoen bør settes minst %(time)s før møtet. Nå er det kortere tid.")
    return Advice("notice", text % {"time": words})


def day_advice(day: date, calendar: Calendar) -> Advice | None:
    """The day is a holiday, in a pause or no working day."""
    if calendar.is_holiday(day):
        return Advice("holiday", _("%(day)s er en helligdag.") % {"day": dato(day).capitalize()})
    if calendar.is_paused(day):
        return Advice("pause", _("%(day)s ligger i ferien.") % {"day": dato(day).capitalize()})
    if not calendar.is_workday(day):
        text = _("%(day)s er ikke en arbeidsdag.")
        return Advice("weekend", text % {"day": dato(day).capitalize()})
    return None


def semester_advice(day: date, start: date, end: date, name: str) -> Advice | None:
    """The day lies outside the semester that the meeting counts for; that is allowed (8)."""
    if start <= day <= end:
        return None
    text = _("Datoen ligger utenfor %(semester)s. Møtet teller likevel der.")
    return Advice("semester", text % {"semester": name.lower()})


def busy_advice(name: str, title: str, day: date) -> Advice:
    """Somebody who must be there has another meeting at that time (domain 8.14, 8.19)."""
    text = _("%(name)s er opptatt da: «%(title)s» %(day)s.")
    return Advice("busy", text % {"name": name, "title": title, "day": dag(day)})


def count_advice(others: int, maximum: int | None, title: str) -> Advice | None:
    """There are as many meetings as the programme asks for already; more is allowed."""
    if maximum is None or others < maximum:
        return None
    text = _("Programmet ber om høyst %(max)s av «%(title)s» i semesteret. Det finnes fra før.")
    return Advice("count", text % {"max": maximum, "title": title})


def weeks_apart(day: date, other: date) -> int:
    """Whole weeks from `other` to `day`, rounded to the nearest; negative when `day` is first."""
    return round((day - other).days / DAYS_A_WEEK)


def is_last_of_semester(planned: int, demanded: int, later: int) -> bool:
    """Whether a meeting closes its semester: all that is demanded is planned, none comes later."""
    return later == 0 and planned >= demanded


def is_over(end: datetime, now: datetime) -> bool:
    """Whether a meeting has ended."""
    return end < now


def national_times(
    first: date, last: date, zone: ZoneInfo, begins: time = time(9), ends: time = time(15, 30)
) -> tuple[datetime, datetime]:
    """Begin and end of a gathering of whole days; the calendar of a pulje has dates only."""
    return local_moment(first, begins, zone), local_moment(last, ends, zone)


def days_until(day: date, today: date) -> int:
    """Calendar days from `today` to `day`; negative when it is past."""
    return (day - today) // timedelta(days=1)


def name_in(title: str, bm: str, nn: str, language: str | None = None) -> str:
    """The `title` of a meeting in `language` («nb» or «nn»; default the active one).

    A title the portal has given begins with what the programme calls the activity, `bm` or `nn`;
    that part is said in the reader's målform. What a person has written is left alone.
    """
    for name in filter(None, (bm, nn)):
        rest = title.removeprefix(name)
        if rest != title and rest[:1] in ("", ","):
            return in_language(bm, nn, language) + rest
    return title
