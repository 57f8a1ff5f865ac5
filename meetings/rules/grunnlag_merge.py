"""Two people write in the same draft: what is saved, and what is kept beside it. Pure functions.

Nobody's text is lost: two texts of the same field are both kept until somebody joins them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cohorts.rules.paper import Data, joined
from cohorts.rules.soeknad_save import CONFLICT, KEEP, WRITE, sentences, tidy, when_stale
from meetings.rules.grunnlag import carried_in, shown
from meetings.rules.paper_merge import Changed, Marks, carried_row, mark_of, who_changed

_ROW = ("outcome", "comment")
SINCE_LAST, EXTRA, SAKER = "since_last", "extra", "saker"


@dataclass
class Merge:
    """What comes of a save. `values` are to be written, by the keys of `flat`.

    `conflicts` are texts to keep beside the stored ones. `settled` are the fields that now are as
    the writer's page has them; `others` those that somebody else has changed meanwhile.
    """

    values: dict[str, Any] = field(default_factory=dict)
    conflicts: dict[str, str] = field(default_factory=dict)
    settled: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def flat(data: Data) -> dict[str, Any]:
    """The data with one key for each field of the form.

    «since_last.follow_up.12.comment» is the comment to follow-up point 12, «extra.q1» an answer
    to a question of the template; the others keep their names.
    """
    found: dict[str, Any] = {}
    for key, value in data.items():
        if key == SINCE_LAST:
            for row in value:
                kind, pk = carried_in(row)
                for part in _ROW:
                    found[f"{key}.{kind}.{pk}.{part}"] = row.get(part, "")
        elif key == EXTRA:
            found |= {f"{key}.{name}": text for name, text in value.items()}
        else:
            found[key] = tidy(value)
    return found


def unflat(values: Mapping[str, Any], data: Data) -> Data:
    """`data` with the fields in `values` (keys of `flat`) put in; only the keys that change."""
    changed: Data = {}
    for key, value in values.items():
        name, _dot, rest = key.partition(".")
        if name == SINCE_LAST:
            kind, pk, part = rest.split(".")
            rows = changed.setdefault(name, [dict(row) for row in data[name]])
            carried_row(rows, kind, int(pk))[part] = value
        elif name == EXTRA:
            changed.setdefault(name, dict(data.get(name, {})))[rest] = value
        else:
            changed[key] = value
    return changed


def mark(key: str, value: Any) -> str:
    """A short mark of a field's value; of a saksliste without what the writer does not see."""
    if key == SAKER:
        seen = ("sak", "title", "type", "responsible", "minutes")
        value = [[row.get(name) for name in seen] for row in shown(value)]
    return mark_of(value)


def marks_of(data: Data) -> dict[str, str]:
    """The marks of every field of the data, for the hidden field of a page made from it."""
    return {key: mark(key, value) for key, value in flat(data).items()}


def merge(mine: Data, stored: Data, base: Marks) -> Merge:
    """What to do with each field of `mine`, written on a page that was made from `base`.

    A field without a mark may have been changed by both: then a text is never overwritten.
    """
    result, there = Merge(), flat(stored)
    for key, value in flat(mine).items():
        _merge_one(result, key, value, there.get(key, ""), base.get(key))
    return result


def _merge_one(result: Merge, key: str, value: Any, stored: Any, base: str | None) -> None:
    theirs = mark(key, stored) if stored != "" else mark("", "")
    match who_changed(mark(key, value), theirs, base):
        case Changed.ALIKE:
            result.settled.append(key)
        case Changed.OTHERS:
            result.others.append(key)
        case Changed.WRITER:
            _write(result, key, value)
        case Changed.BOTH:
            if base is not None:
                result.others.append(key)
            _merge_both(result, key, value, stored)


def _write(result: Merge, key: str, value: Any) -> None:
    result.values[key] = value
    result.settled.append(key)


def _merge_both(result: Merge, key: str, value: Any, stored: Any) -> None:
    decision = _when_both(key, value, stored)
    if decision == CONFLICT:
        result.conflicts[key] = value
    elif decision == WRITE and key == SAKER:
        result.values[key] = both_lists(value, stored or [])
    elif decision == WRITE:
        _write(result, key, value)


def _when_both(key: str, value: Any, stored: Any) -> str:
    """What to do when both may have changed a field: only texts are worth keeping twice."""
    if key.endswith(".outcome"):
        return WRITE if value else KEEP
    if isinstance(stored, str) and not stored.strip():
        return WRITE
    return when_stale(stored, value)


def both_lists(mine: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Two versions of a saksliste as one: mine, with what only theirs has before the last fixed.

    A sak that one has taken away and the other kept stays, and one that both have renamed is there
    twice: that is quickly put right, and nothing is lost.
    """
    known = {row["sak"] for row in shown(mine) if row["sak"]}
    titles = {row["title"].strip() for row in shown(mine)}
    gone = {row["sak"] for row in mine if row.get("removed")}
    added = [
        {**row, "sak": None if row["sak"] in known else row["sak"]}
        for row in shown(theirs)
        if row["title"].strip() not in titles
    ]
    back = {row["sak"] for row in added if row["sak"]}
    kept = [row for row in mine if not (row.get("removed") and row["sak"] in back & gone)]
    at = len(kept) - 1 if kept and kept[-1]["standing"] else len(kept)
    return [*kept[:at], *added, *kept[at:]]


def joined_text(mine: str, theirs: str) -> str:
    """Two texts as one to go on from: theirs, and the sentences that only mine has."""
    pieces = sentences(mine, theirs)
    only_mine = "".join(piece.text for piece in pieces if piece.only_here).strip()
    if all(piece.only_here for piece in pieces) or theirs.strip() in mine:
        return joined(mine, theirs)
    between = "\n" if "\n" in mine + theirs else " "
    return f"{theirs.rstrip()}{between}{only_mine}" if only_mine else theirs
