"""Two windows on the same paper: who has changed which field. Pure functions.

A page carries a mark of each field as it was when the page was made. What still has that mark was
not touched by the writer, and what others wrote there stands; what has it in the store was not
touched by others. Only a field that both have changed, to different things, must be decided.
"""

import json
from collections.abc import Mapping
from enum import Enum
from typing import Any

from cohorts.rules.soeknad_save import tidy
from lmp.lib.hashing import content_hash

_MARK = 10

Marks = Mapping[str, str]


class Changed(Enum):
    """Who has changed a field since a page was made."""

    ALIKE = "nobody, or both to the same"
    OTHERS = "others"
    WRITER = "the writer"
    BOTH = "both, or it has no mark and may have been"


def mark_of(value: Any) -> str:
    """A short mark of a value; spaces around a text make no difference."""
    return content_hash(tidy(value))[:_MARK]


def marks_in(text: str) -> dict[str, str]:
    """The marks in a posted hidden field; none when it cannot be read."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {key: value for key, value in found.items() if isinstance(value, str)}


def who_changed(mine: str, theirs: str, base: str | None) -> Changed:
    """Who has changed a field: its mark as the writer has it, as stored, and on the page before."""
    if mine == theirs:
        return Changed.ALIKE
    if mine == base:
        return Changed.OTHERS
    return Changed.WRITER if theirs == base else Changed.BOTH


def carried_row(rows: list[dict[str, Any]], kind: str, pk: int) -> dict[str, Any]:
    """The row of `rows` about the point from before with this primary key; a new one if need be."""
    for row in rows:
        if row.get(kind) == pk:
            return row
    rows.append({kind: pk, "outcome": "", "comment": ""})
    return rows[-1]
