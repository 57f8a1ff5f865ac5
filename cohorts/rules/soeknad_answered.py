"""Whether the questions of a søknad are answered, from plain values. Pure functions."""

from collections.abc import Iterable
from typing import Any

from cohorts.rules.soeknad_form import Part, Question, questions_for


def is_answered(question: Question, value: Any) -> bool:
    """Whether `value` answers it: a text that is not blank, a choice, a tick with its date."""
    if question.kind == "anchored":
        return bool(value) and bool(value.get("yes")) and bool(value.get("date"))
    if isinstance(value, str):
        return bool(value.strip())
    return bool(value)


def unanswered(applicant: str, part: Part, answers: dict[str, Any]) -> list[Question]:
    """The required questions of a part that have no answer yet; `answers` is value by key."""
    return [
        question
        for question in questions_for(applicant, part)
        if _is_required(question, answers) and not is_answered(question, answers.get(question.key))
    ]


def _is_required(question: Question, answers: dict[str, Any]) -> bool:
    if question.when is None or not question.required:
        return question.required
    key, chosen = question.when
    given = answers.get(key) or ()
    return chosen in ([given] if isinstance(given, str) else given)


def touched(applicant: str, part: Part, answers: dict[str, Any]) -> bool:
    """Whether anything at all is written in the part."""
    return any(_has_content(answers.get(q.key)) for q in questions_for(applicant, part))


def _has_content(value: Any) -> bool:
    values: Iterable[Any] = value.values() if isinstance(value, dict) else [value]
    return any(bool(each.strip()) if isinstance(each, str) else bool(each) for each in values)
