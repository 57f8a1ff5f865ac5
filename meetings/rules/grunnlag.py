"""What a veiledningsgrunnlag must hold, and what it takes with it from before (domain 3.10)."""

from collections.abc import Iterable
from typing import Any

from cohorts.rules.paper import Data

MAX_QUESTIONS = 3
OUTCOMES = ("done", "partly", "not_done")

# Keys of the data of a grunnlag in the order of the form.
FIELDS = (
    "since_last",
    "worked_well",
    "was_difficult",
    "heard_children",
    "heard_parents",
    "voices",
    "questions",
    "tried",
    "story",
    "focus",
    "wanted_outcome",
    "practical_needs",
    "saker",
    "prepared_by",
)


def questions_in(text: str) -> list[str]:
    """The questions, one a line; empty lines do not count."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def missing_in(data: Data, points: Iterable[int], *, confirmed: bool) -> list[str]:
    """What must be done before the grunnlag can be sent, as keys of the data.

    `points` are the ids of the open follow-up points that must be answered. One to three
    questions, who prepared it, and the confirmation that nobody can be recognised (domain 3.10).
    """
    missing = []
    answered = {row["follow_up"] for row in data["since_last"] if row.get("outcome") in OUTCOMES}
    if not set(points) <= answered:
        missing.append("since_last")
    if not 1 <= len(questions_in(data["questions"])) <= MAX_QUESTIONS:
        missing.append("questions")
    if not data["prepared_by"].strip():
        missing.append("prepared_by")
    if not confirmed:
        missing.append("confirmed")
    return missing


def points_done(answers: Iterable[dict[str, Any]]) -> list[int]:
    """The ids of the follow-up points that are reported as done."""
    return [row["follow_up"] for row in answers if row.get("outcome") == "done"]


def merged_saker(draft: list[dict[str, Any]], live: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of a draft saksliste together with rows that others have added meanwhile.

    Rows are dicts with `sak` (id or None), `title`, `type`, `minutes`, `responsible`, `standing`
    and `removed`. What the draft knows it decides about, also that a row is gone; new rows of
    others come before the fixed item at the end.
    """
    if not draft:
        return live
    known = {row["sak"] for row in draft if row["sak"]}
    there = {row["sak"] for row in live}
    kept = [row for row in draft if not row["sak"] or row["sak"] in there]
    added = [row for row in live if row["sak"] not in known]
    at = len(kept) - 1 if kept and kept[-1]["standing"] else len(kept)
    return [*kept[:at], *added, *kept[at:]]


def shown(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of a saksliste that have not been taken away."""
    return [row for row in rows if not row.get("removed")]
