"""A rule in words: its reminders, and its text as a receiver reads it. Pure functions."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from cohorts.rules.deadlines import step_in_words
from lmp.lib.wording import dato, join_words, weekday

BRACES = re.compile(r"(\{[^{}]*\})")
A_WEEK = timedelta(days=7)


class Piece(NamedTuple):
    """A piece of a text; `missing` when it stands for a placeholder that has no value."""

    text: str
    missing: bool = False


def pieces(text: str, values: Mapping[str, str]) -> list[Piece]:
    """The text as a receiver reads it, in pieces: a page shows where a value is missing."""
    found = []
    for part in BRACES.split(text):
        if BRACES.fullmatch(part):
            value = values.get(part[1:-1], "")
            found.append(Piece(value) if value else Piece(_("(mangler)"), missing=True))
        elif part:
            found.append(Piece(part))
    return found


def plain(found: list[Piece]) -> str:
    """The pieces as one text, without what is missing."""
    return "".join(each.text for each in found if not each.missing).strip()


def reminder_in_words(offset: int, unit: str, whom: str, *, urgent: bool) -> str:
    """One reminder: «5 arbeidsdager før fristen: Styrer eller rektor»."""
    words = _("%(when)s: %(whom)s") % {"when": step_in_words(offset, unit), "whom": whom}
    return _("%(words)s, haster") % {"words": words} if urgent else words


def steps_in_words(
    steps: Iterable[Mapping[str, Any]], unit: str, names: Mapping[str, str]
) -> list[str]:
    """The reminders of a rule, each in words; `names` are the receivers by actor."""
    return [
        reminder_in_words(
            step["offset"], unit, names.get(step["to"], step["to"]), urgent=step["urgent"]
        )
        for step in steps
    ]


def receivers_in_words(
    steps: Iterable[Mapping[str, Any]], unit: str, names: Mapping[str, str]
) -> list[str]:
    """The reminders of a rule, a line a receiver: «Styrer eller rektor: 4 dager før fristen og på
    fristdagen»; `names` are the receivers by actor."""
    found: dict[str, list[str]] = {}
    for step in steps:
        words = step_in_words(step["offset"], unit)
        if step["urgent"]:
            words = _("%(words)s (haster)") % {"words": words}
        found.setdefault(names.get(step["to"], step["to"]), []).append(words)
    return [
        _("%(whom)s: %(when)s") % {"whom": whom, "when": join_words(when)}
        for whom, when in found.items()
    ]


def from_day_in_words(day: date, today: date) -> str:
    """The day that a version holds from: «mandag» within a week, else «mandag 4. januar»."""
    return weekday(day) if day - today < A_WEEK else dato(day, year=day.year != today.year)
