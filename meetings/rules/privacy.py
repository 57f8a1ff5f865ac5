"""The clock of a report of personal data, and the texts of a paper's content, part by part."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

ALLOWED = timedelta(hours=72)
"""How long the owner has to tell Datatilsynet after it got to know (GDPR article 33)."""
WARN_BEFORE = timedelta(hours=24)

ATTACHMENTS, UNKNOWN = "vedlegg", ""
"""Parts that are no text: the files, and «Vet ikke»."""

# Known facts and choices of the content, which are no free text. Files are a part of their own.
NOT_TEXT = frozenset(
    "activity attachments attendance conclusion delmaal due end evaluate_on evaluation focus form "
    "group held_from held_on held_to id kind language level level_name meeting next_date "
    "next_review outcome owner plan_links pulje responsible responsible_name reviewed_on sak "
    "semester standing start status status_name tema term type unit verdict".split()
)
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d(T[\d:.+Z-]*)?")


@dataclass(frozen=True)
class Clock:
    """How much is left of the 72 hours; real hours, also when the clocks are put back or forward.

    `hours` and `minutes` are what is left, or what it is over by when `is_over`.
    """

    hours: int
    minutes: int
    is_over: bool


@dataclass(frozen=True)
class TextField:
    """One free text of a content: «saker.1.summary» in the part «saker.1»."""

    path: str
    part: str
    key: str
    text: str


def due_at(known_at: datetime) -> datetime:
    """When the 72 hours are over (aware UTC) after an aware moment."""
    return known_at.astimezone(UTC) + ALLOWED


def clock(due: datetime, now: datetime) -> Clock:
    """What the clock shows at `now`; both aware. A minute that has begun is not counted."""
    left = due.astimezone(UTC) - now.astimezone(UTC)
    minutes = int(abs(left).total_seconds() // 60)
    return Clock(minutes // 60, minutes % 60, left <= timedelta(0))


def text_fields(content: dict[str, Any]) -> list[TextField]:
    """The free texts of a content that are not empty, in its own order.

    What is not known to be a fact counts as text, so that a new field can be cleaned too.
    """
    return list(_walk(content, ()))


def _walk(value: Any, path: tuple[str, ...]) -> Iterator[TextField]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in NOT_TEXT:
                yield from _walk(inner, (*path, str(key)))
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            yield from _walk(inner, (*path, str(index)))
    elif isinstance(value, str) and value.strip() and not ISO_DAY.fullmatch(value):
        key = next((step for step in reversed(path) if not step.isdecimal()), "")
        yield TextField(".".join(path), part_of(path), key, value)


def part_of(path: tuple[str, ...]) -> str:
    """The part a text stands in: up to its last number («saker.1»), else the field itself."""
    numbers = [at for at, step in enumerate(path) if step.isdecimal()]
    return ".".join(path[: numbers[-1] + 1]) if numbers else ".".join(path)


def with_texts(value: Any, texts: dict[str, str], path: str = "") -> Any:
    """A copy of a content in which the texts at the paths of `texts` are the new ones."""
    if isinstance(value, dict):
        return {key: with_texts(inner, texts, _join(path, key)) for key, inner in value.items()}
    if isinstance(value, list):
        return [with_texts(inner, texts, _join(path, at)) for at, inner in enumerate(value)]
    return texts.get(path, value)


def _join(path: str, step: Any) -> str:
    return f"{path}.{step}" if path else str(step)


def replaced(value: Any, changes: dict[str, str]) -> Any:
    """A copy of a value in which every text that is a key of `changes` is the new one."""
    if isinstance(value, dict):
        return {key: replaced(inner, changes) for key, inner in value.items()}
    if isinstance(value, list):
        return [replaced(inner, changes) for inner in value]
    return changes.get(value, value) if isinstance(value, str) else value


def cleaned_lines(old: str, new: str) -> dict[str, str]:
    """What became of each line of a text: the same line, its counterpart, or nothing."""
    before, after = _lines(old), _lines(new)
    if len(before) == len(after):
        return dict(zip(before, after, strict=True))
    return {line: line if line in after else "" for line in before}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def changes_of(old: dict[str, str], new: dict[str, str]) -> dict[str, str]:
    """Old text → new text for the paths whose text was changed; whole texts and their lines."""
    changes: dict[str, str] = {}
    for path, text in new.items():
        before = old.get(path, "")
        if before.strip() == text.strip():
            continue
        changes.update({a: b for a, b in cleaned_lines(before, text).items() if a != b})
        changes[before] = text
    return changes
