"""An edition of a paper's form in words: the whole of it, and what it changed."""

from typing import Any

from django.utils.translation import gettext as _

from cohorts.models import PaperTemplate
from cohorts.rules.template import PAIRS, changes_between
from cohorts.rules.template_fields import labels_of

Rows = list[dict[str, Any]]


def part_name(part: str) -> str:
    """What a part of a help text or a question is called."""
    names = {
        "bm": _("Bokmål"),
        "nn": _("Nynorsk"),
        "help_bm": _("Hjelpetekst på bokmål"),
        "help_nn": _("Hjelpetekst på nynorsk"),
        "focus": _("Stilles"),
    }
    return names[part]


def changed_rows(edition: PaperTemplate, before: PaperTemplate, points: dict[str, str]) -> Rows:
    """What is different from the edition before: {"name", "pairs": [{label, before, after}]}."""
    labels = labels_of(edition.kind)
    rows: dict[str, dict[str, Any]] = {}
    for change in changes_between(before.content, edition.content, labels):
        name = labels.get(change.field) or question_name(change.field, edition, before)
        row = rows.setdefault(change.field, {"name": name, "pairs": []})
        row["pairs"].append(
            {
                "label": part_name(change.part),
                "before": _worded(change.part, change.before, points),
                "after": _worded(change.part, change.after, points),
            }
        )
    return list(rows.values())


def question_name(key: str, *editions: PaperTemplate) -> str:
    """«Spørsmål 2» for the question with the id `key`, by its place in the first that has it."""
    for edition in editions:
        for place, row in enumerate(edition.content.get("questions", []), start=1):
            if row["id"] == key:
                return _("Spørsmål %(n)s") % {"n": place}
    return key


def whole_rows(edition: PaperTemplate, points: dict[str, str]) -> Rows:
    """Everything the edition says: {"name", "lines": [(label, text)]}; the questions last."""
    labels, content = labels_of(edition.kind), edition.content
    rows: Rows = [
        {"name": labels[field], "lines": [(part_name(key), words[key]) for key in PAIRS[0]]}
        for field, words in sorted(
            content.get("help", {}).items(), key=lambda item: list(labels).index(item[0])
        )
    ]
    for row in content.get("questions", []):
        lines = [(part_name(key), row[key]) for pair in PAIRS for key in pair if row[key]]
        if row["focus"]:
            lines.append((part_name("focus"), _worded("focus", row["focus"], points)))
        rows.append({"name": question_name(row["id"], edition), "lines": lines})
    return rows


def _worded(part: str, text: str, points: dict[str, str]) -> str:
    return points.get(text, text) if part == "focus" and text else text
