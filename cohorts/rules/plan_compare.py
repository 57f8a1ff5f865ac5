"""What changed between two versions of a plan: goals and tiltak added, changed and ended."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lmp.lib.compare import Mark, word_marks

ADDED, CHANGED, ENDED = "added", "changed", "ended"
MAAL_PARTS = ("title", "long_term", "semester_goal", "indicator", "delmaal", "focus")
TILTAK_PARTS = (
    "title",
    "problem",
    "what",
    "period",
    "who",
    "evaluation",
    "status_name",
    "concerns",
)
TEXT_PARTS = ("owner_plan", "children", "parents", "competence", "time_set_aside", "ppt_role")

Part = Mapping[str, Any]


@dataclass(frozen=True)
class PartChange:
    """One field with other words; `part` is a key of the content."""

    part: str
    marks: list[Mark]


@dataclass(frozen=True)
class Change:
    """Something added, changed or ended. `what` is «plan», «maal» or «tiltak»."""

    kind: str
    what: str
    title: str
    maal: str = ""
    parts: tuple[PartChange, ...] = ()
    reason: str = ""


def changes_between(old: Part, new: Part) -> list[Change]:
    """What is otherwise in the version `new` than in `old`, in the order of the plan."""
    texts = _parts(old.get("texts", {}), new.get("texts", {}), TEXT_PARTS)
    found = [Change(CHANGED, "plan", "", parts=texts)] if texts else []
    before, after = _by_id(old.get("maal", [])), _by_id(new.get("maal", []))
    tiltak_before = {pk: row for maal in before.values() for pk, row in _tiltak(maal).items()}
    tiltak_after = {pk for maal in after.values() for pk in _tiltak(maal)}
    for pk, maal in after.items():
        found += _of_goal(before.get(pk), maal)
        for key, tiltak in _tiltak(maal).items():
            found += _of_tiltak(tiltak_before.get(key), tiltak, maal["title"])
        gone = _tiltak(before.get(pk, {}))
        found += [
            Change(ENDED, "tiltak", row["title"], maal["title"])
            for key, row in gone.items()
            if key not in tiltak_after and row.get("status") != ENDED
        ]
    found += [Change(ENDED, "maal", row["title"]) for pk, row in before.items() if pk not in after]
    return found


def _of_goal(before: Part | None, after: Part) -> Iterator[Change]:
    if before is None:
        yield Change(ADDED, "maal", after["title"])
    elif parts := _parts(before, after, MAAL_PARTS):
        yield Change(CHANGED, "maal", after["title"], parts=parts)


def _of_tiltak(before: Part | None, after: Part, maal: str) -> Iterator[Change]:
    ended = after.get("status") == ENDED
    if ended and (before is None or before.get("status") != ENDED):
        yield Change(ENDED, "tiltak", after["title"], maal, reason=after.get("verdict_text", ""))
    elif before is None:
        yield Change(ADDED, "tiltak", after["title"], maal)
    elif parts := _parts(before, after, TILTAK_PARTS):
        yield Change(CHANGED, "tiltak", after["title"], maal, parts)


def _parts(old: Part, new: Part, keys: tuple[str, ...]) -> tuple[PartChange, ...]:
    pairs = ((key, _text(old.get(key)), _text(new.get(key))) for key in keys)
    return tuple(PartChange(key, word_marks(a, b)) for key, a, b in pairs if a != b)


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(each["text"] for each in value)
    return str(value or "")


def _by_id(rows: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    return {row["id"]: row for row in rows}


def _tiltak(maal: Part) -> dict[int, dict[str, Any]]:
    return _by_id(maal.get("tiltak", []))
