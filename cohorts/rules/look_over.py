"""The spots of a form that its writer must look over before it is sent. Pure."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any, NamedTuple

from lmp.lib.personal_data import ADVICE, Kind, find_hints

SMALL = 30
"""A unit with fewer children is small: there a trinn alone can point at one child (domain 4.3)."""


class Spot(NamedTuple):
    """A spot in one field of a form.

    `field` is the name of the input, `text` the words found there; `key` is the same for the same
    words in the same field, so that a spot that was looked over is known again.
    """

    field: str
    label: str
    start: int
    end: int
    text: str
    kind: Kind
    advice: Any
    replacement: str
    key: str


def is_small(children: int | None) -> bool:
    """Whether a unit with so many children is small; of one that has not said, it is not known."""
    return children is not None and children < SMALL


def spots_in(
    text: str, *, field: str, label: Any, small: bool = False, kinds: Iterable[Kind] | None = None
) -> list[Spot]:
    """The spots in the text of one field; of `kinds` alone when they are given."""
    wanted = None if kinds is None else frozenset(kinds)
    return [
        Spot(
            field,
            str(label),
            hint.start,
            hint.end,
            text[hint.start : hint.end],
            hint.kind,
            ADVICE[hint.advice_key],
            hint.replacement,
            _key(field, hint.kind, text[hint.start : hint.end]),
        )
        for hint in find_hints(text, small=small)
        if wanted is None or hint.kind in wanted
    ]


def _key(field: str, kind: Kind, words: str) -> str:
    return sha256(f"{field}\n{kind}\n{words}".encode()).hexdigest()[:12]


def seen_keys(values: Iterable[str]) -> frozenset[str]:
    """The keys in what a form sends back as looked over («a1 b2», «c3»)."""
    return frozenset(key for value in values for key in str(value).split())
