"""What a referat must hold and what may happen to it (domain 3.12)."""

from datetime import date
from typing import Any

from cohorts.rules.paper import Data

# Keys of the data of a referat in the order of the form.
FIELDS = (
    "attendance",
    "guests",
    "held_from",
    "held_to",
    "place",
    "referent",
    "carried",
    "saker",
    "agreed",
    "mellomarbeid",
    "next_theme",
    "next_date",
    "extra",
)

DRAFT, SENT, MERKNAD, APPROVED, LOCKED = "draft", "sent", "merknad", "approved", "locked"
OPEN_FOR_CHANGES = frozenset({DRAFT, SENT, MERKNAD})
OPEN_FOR_READERS = frozenset({SENT, MERKNAD})


def missing_in(data: Data, *, with_mellomarbeid: bool) -> list[str]:
    """What must be written before the referat can be sent, as keys of the data.

    Every sak needs a line, and every follow-up point a text, one responsible and a date. Only
    the referat of a unit says what is done until next time.
    """
    missing = []
    if not all(sak["summary"].strip() for sak in data["saker"]):
        missing.append("saker")
    if not all(row["text"] and row["responsible"] and row["due"] for row in data["agreed"]):
        missing.append("agreed")
    if not data["referent"].strip():
        missing.append("referent")
    if with_mellomarbeid and not data["mellomarbeid"].strip():
        missing.append("mellomarbeid")
    return missing


def may_change(status: str) -> bool:
    """Whether the author may still write: an approved or locked referat is read-only."""
    return status in OPEN_FOR_CHANGES


def may_get_merknad(status: str, merknad_due: date | None, today: date) -> bool:
    """Whether readers may still add a merknad on the local date `today`; the due day counts."""
    return status in OPEN_FOR_READERS and merknad_due is not None and today <= merknad_due


def may_get_addendum(status: str, *, is_closed: bool) -> bool:
    """Whether a sent referat changes only by an addendum: approved, locked, or the pulje closed."""
    return status in {APPROVED, LOCKED} or (is_closed and status != DRAFT)


def is_as_sent(now: Data, sent: Data) -> bool:
    """Whether what the author has written is still what was sent, as two contents of a referat.

    What changes by itself does not count: the facts of the meeting, who came, and what type a sak
    has on the saksliste. Nor does what an older version did not have.
    """
    written = [key for key in sent if key not in ("meeting", "attendance")]
    return all(_is_same(now.get(key), sent[key]) for key in written)


def _is_same(now: Any, sent: Any) -> bool:
    if isinstance(sent, dict) and isinstance(now, dict):
        return all(_is_same(now.get(key), value) for key, value in sent.items() if key != "type")
    if isinstance(sent, list) and isinstance(now, list):
        return len(now) == len(sent) and all(map(_is_same, now, sent))
    return bool(now == sent)
