"""What must be in place before an opptak is opened, as a list of checks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from cohorts.rules.deadlines import text_problem
from cohorts.rules.letter_defaults import PLACEHOLDERS
from cohorts.rules.opptak import DATE_LABELS, OpptakDates, date_problems, missing_dates
from lmp.lib.wording import join_words
from lmp.lib.workdays import Calendar

# Columns of a letter that may be empty.
OPTIONAL_TEXTS = ("closing_bm", "closing_nn")


@dataclass(frozen=True)
class OpeningFacts:
    """What the checks look at. Names are in words, `letters` are the columns by outcome in words.

    `criteria` is how many criteria each kind of applicant has, by the name of the kind.
    """

    info_bm: str
    info_nn: str
    dates: OpptakDates
    criteria: Mapping[str, int]
    letters: Mapping[str, Mapping[str, str]]
    calendar: Calendar
    today: date


@dataclass(frozen=True)
class Check:
    """One line of «Før du åpner opptaket»; `section` is the part of the settings to go to."""

    section: str
    text: str
    ok: bool


def opening_checks(facts: OpeningFacts) -> list[Check]:
    """Everything that must hold, in the order of the settings; what fails says what to do."""
    return [
        _info(facts),
        _applicants(facts),
        _dates(facts),
        _criteria(facts),
        _letters(facts),
    ]


def _info(facts: OpeningFacts) -> Check:
    if facts.info_bm.strip() and facts.info_nn.strip():
        return Check("informasjon", _("Informasjonen er skrevet på bokmål og nynorsk."), True)
    missing = _("nynorsk") if facts.info_bm.strip() else _("bokmål")
    text = _("Skriv informasjonen på %(language)s.") % {"language": missing}
    return Check("informasjon", text, False)


def _applicants(facts: OpeningFacts) -> Check:
    if facts.criteria:
        return Check("soekere", _("Det står hvem som kan søke."), True)
    return Check("soekere", _("Velg hvem som kan søke."), False)


def _dates(facts: OpeningFacts) -> Check:
    missing = missing_dates(facts.dates)
    if missing:
        names = join_words([f"«{DATE_LABELS[key]}»" for key in missing])
        return Check("datoer", _("Sett en dato for %(dates)s.") % {"dates": names}, False)
    problems = date_problems(facts.dates, facts.calendar, former=OpptakDates(), today=facts.today)
    for key, problem in problems.items():
        return Check("datoer", f"{DATE_LABELS[key]}: {problem}", False)
    return Check("datoer", _("De fire datoene er arbeidsdager og kommer i rekkefølge."), True)


def _criteria(facts: OpeningFacts) -> Check:
    without = [name for name, count in facts.criteria.items() if not count]
    if without:
        text = _("Legg til kriterier for %(kinds)s, eller la dem ikke søke.")
        names = join_words([name.lower() for name in without])
        return Check("kriterier", text % {"kinds": names}, False)
    return Check("kriterier", _("Alle som kan søke, har kriterier."), True)


def _letters(facts: OpeningFacts) -> Check:
    for name, texts in facts.letters.items():
        for column, text in texts.items():
            if text.strip() == "" and column not in OPTIONAL_TEXTS:
                words = _("Skriv ferdig brevet «%(outcome)s».") % {"outcome": name}
                return Check("brev", words, False)
            problem = text_problem(text, PLACEHOLDERS)
            if problem:
                return Check("brev", f"{name}: {problem}", False)
    return Check("brev", _("Brevene er hele på bokmål og nynorsk."), True)


def quota_sum_in_words(quotas: list[int | None], capacity: int | None) -> str:
    """How the places of the embeter add up to those in all; empty when nothing is set."""
    total = sum(each or 0 for each in quotas)
    if capacity is None:
        return _("Embetene har %(total)s plasser til sammen.") % {"total": total} if total else ""
    values = {"total": total, "capacity": capacity}
    if total > capacity:
        return _("Embetene har %(total)s plasser, flere enn de %(capacity)s i alt.") % values
    return _("Embetene har %(total)s av %(capacity)s plasser.") % values
