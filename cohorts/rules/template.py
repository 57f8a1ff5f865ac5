"""What an edition of a paper's form says. Pure functions of its `content`, which may be None.

`content` is {"help": {field: {"bm", "nn"}}, "questions": [{"id", "bm", "nn", "help_bm",
"help_nn", "focus"}]}, as `cohorts.models.PaperTemplate` stores it.
"""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from cohorts.rules.text import in_language

Content = dict[str, Any]

MAX_QUESTIONS = 10
PAIRS = (("bm", "nn"), ("help_bm", "help_nn"))
ID = re.compile(r"^q(\d+)$")


class Question(NamedTuple):
    """A question of the edition in one language; `focus` is the point it belongs to, or empty."""

    id: str
    text: str
    help: str
    focus: str


class Change(NamedTuple):
    """What one edition says otherwise than another; an empty text was not there."""

    field: str  # a key of the form, or the id of a question
    part: str  # bm, nn, help_bm, help_nn or focus
    before: str
    after: str


def help_for(content: Content | None, field: str, language: str | None = None) -> str:
    """The edition's help text of a field in `language` («nb», «nn»; default the active one).

    Empty when the edition leaves the portal's own.
    """
    words = (content or {}).get("help", {}).get(field, {})
    return in_language(words.get("bm", ""), words.get("nn", ""), language)


def questions_for(
    content: Content | None, focus: Iterable[str] = (), language: str | None = None
) -> list[Question]:
    """The edition's questions for a paper about the focus points `focus`, in its order.

    A question without a focus point is always asked.
    """
    chosen = set(focus)
    return [
        Question(
            row["id"],
            in_language(row["bm"], row["nn"], language),
            in_language(row.get("help_bm", ""), row.get("help_nn", ""), language),
            row.get("focus", ""),
        )
        for row in (content or {}).get("questions", [])
        if not row.get("focus") or row["focus"] in chosen
    ]


def answers_in(
    content: Content | None, extra: dict[str, str], focus: Iterable[str], language: str
) -> list[dict[str, str]]:
    """The answered questions with their words, as a sent version holds them (key «extra»)."""
    return [
        {"id": asked.id, "question": asked.text, "answer": extra[asked.id]}
        for asked in questions_for(content, focus, language)
        if extra.get(asked.id, "").strip()
    ]


def cleaned(content: Content) -> Content:
    """The content without empty help texts and empty rows, and without spaces around texts."""
    help_texts = {
        field: {key: words.get(key, "").strip() for key in ("bm", "nn")}
        for field, words in content.get("help", {}).items()
        if any(words.get(key, "").strip() for key in ("bm", "nn"))
    }
    keys = ("id", "bm", "nn", "help_bm", "help_nn", "focus")
    rows = [
        {key: str(row.get(key, "")).strip() for key in keys} for row in content.get("questions", [])
    ]
    kept = [row for row in rows if any(row[key] for pair in PAIRS for key in pair)]
    return {"help": help_texts, "questions": kept}


def half_written(content: Content) -> list[tuple[str, str]]:
    """Where one language is missing: (field or question's place «0», «1» …, the missing part)."""
    missing = [
        (field, key)
        for field, words in content["help"].items()
        for key in ("bm", "nn")
        if not words[key]
    ]
    for place, row in enumerate(content["questions"]):
        missing += [(str(place), key) for key in ("bm", "nn") if not row[key]]
        if bool(row["help_bm"]) != bool(row["help_nn"]):
            missing.append((str(place), "help_nn" if row["help_bm"] else "help_bm"))
    return missing


def numbered(content: Content, earlier: Iterable[Content]) -> Content:
    """The content with an id for each new question, one that no earlier edition has used."""
    contents = [content, *earlier]
    used = [ID.match(row["id"]) for each in contents for row in each.get("questions", [])]
    following = max((int(found[1]) for found in used if found), default=0) + 1
    rows = []
    for row in content["questions"]:
        if not row["id"]:
            row, following = {**row, "id": f"q{following}"}, following + 1
        rows.append(row)
    return {**content, "questions": rows}


def says_the_same(one: Content, other: Content) -> bool:
    """Whether two contents have the same words, whatever ids their questions have."""
    return _without_ids(one) == _without_ids(other)


def changes_between(
    before: Content | None, after: Content | None, fields: Iterable[str]
) -> list[Change]:
    """What is different in `after`, in the order of the form; the questions come last."""
    old, new = before or {}, after or {}
    found = [
        Change(field, key, _words(old, field, key), _words(new, field, key))
        for field in fields
        for key in ("bm", "nn")
    ]
    old_rows = {row["id"]: row for row in old.get("questions", [])}
    new_rows = {row["id"]: row for row in new.get("questions", [])}
    for each in [*new_rows, *(key for key in old_rows if key not in new_rows)]:
        mine, theirs = old_rows.get(each, {}), new_rows.get(each, {})
        found += [
            Change(each, key, mine.get(key, ""), theirs.get(key, ""))
            for key in ("bm", "nn", "help_bm", "help_nn", "focus")
        ]
    return [change for change in found if change.before != change.after]


def _without_ids(content: Content) -> Content:
    rows = [{**row, "id": ""} for row in content.get("questions", [])]
    return {**content, "questions": rows}


def _words(content: Content, field: str, key: str) -> str:
    return content.get("help", {}).get(field, {}).get(key, "")
