"""One spot in a text where somebody may be recognised."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

OPENERS = " \t«\"'(–-•*\u00a0"


class Kind(StrEnum):
    """What makes a spot point at one person."""

    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    STAFF = "staff"  # a way to reach one employee: «kontaktlærers mobil»
    FAMILY = "family"
    NAME = "name"
    NAME_GROUP = "name_group"  # a name with age, trinn, klasse or avdeling
    INITIALS = "initials"
    BIRTH = "birth"
    ONLY_ONE = "only_one"  # «den eneste som …»
    FEW = "few"  # one child of a trinn, in a small unit


CHILDREN = frozenset(
    {Kind.FAMILY, Kind.NAME_GROUP, Kind.BIRTH, Kind.ONLY_ONE, Kind.FEW, Kind.INITIALS}
)
"""What points at a child or a family: looked for also where contact data are work data."""


class Range(Protocol):
    """Anything with a place in a text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True)
class Hint:
    """A spot (`text[start:end]`), what it is, what to say of it, and what may stand instead.

    `advice_key` is a key of `advice.ADVICE`; `replacement` is "" when nothing obvious can stand
    there.
    """

    start: int
    end: int
    kind: Kind
    advice_key: str
    replacement: str = ""

    def overlaps(self, other: Range) -> bool:
        """Whether the two have a character in common."""
        return self.start < other.end and other.start < self.end


def begins_sentence(text: str, at: int) -> bool:
    """Whether what stands at `at` is the first word of a sentence, a line or a quotation."""
    before = text[:at].rstrip(OPENERS)
    return not before or before[-1] in ".!?:\n\r…"


def fitted(text: str, at: int, words: str) -> str:
    """`words` with a capital where they would begin a sentence."""
    return words[:1].upper() + words[1:] if words and begins_sentence(text, at) else words
