"""The units of a søknad: totals, what a link opens, and what a unit's own part must hold."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

# The link to a unit's part lives so long after the last day to apply, for late applications.
LINK_LASTS = timedelta(days=14)
LAST_OF_BARNETRINN = 7


@dataclass(frozen=True)
class UnitFacts:
    """What is counted of one unit; an unknown number is None."""

    children: int | None
    staff: int | None
    grades: str = ""


@dataclass(frozen=True)
class Totals:
    """How many units, children and staff a søknad is about; unknown numbers count as none.

    `staff` is None when it is known for no unit: the registers do not hold it.
    """

    units: int
    children: int
    staff: int | None


def totals(units: Iterable[UnitFacts]) -> Totals:
    """Sum of the units."""
    found = list(units)
    staff = [each.staff for each in found if each.staff is not None]
    return Totals(
        len(found), sum(each.children or 0 for each in found), sum(staff) if staff else None
    )


def grade_span(grades: str) -> tuple[int, int] | None:
    """The first and last grade of «1.–7. trinn»; None when no number is written."""
    numbers = [int(each) for each in re.findall(r"\d+", grades)]
    return (min(numbers), max(numbers)) if numbers else None


def both_levels(units: Iterable[UnitFacts]) -> bool:
    """Whether both barnetrinn and ungdomstrinn are among the units (S4 2.1: «bør»)."""
    spans = [span for each in units if (span := grade_span(each.grades))]
    low = any(first <= LAST_OF_BARNETRINN for first, _last in spans)
    return low and any(last > LAST_OF_BARNETRINN for _first, last in spans)


def levels_in_words(units: Iterable[UnitFacts]) -> str:
    """«Barnetrinn og ungdomstrinn», one of them, or nothing when no grade is known."""
    spans = [span for each in units if (span := grade_span(each.grades))]
    low = any(first <= LAST_OF_BARNETRINN for first, _last in spans)
    high = any(last > LAST_OF_BARNETRINN for _first, last in spans)
    if low and high:
        return _("Barnetrinn og ungdomstrinn")
    return _("Barnetrinn") if low else _("Ungdomstrinn") if high else ""


def ownership_in_words(kind: str, ownership: str, owner_kind: str) -> str:
    """«Kommunal skole», «Privat barnehage»; `kind` is skole or barnehage."""
    school = kind == "skole"
    if ownership == "privat":
        return _("Privat skole") if school else _("Privat barnehage")
    if owner_kind == "fylkeskommune":
        return _("Fylkeskommunal skole") if school else _("Fylkeskommunal barnehage")
    return _("Kommunal skole") if school else _("Kommunal barnehage")


class LinkState(StrEnum):
    """What the link to a unit's part opens."""

    WRITE = "write"
    READ = "read"
    CLOSED = "closed"


def link_state(
    *, withdrawn: bool, being_written: bool, today: date, deadline: date | None
) -> LinkState:
    """Writing while the søknad is written, reading once it is sent, nothing when it is withdrawn
    or `LINK_LASTS` has gone since the local date `deadline`."""
    if withdrawn or (deadline is not None and today > deadline + LINK_LASTS):
        return LinkState.CLOSED
    return LinkState.WRITE if being_written else LinkState.READ


def missing_in_part(data: dict[str, Any]) -> list[str]:
    """The fields of a unit's own part that must be filled before it is delivered."""
    missing = [key for key in ("why", "needs") if not str(data.get(key) or "").strip()]
    if data.get("children") is None:
        missing.append("children")
    if not data.get("staff_agreed"):
        missing.append("staff_agreed")
    elif data["staff_agreed"] == "meeting" and not data.get("staff_meeting_on"):
        missing.append("staff_meeting_on")
    return missing
