"""When something is due, and what the key of an obligation is. Pure functions of values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lmp.lib.workdays import Calendar, Direction, Unit

BEFORE_OR_AFTER = ("before", "after")
CLOSED_EARLY = "closed_early"
"""Why something is void (`Obligation.void_reason`) when nobody is asked for it any more."""


@dataclass(frozen=True)
class Owed:
    """One thing somebody owes, before it is stored. Ids are primary keys; days are local dates.

    About an activity, or in a recruitment about a søknad, an embete or a decision.
    """

    rule_id: int | None
    activity_id: int | None
    actor: str
    office: str
    due: date
    opens: date | None = None
    deltakelse_id: int | None = None
    unit_id: int | None = None
    meeting_id: int | None = None
    semester_id: int | None = None
    referat_id: int | None = None
    follow_up_id: int | None = None
    soeknad_id: int | None = None
    embete_id: int | None = None
    decision_id: int | None = None

    @property
    def key(self) -> str:
        """What it is about; the same however often it is computed."""
        what = f"r{self.rule_id}" if self.rule_id else f"a{self.activity_id}"
        parts = {
            "s": self.semester_id,
            "m": self.meeting_id,
            "d": self.deltakelse_id,
            "u": self.unit_id,
            "p": self.referat_id,
            "f": self.follow_up_id,
            "a": self.soeknad_id,
            "e": self.embete_id,
            "o": self.decision_id,
        }
        tail = ":".join(f"{letter}{pk}" for letter, pk in parts.items() if pk is not None)
        return f"{what}:{tail}:{self.actor}"


def due_day(anchor: date, offset: int, unit: Unit, shift: Direction, calendar: Calendar) -> date:
    """The due day: `offset` days or workdays from `anchor`, moved off holidays and pauses."""
    return calendar.shift(calendar.add(anchor, offset, unit), shift)


def opening_day(due: date, opens: int | None, unit: Unit, calendar: Calendar) -> date | None:
    """The first day on which it can be done; `opens` counts from the due day. None: always."""
    return None if opens is None else calendar.add(due, opens, unit)


def actors_owing(
    owed_by: str, responsible: str, asked: Iterable[str], item_responsible: str = ""
) -> list[str]:
    """The actors a deadline's `owed_by` stands for (programme README: actor or special word)."""
    if owed_by == "responsible":
        return [item_responsible or responsible]
    if owed_by == "asked":
        return list(asked)
    return [owed_by]


def applies_to_unit(applies_to: str, unit_kind: str, first_semester: int, number: int) -> bool:
    """Whether an activity of semester `number` concerns a unit that joined in `first_semester`."""
    return first_semester <= number and applies_to in ("", unit_kind)


def whole_months(start: date, end: date) -> int:
    """Whole calendar months between two local dates, as the programme counts per_month."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return max(0, months if end.day >= start.day else months - 1)


def target_count(cadence: str, minimum: int, start: date, term_end: date) -> int:
    """How many a semester demands; per month it is `minimum` for each whole month, at least one."""
    if cadence == "per_month":
        return minimum * max(1, whole_months(start, term_end))
    return minimum
