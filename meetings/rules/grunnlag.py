"""What a veiledningsgrunnlag must hold, and what it takes with it from before (domain 3.10)."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from cohorts.rules.paper import Data

MAX_QUESTIONS = 3
OUTCOMES = ("done", "partly", "not_done")
FOLLOW_UP, MELLOMARBEID = "follow_up", "mellomarbeid"
MAAL, TILTAK = "maal", "tiltak"

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
    "plan_links",
    "focus",
    "wanted_outcome",
    "practical_needs",
    "saker",
    "prepared_by",
    "extra",
)

# The texts that may be taken from an earlier grunnlag, in the order of the form.
COPIED = (
    "worked_well",
    "was_difficult",
    "voices",
    "questions",
    "tried",
    "story",
    "wanted_outcome",
    "practical_needs",
    "prepared_by",
)


class Carried(NamedTuple):
    """What is carried over from last time: a follow-up point or a mellomarbeid, and its id."""

    kind: str
    pk: int


def carried_in(row: dict[str, Any]) -> Carried:
    """Which carried-over thing a row of `since_last` is about."""
    kind = FOLLOW_UP if FOLLOW_UP in row else MELLOMARBEID
    return Carried(kind, row[kind])


def ids_in(rows: Iterable[dict[str, Any]], kind: str) -> list[int]:
    """The ids of the rows of `since_last` that are about things of a kind."""
    return [row[kind] for row in rows if kind in row]


def questions_in(text: str) -> list[str]:
    """The questions, one a line; empty lines do not count."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def missing_in(data: Data, carried: Iterable[Carried], *, confirmed: bool) -> list[str]:
    """What must be done before the grunnlag can be sent, as keys of the data.

    `carried` are the follow-up points and the mellomarbeid that must be answered. One to three
    questions, who prepared it, and the confirmation that nobody can be recognised (domain 3.10).
    """
    missing = []
    answered = {carried_in(row) for row in data["since_last"] if row.get("outcome") in OUTCOMES}
    if not set(carried) <= answered:
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
    return ids_in((row for row in answers if row.get("outcome") == "done"), FOLLOW_UP)


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


def own_again(draft: list[dict[str, Any]], own: Iterable[int]) -> list[dict[str, Any]]:
    """The rows of a draft after the saker with the ids in `own` were taken off the saksliste.

    They stay in the draft as rows that are not on the list yet.
    """
    gone = set(own)
    return [{**row, "sak": None} if row["sak"] in gone else row for row in draft]
