"""How far each part of a søknad has come, computed from plain values."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from cohorts.rules.soeknad_answered import touched, unanswered
from cohorts.rules.soeknad_form import (
    CONFIRMATIONS,
    STYRINGSGRUPPE,
    Part,
    Question,
    parts_for,
)

DONE, BEGUN, WAITING, NOT_BEGUN = "done", "begun", "waiting", "not_begun"
OPTIONAL = "optional"  # nothing is written, and nothing need be
ASKED, CONFIRMED = "asked", "confirmed"
DECLINED, DELIVERED = "declined", "delivered"


@dataclass(frozen=True)
class UnitFacts:
    """A unit in the søknad; `part` is how far its own part has come (`SoeknadUnit.Part`).

    `left_out` is that the søknad may be sent without its part.
    """

    name: str
    kind: str
    part: str
    private: bool = False
    leader: str = ""
    children: int | None = None
    left_out: bool = False


@dataclass(frozen=True)
class PartnerFacts:
    """An owner that was asked to apply together; `status` is a `SoeknadPartner.Status`."""

    name: str
    status: str


@dataclass(frozen=True)
class Contents:
    """All that is written so far: `answers` is value by key, `confirmations` the ids needed.

    `joint` is whether the opptak lets kommuner apply together, `attachments` how many files are
    attached.
    """

    applicant: str
    answers: dict[str, Any] = field(default_factory=dict)
    units: tuple[UnitFacts, ...] = ()
    partners: tuple[PartnerFacts, ...] = ()
    confirmations: tuple[str, ...] = ()
    joint: bool = True
    attachments: int = 0


@dataclass(frozen=True)
class PartProgress:
    """One part: its state, the required questions without an answer, and a count of what is
    delivered or confirmed where there is one."""

    part: Part
    state: str
    missing: tuple[Question, ...] = ()
    done: int = 0
    total: int = 0


def parts_of(contents: Contents) -> tuple[Part, ...]:
    """The parts of this søknad in order; «sammen» only where there is somebody to apply with."""
    joint = contents.joint or bool(contents.partners)
    return tuple(p for p in parts_for(contents.applicant) if joint or p.slug != "sammen")


def progress(contents: Contents) -> list[PartProgress]:
    """How far each part of the søknad has come, in the order of the form."""
    return [_of_part(part, contents) for part in parts_of(contents)]


def in_state(parts: Iterable[PartProgress], state: str) -> int:
    """The number of parts in a state."""
    return sum(each.state == state for each in parts)


def counted(parts: Iterable[PartProgress]) -> list[PartProgress]:
    """The parts that must be done before sending."""
    return [each for each in parts if not each.part.optional]


def next_part(parts: list[PartProgress]) -> PartProgress | None:
    """The first part the writers can go on with: one that is begun before one that is not."""
    for state in (BEGUN, NOT_BEGUN):
        for each in parts:
            if each.state == state and each.part.slug != "deler":
                return each
    return None


def _of_part(part: Part, contents: Contents) -> PartProgress:
    special = {
        "sammen": _together,
        "enheter": _units,
        "deler": _own_parts,
        "vedlegg": _attached,
        "bekreft": _confirmed,
    }
    if part.slug in special:
        return special[part.slug](part, contents)
    missing = tuple(unanswered(contents.applicant, part, contents.answers))
    if touched(contents.applicant, part, contents.answers):
        return PartProgress(part, BEGUN if missing else DONE, missing)
    return PartProgress(part, NOT_BEGUN, missing)


def _together(part: Part, contents: Contents) -> PartProgress:
    """Nobody need apply with others; those who are asked must answer before it can be sent."""
    statuses = [each.status for each in contents.partners]
    confirmed, asked = statuses.count(CONFIRMED), statuses.count(ASKED)
    if asked:
        state = WAITING
    elif confirmed and not contents.answers.get(STYRINGSGRUPPE):
        state = BEGUN
    else:
        state = DONE
    return PartProgress(part, state, done=confirmed, total=confirmed + asked)


def _units(part: Part, contents: Contents) -> PartProgress:
    count = len(taking_part(contents.units))
    return PartProgress(part, DONE if count else NOT_BEGUN, done=count, total=count)


def _own_parts(part: Part, contents: Contents) -> PartProgress:
    units = taking_part(contents.units)
    delivered = sum(each.part == DELIVERED for each in units)
    settled = sum(each.part == DELIVERED or each.left_out for each in units)
    state = DONE if settled == len(units) else WAITING
    if not units:
        state = NOT_BEGUN
    return PartProgress(part, state, done=delivered, total=len(units))


def _attached(part: Part, contents: Contents) -> PartProgress:
    count = contents.attachments
    return PartProgress(part, DONE if count else OPTIONAL, done=count, total=count)


def _confirmed(part: Part, contents: Contents) -> PartProgress:
    given = set(contents.answers.get(CONFIRMATIONS) or ())
    done = sum(each in given for each in contents.confirmations)
    total = len(contents.confirmations)
    state = DONE if done == total else BEGUN if done else NOT_BEGUN
    return PartProgress(part, state, done=done, total=total)


def taking_part(units: Iterable[UnitFacts]) -> list[UnitFacts]:
    """The units whose leader has not said no."""
    return [each for each in units if each.part != DECLINED]
