"""Two windows on the same referat: what each has changed is saved, field by field. Pure functions.

Only a field that both have changed, to different things, is a conflict: the writer decides.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cohorts.rules.paper import Data
from cohorts.rules.soeknad_save import tidy
from meetings.rules.paper_merge import Changed, Marks, carried_row, mark_of, who_changed

_POINT = ("text", "responsible", "due", "sak", "tiltak")
_ANSWER = ("outcome", "comment")
SAKER, CARRIED, EXTRA, AGREED = "saker", "carried", "extra", "agreed"
ATTENDANCE = "attendance"
FROM_BEFORE = "follow_up"


@dataclass
class Met:
    """What comes of a save. `data` is to be written: the keys that change, whole.

    `conflicts` are keys of `flat` that both have changed; their stored value is left alone.
    `others` were changed by somebody else alone, and `marks` go back to the page.
    """

    data: Data = field(default_factory=dict)
    conflicts: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)


def flat(data: Data) -> dict[str, Any]:
    """The data with one key for each field of the form.

    «saker.1.Drøfting» is the text of the first sak of that name and «saker» all of them,
    «carried.12.comment» the comment to follow-up point 12, «extra.q1» an answer to a question.
    """
    found = {key: tidy(value) for key, value in data.items() if key not in (CARRIED, EXTRA)}
    found |= dict(zip(sak_keys(data), (tidy(row["summary"]) for row in data[SAKER]), strict=True))
    for row in data[CARRIED]:
        found |= {_carried(row, part): tidy(row.get(part, "")) for part in _ANSWER}
    return found | {f"{EXTRA}.{name}": tidy(text) for name, text in data[EXTRA].items()}


def sak_keys(data: Data) -> list[str]:
    """The key of each sak in order; saker of the same name are counted."""
    seen: Counter[str] = Counter()
    keys = []
    for row in data[SAKER]:
        seen[row["title"]] += 1
        keys.append(f"{SAKER}.{seen[row['title']]}.{row['title']}")
    return keys


def mark(key: str, value: Any) -> str:
    """A short mark of a field's value; of follow-up points without what the writer does not see."""
    if key == AGREED:
        value = [[row.get(name) or "" for name in _POINT] for row in value]
    return mark_of(value)


def marks_of(data: Data) -> dict[str, str]:
    """The marks of every field of the data, for the hidden field of a page made from it."""
    return {key: mark(key, value) for key, value in flat(data).items()}


def meet(mine: Data, stored: Data, base: Marks) -> Met:
    """What to write of `mine`, typed on a page that was made from `base`.

    Saker are met one by one while both have the same ones, else as one field. A field without a
    mark may have been changed by both.
    """
    met = Met(marks=dict(base))
    here, there = flat(mine), flat(stored)
    same_saker = sak_keys(mine) == sak_keys(stored)
    chosen: dict[str, Any] = {}
    for key, value in here.items():
        one_by_one, is_sak = key.startswith(f"{SAKER}."), key.startswith(SAKER)
        if is_sak and one_by_one != same_saker:
            continue
        _meet_one(met, chosen, key, value, there.get(key, ""))
    met.data = _written(chosen, stored)
    if ATTENDANCE in mine:  # who came is registered by the first save, also when nothing is changed
        met.data.setdefault(ATTENDANCE, stored[ATTENDANCE])
    return met


def _meet_one(met: Met, chosen: dict[str, Any], key: str, value: Any, stored: Any) -> None:
    own, theirs = mark(key, value), mark(key, stored or _empty(value))
    changed = who_changed(own, theirs, met.marks.get(key))
    if changed == Changed.BOTH and (not stored or (key.endswith(".outcome") and value)):
        changed = Changed.WRITER  # there is nothing to lose, or the last choice holds
    match changed:
        case Changed.ALIKE:
            met.marks[key] = own
        case Changed.OTHERS:
            met.others.append(key)
        case Changed.WRITER:
            chosen[key], met.marks[key] = value, own
        case Changed.BOTH:
            met.conflicts.append(key)


def _empty(value: Any) -> Any:
    return type(value)() if isinstance(value, str | list) else None


def _written(chosen: Mapping[str, Any], stored: Data) -> Data:
    """The keys of the data that change, with what was chosen put into what is stored."""
    data: Data = {key: value for key, value in chosen.items() if key in stored}
    keys = sak_keys(stored)
    for key, value in chosen.items():
        name, _dot, rest = key.partition(".")
        if name == SAKER and rest:
            rows = data.setdefault(SAKER, [dict(row) for row in stored[SAKER]])
            rows[keys.index(key)]["summary"] = value
        elif name == CARRIED:
            pk, _dot, part = rest.partition(".")
            rows = data.setdefault(CARRIED, [dict(row) for row in stored[CARRIED]])
            carried_row(rows, FROM_BEFORE, int(pk))[part] = value
        elif name == EXTRA:
            data.setdefault(EXTRA, dict(stored[EXTRA]))[rest] = value
    return data


def _carried(row: Mapping[str, Any], part: str) -> str:
    return f"{CARRIED}.{row[FROM_BEFORE]}.{part}"
