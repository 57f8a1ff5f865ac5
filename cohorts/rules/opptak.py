"""The dates of a recruitment, and what is late. Local dates; a deadline lasts the whole day."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lmp.lib.wording import dato
from lmp.lib.workdays import Calendar

DATE_LABELS = {
    "soeknadsfrist": gettext_lazy("Søknadsfrist"),
    "prioritert_liste": gettext_lazy("Prioritert liste til Udir"),
    "avgjoerelse": gettext_lazy("Udir avgjør"),
    "svarfrist": gettext_lazy("Frist for å svare på tilbudet"),
}


# How those who may apply are named in a sentence.
APPLICANTS = {
    "kommune": gettext_lazy("kommuner"),
    "fylkeskommune": gettext_lazy("fylkeskommuner"),
    "frittstaaende_skole": gettext_lazy("frittstående skoler"),
}


@dataclass(frozen=True)
class OpptakDates:
    """The four days the recruitment turns on (S4 2 and 7; domain 2.1), in this order."""

    KEYS: ClassVar[tuple[str, ...]] = (
        "soeknadsfrist",
        "prioritert_liste",
        "avgjoerelse",
        "svarfrist",
    )

    soeknadsfrist: date | None = None
    prioritert_liste: date | None = None
    avgjoerelse: date | None = None
    svarfrist: date | None = None

    def by_key(self) -> dict[str, date | None]:
        """The four days by their key, in order."""
        return {key: getattr(self, key) for key in self.KEYS}


def is_late(today: date, deadline: date | None) -> bool:
    """Whether the whole day of the deadline has passed; nothing is late without a deadline."""
    return deadline is not None and today > deadline


def free_day_problem(day: date, calendar: Calendar) -> str:
    """Why a day cannot be a deadline, with the next one that can; empty for a working day."""
    if calendar.is_workday(day):
        return ""
    other = _("Velg for eksempel %(day)s.") % {"day": dato(calendar.shift(day, "next"))}
    return f"{free_day_reason(day, calendar)} {other}"


def free_day_reason(day: date, calendar: Calendar) -> str:
    """Why a day is free: «Mandag 17. mai er en helligdag.»; empty for a working day."""
    if calendar.is_workday(day):
        return ""
    words = dato(day)
    values = {"day": words[0].upper() + words[1:]}
    if calendar.is_holiday(day):
        return _("%(day)s er en helligdag.") % values
    if calendar.is_paused(day):
        return _("%(day)s er i ferien.") % values
    return _("%(day)s er i helga.") % values


def date_problems(
    dates: OpptakDates, calendar: Calendar, *, former: OpptakDates, today: date
) -> dict[str, str]:
    """What is wrong with the dates, by key; empty when nothing is. A date may be left out.

    Each must be a working day after the one before it. A date that is changed from `former` must
    not have passed on the local date `today`.
    """
    problems: dict[str, str] = {}
    before: tuple[str, date] | None = None
    for key, day in dates.by_key().items():
        if day is None:
            continue
        if day != former.by_key()[key] and day < today:
            problems[key] = _("Datoen har vært. Velg en dag fra og med i dag.")
        elif problem := free_day_problem(day, calendar):
            problems[key] = problem
        elif before is not None and day <= before[1]:
            values = {"what": str(DATE_LABELS[before[0]]), "day": dato(before[1])}
            problems[key] = _("Velg en dag etter «%(what)s», som er %(day)s.") % values
        before = (key, day)
    return problems


def missing_dates(dates: OpptakDates) -> list[str]:
    """The keys of the dates that are not set, in order."""
    return [key for key, day in dates.by_key().items() if day is None]


def internal_deadline_problem(
    day: date, *, latest: date | None, calendar: Calendar, today: date
) -> str:
    """Why an embete cannot have this day as its own deadline; empty when it can.

    It must leave the embete time: on a working day from today, and no later than the day the list
    is to be with Udir.
    """
    if day < today:
        return _("Datoen har vært. Velg en dag fra og med i dag.")
    if latest is not None and day > latest:
        text = _("Fristen kan ikke være etter at lista skal være hos Udir, %(day)s.")
        return text % {"day": dato(latest)}
    return free_day_problem(day, calendar)


def is_tight(day: date, latest: date | None, calendar: Calendar) -> bool:
    """Whether a deadline leaves the embete fewer than five working days to assess."""
    return latest is not None and calendar.workdays_between(day, latest) < 5
