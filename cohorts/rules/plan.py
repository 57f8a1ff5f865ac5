"""What a framdriftsplan and a review of it must hold (domain 3.9). Pure functions of plain data."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cohorts.rules.paper import Data
from lmp.lib.hashing import content_hash

# The kind of activity, in the words of a programme's file, that a review of the plan counts as.
REVIEW_KIND = "plangjennomgang"

CONTINUE, ADJUST, END = "continue", "adjust", "end"
VERDICTS = (CONTINUE, ADJUST, END)
ANSWERS = ("yes", "partly", "no")

# Keys of the data of each form, in the order of the form.
PLAN_FIELDS = (
    "owner_plan",
    "children",
    "parents",
    "competence",
    "time_set_aside",
    "ppt_role",
    "extra",
)
MAAL_FIELDS = ("title", "long_term", "semester_goal", "indicator", "delmaal", "focus")
TILTAK_FIELDS = (
    "title",
    "problem",
    "what",
    "period",
    "who",
    "evaluate_on",
    "evaluate_where",
    "status",
    "level",
    "concerns",
)
REVIEW_FIELDS = ("held_on", "verdicts", "voices", "conclusion", "ahead", "next_review")


def stamp_of(data: Data) -> str:
    """A short mark of what a form showed: it differs when somebody has saved something else."""
    return content_hash(data)[:16]


def data_of(row: Any, fields: Iterable[str]) -> Data:
    """What is stored in a row of the plan, as data of its form."""
    return {field: getattr(row, field) for field in fields}


def missing_in_review(data: Data, tiltak: Iterable[int]) -> list[str]:
    """What must be answered before a review makes a version.

    Keys of the data; «verdict-12» for a tiltak without a verdict, «text-12» for one that is
    adjusted or ended without a reason. What goes on needs no words.
    """
    verdicts = verdicts_by_tiltak(data["verdicts"])
    missing = [] if data["held_on"] else ["held_on"]
    for pk in tiltak:
        row = verdicts.get(pk, {})
        if row.get("verdict") not in VERDICTS:
            missing.append(f"verdict-{pk}")
        elif row["verdict"] != CONTINUE and not row.get("text", "").strip():
            missing.append(f"text-{pk}")
    missing += [] if data["conclusion"] in VERDICTS else ["conclusion"]
    missing += [] if data["ahead"].strip() else ["ahead"]
    missing += [] if data["next_review"] else ["next_review"]
    return missing


def verdicts_by_tiltak(rows: Iterable[Mapping[str, Any]]) -> dict[int, dict[str, Any]]:
    """The rows of a review by the id of their tiltak."""
    return {row["tiltak"]: dict(row) for row in rows}


def moved(ids: Sequence[int], pk: int, step: int) -> list[int]:
    """The ids with `pk` one place earlier (step -1) or later (step 1); as they were at an end."""
    order = list(ids)
    if pk not in order:
        return order
    at = order.index(pk)
    to = at + step
    if 0 <= to < len(order):
        order[at], order[to] = order[to], order[at]
    return order


def answered(checks: Mapping[str, str], items: Iterable[str]) -> dict[str, str]:
    """The answers to the points of a checklist that are there now, without anything unknown."""
    return {key: checks[key] for key in items if checks.get(key) in ANSWERS}
