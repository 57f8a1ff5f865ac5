"""Marks that a field of a record carries in its type: ``Annotated[str, Ref("kind.id")]``."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Key:
    """The field has another name in the file than in the code."""

    name: str


@dataclass(frozen=True)
class Inline:
    """The text stands as ``bm`` and ``nn`` in the record itself, not in a table of its own."""


@dataclass(frozen=True)
class AtLeast:
    """The whole number has a lower limit."""

    minimum: int


@dataclass(frozen=True)
class UpTo:
    """The whole number is at most the one that stands at a path of the file."""

    target: str


@dataclass(frozen=True)
class Matches:
    """The text follows a pattern; ``meaning`` tells the author what is allowed."""

    pattern: str
    meaning: str


@dataclass(frozen=True)
class Ref:
    """The value must stand somewhere else in the file (or in the programme of a calendar).

    ``targets`` are paths without list positions, such as ``activity.id``. ``also`` are words that
    are allowed beside what stands there.
    """

    targets: tuple[str, ...]
    also: tuple[str, ...] = ()
