"""What happens when an answer of a søknad is saved while others write in it. Pure functions.

Each field of the form carries a stamp: the version of the answer and a fingerprint of the value
the page was made from. What still has that value was not touched by the writer and is not saved.
"""

import re
from dataclasses import dataclass
from typing import Any

from lmp.lib.hashing import content_hash

WRITE, KEEP, CONFLICT = "write", "keep", "conflict"
_FINGERPRINT = 12
_EMPTY: dict[str, Any] = {"many": [], "tick": False, "anchored": {"yes": False, "date": ""}}


def empty(kind: str) -> Any:
    """The value of a question of this kind that nobody has answered."""
    value = _EMPTY.get(kind, "")
    return value.copy() if isinstance(value, list | dict) else value


def tidy(value: Any) -> Any:
    """A text as it is stored: no blanks around it, and one kind of line ending."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").strip()
    return value


def stamp(version: int, value: Any) -> str:
    """«3.1f0c…»: what a page was made from, for its hidden field."""
    return f"{version}.{content_hash(value)[:_FINGERPRINT]}"


def version_in(stamped: str) -> int:
    """The version in a stamp; 0, which is older than all, when it cannot be read."""
    number = stamped.partition(".")[0]
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 0


def is_touched(stamped: str, value: Any) -> bool:
    """Whether the value is another than the one the page was made from."""
    return stamped.partition(".")[2] != content_hash(value)[:_FINGERPRINT]


def when_stale(stored: Any, incoming: Any) -> str:
    """What to do with a value that was written on top of an older one than what is stored.

    Two texts are both kept, unless one holds the other or one is blank: then nothing is lost.
    Anything else (a tick, a choice, a list, a date) has no text to lose: the last one holds.
    """
    if not isinstance(stored, str) or not isinstance(incoming, str):
        return WRITE
    if not incoming.strip():
        return KEEP
    return WRITE if stored.strip() in incoming else CONFLICT


@dataclass(frozen=True)
class Sentence:
    """A piece of a text; `only_here` when the other text has no such sentence."""

    text: str
    only_here: bool


def sentences(text: str, other: str) -> list[Sentence]:
    """A text in pieces that together are the text, with those that the other one lacks marked."""
    known = {each.strip() for each in _pieces(other)}
    return [Sentence(each, each.strip() not in known) for each in _pieces(text)]


def _pieces(text: str) -> list[str]:
    return [each for each in re.split(r"(?<=[.!?]\s)|(?<=\n)", text) if each]
