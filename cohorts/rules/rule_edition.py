"""The reminders and words of a rule as one version: what they are, and what is wrong with them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cohorts.rules.deadlines import FURTHEST, text_problem

TEXTS = ("subject_bm", "subject_nn", "text_bm", "text_nn")
CONTENT = ("steps", *TEXTS)


@dataclass(frozen=True)
class RuleContent:
    """What one version of a rule says: its steps (as `DeadlineRule.steps`) and its texts."""

    steps: tuple[Mapping[str, Any], ...]
    subject_bm: str
    subject_nn: str
    text_bm: str
    text_nn: str

    def columns(self) -> dict[str, Any]:
        """The values as the rows hold them: the steps in the order of the days, each once."""
        return {"steps": in_order(self.steps)} | {name: getattr(self, name) for name in TEXTS}


def content_of(row: Any) -> RuleContent:
    """What a rule, or a version of it, says."""
    texts = {name: getattr(row, name) for name in TEXTS}
    return RuleContent(steps=tuple(in_order(row.steps)), **texts)


def in_order(steps: Iterable[Mapping[str, Any]]) -> list[dict]:
    """The steps by day, those to the one who owes it first, each day and receiver once."""
    found = {
        (each["offset"], each["to"]): {
            "offset": each["offset"],
            "to": each["to"],
            "urgent": bool(each["urgent"]),
        }
        for each in steps
    }
    return [found[key] for key in sorted(found)]


def step_problem(offset: int, to: str, actors: Collection[str]) -> str:
    """What is wrong with one reminder; empty when nothing is. `actors` are ids that have an office,
    an empty `to` is the one who owes it."""
    if abs(offset) > FURTHEST:
        return _("Skriv et tall fra 0 til %(most)s.") % {"most": FURTHEST}
    if to and to not in actors:
        return _("Velg hvem som skal få påminnelsen.")
    return ""


def content_problems(
    content: RuleContent, placeholders: Collection[str], actors: Collection[str]
) -> dict[str, str]:
    """What is wrong with a version, by column; empty when nothing is. An unknown placeholder is
    named with the one that was probably meant."""
    problems = {
        name: problem
        for name in TEXTS
        if (problem := text_problem(getattr(content, name), placeholders))
    }
    for name in TEXTS:
        if not getattr(content, name).strip():
            problems[name] = _("Skriv en tekst.")
    for step in content.steps:
        if problem := step_problem(step["offset"], step["to"], actors):
            problems["steps"] = problem
    return problems
