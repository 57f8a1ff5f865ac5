"""What is different between two sent versions of a priority list. Pure functions of the content.

A content is what `PriorityListVersion.content` holds: `quota`, `wanted`, `note` and `entries`,
each with `soeknad`, `rank` and its texts.
"""

from dataclasses import dataclass, field
from typing import Any

NEW, GONE, UP, DOWN, TEXT = "new", "gone", "up", "down", "text"
HEAD = ("quota", "wanted", "note")
TEXTS = ("recommendation", "reason", "kommuner")


@dataclass(frozen=True)
class Pair:
    """A value before and after."""

    key: str
    before: Any
    after: Any


@dataclass(frozen=True)
class EntryChange:
    """One søknad that is new, gone, moved or described in other words.

    `before` and `after` are its ranks; `why` is the embete's reason for the new one.
    """

    kind: str
    soeknad: int
    name: str
    before: int | None
    after: int | None
    why: str = ""
    texts: tuple[Pair, ...] = ()


@dataclass(frozen=True)
class ListDiff:
    """The differences: of the list as a whole, and of its entries, the highest rank first."""

    head: tuple[Pair, ...] = ()
    entries: tuple[EntryChange, ...] = ()
    same: tuple[str, ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.head or self.entries)


def diff_versions(old: dict[str, Any], new: dict[str, Any]) -> ListDiff:
    """What has changed from the content `old` to the content `new`."""
    before = {row["soeknad"]: row for row in old["entries"]}
    after = {row["soeknad"]: row for row in new["entries"]}
    found = [_change(before.get(key), row) for key, row in after.items()]
    changes = [each for each in found if each is not None]
    changes += [_gone(row) for key, row in before.items() if key not in after]
    named = {each.soeknad for each in changes}
    return ListDiff(
        head=_pairs(old, new, HEAD),
        entries=tuple(sorted(changes, key=_place)),
        same=tuple(row.get("name", "") for key, row in after.items() if key not in named),
    )


def _place(change: EntryChange) -> tuple[bool, int]:
    """In the order of the new list; those that are gone last, in the order of the old."""
    rank = change.before if change.after is None else change.after
    return change.after is None, rank or 0


def _change(old: dict[str, Any] | None, new: dict[str, Any]) -> EntryChange | None:
    name, rank, why = new.get("name", ""), new["rank"], new.get("rank_reason", "")
    if old is None:
        return EntryChange(NEW, new["soeknad"], name, None, rank, why)
    texts = _pairs(old, new, TEXTS)
    if rank != old["rank"]:
        kind = UP if rank < old["rank"] else DOWN
        return EntryChange(kind, new["soeknad"], name, old["rank"], rank, why, texts)
    return EntryChange(TEXT, new["soeknad"], name, rank, rank, why, texts) if texts else None


def _gone(old: dict[str, Any]) -> EntryChange:
    return EntryChange(GONE, old["soeknad"], old.get("name", ""), old["rank"], None)


def _pairs(old: dict[str, Any], new: dict[str, Any], keys: tuple[str, ...]) -> tuple[Pair, ...]:
    return tuple(
        Pair(key, old.get(key), new.get(key)) for key in keys if old.get(key) != new.get(key)
    )
