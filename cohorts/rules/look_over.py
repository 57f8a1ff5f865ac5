"""The spots of a form that its writer must look over before it is sent. Pure."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any, NamedTuple

from lmp.lib.personal_data import ADVICE, Kind, find_hints, find_national_ids

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


def replaced(text: str, *, field: str, key: str, small: bool = False) -> str:
    """The text with its replacement in every spot that has the key; as it was without any."""
    for spot in reversed(spots_in(text, field=field, label="", small=small)):
        if spot.key == key and spot.replacement:
            text = text[: spot.start] + spot.replacement + text[spot.end :]
    return text


def segments(text: str, spots: Iterable[Spot]) -> list[tuple[str, bool]]:
    """The text in pieces, in order, each with whether it is one of the spots."""
    pieces, at = [], 0
    for spot in spots:
        pieces += [(text[at : spot.start], False), (text[spot.start : spot.end], True)]
        at = spot.end
    return [piece for piece in [*pieces, (text[at:], False)] if piece[0]]


def without_national_ids(text: str) -> str:
    """The text without the numbers that may not be stored."""
    for span in reversed(find_national_ids(text)):
        text = text[: span.start].rstrip(" ") + text[span.end :]
    return text
