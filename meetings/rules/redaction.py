"""A copy of a paper with parts blacked out: what can be marked, and the content that is left.

Nothing of a blacked-out part is left in the copy, not even how long it was.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lmp.lib.personal_data import find_hints
from meetings.rules.privacy import ISO_DAY, NOT_TEXT, part_of

BLACK = "████"
LEFT_OUT = frozenset({"attachments"})
"""Parts of a content that no copy has: the names of files say what is in them."""

NAMES = frozenset({"attendance", "group"})
"""Lists of people, who are blacked out by name and not sentence by sentence."""

PUBLIC = frozenset(
    "activity delmaal focus form id kind level_name language owner pulje responsible_name "
    "semester sha256 status status_name tema term type unit".split()
)
"""What the programme and the registers say: it is the same for everybody, and public."""

ASKS_WHO = frozenset("guests prepared_by referent".split())
CHOICE = re.compile(r"[a-z0-9_]+")
SENTENCE = re.compile(r"\S.*?(?:[.!?…]+(?=\s+[\W\d]*[A-ZÆØÅ])|(?=\s*\n)|(?=\s*\Z))", re.DOTALL)
SHORTEST_NAME = 3


@dataclass(frozen=True)
class Piece:
    """A sentence that can be blacked out: `key` is «saker.1.summary:0»."""

    key: str
    text: str
    start: int
    end: int
    suggested: bool


@dataclass(frozen=True)
class Passage:
    """One text of a content, sentence by sentence; `part` and `field` say where it stands."""

    path: str
    part: str
    field: str
    pieces: tuple[Piece, ...]


def passages(content: dict[str, Any], *, small: bool = False) -> list[Passage]:
    """Every text of a content that somebody wrote, in its own order.

    Sentences with a spot where somebody may be recognised are suggested, and fields that ask who.
    `small` says that the unit has few children.
    """
    found = []
    for path, text in _texts(content, ()):
        field = next(step for step in reversed(path) if not step.isdecimal())
        key = ".".join(path)
        pieces = tuple(_pieces(key, text, suggested=field in ASKS_WHO, small=small))
        found.append(Passage(key, part_of(path), field, pieces))
    return found


def people_in(content: dict[str, Any]) -> list[str]:
    """The names of those who were invited, or who sit in the group, each once."""
    attendance = content.get("attendance") or {}
    rows = [*attendance.get("present", []), *attendance.get("away", [])]
    names = [row["name"] for row in rows]
    names += [each.split(" (")[0] for each in content.get("group", [])]
    return list(dict.fromkeys(name for name in names if name))


def redact(
    content: dict[str, Any], marked: Iterable[str], names: Iterable[str]
) -> tuple[dict[str, Any], int]:
    """The content without the marked pieces and without the names, and how many parts went.

    A name goes wherever it stands, whole or in part («Kari» of «Kari Testvik»).
    """
    chosen, pattern = set(marked), _name_pattern(names)
    count = 0

    def blacken(text: str, path: tuple[str, ...]) -> str:
        nonlocal count
        pieces = list(_pieces(".".join(path), text, suggested=True))
        for piece in reversed(pieces):
            if piece.key in chosen:
                text = f"{text[: piece.start]}{BLACK}{text[piece.end :]}"
                count += 1
        if pattern is not None:
            text, replaced = pattern.subn(BLACK, text)
            count += replaced
        return text

    copy: dict[str, Any] = _mapped(content, (), blacken)
    return copy, count


def _texts(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in LEFT_OUT | NAMES | PUBLIC:
                yield from _texts(inner, (*path, str(key)))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*path, str(index)))
    elif isinstance(value, str) and value.strip() and not _is_fact(value, path):
        yield path, value


def _is_fact(value: str, path: tuple[str, ...]) -> bool:
    """Whether a value is a date, or one of the portal's own words for a choice."""
    if ISO_DAY.fullmatch(value):
        return True
    return any(step in NOT_TEXT for step in path) and CHOICE.fullmatch(value) is not None


def _mapped(value: Any, path: tuple[str, ...], change: Any) -> Any:
    """A copy of a content with `change(text, path)` for every text that is no fact."""
    if isinstance(value, dict):
        return {
            key: inner if key in PUBLIC else _mapped(inner, (*path, str(key)), change)
            for key, inner in value.items()
            if key not in LEFT_OUT
        }
    if isinstance(value, list):
        return [_mapped(inner, (*path, str(at)), change) for at, inner in enumerate(value)]
    if not isinstance(value, str) or not value.strip() or _is_fact(value, path):
        return value
    return change(value, path)


def _pieces(path: str, text: str, *, suggested: bool, small: bool = False) -> Iterator[Piece]:
    hints = [] if suggested else find_hints(text, small=small)
    for number, found in enumerate(SENTENCE.finditer(text)):
        start, end = found.span()
        points = suggested or any(hint.start < end and start < hint.end for hint in hints)
        yield Piece(f"{path}:{number}", found.group(), start, end, points)


def _name_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Whole names first, then each part of them that is long enough to be one."""
    whole = [name for name in names if name.strip()]
    parts = {part for name in whole for part in re.split(r"[\s.]+", name)}
    words = [part for part in parts if len(part) >= SHORTEST_NAME and part[0].isupper()]
    ordered = sorted([*whole, *words], key=len, reverse=True)
    if not ordered:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)")
