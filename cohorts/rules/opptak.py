"""The dates of a recruitment, and what is late. Local dates; a deadline lasts the whole day."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


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


def is_late(today: date, deadline: date | None) -> bool:
    """Whether the whole day of the deadline has passed; nothing is late without a deadline."""
    return deadline is not None and today > deadline
