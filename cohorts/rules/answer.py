"""When an offer can be answered, and which owner of a joint søknad a unit belongs to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class OfferState(StrEnum):
    """What has become of an offer."""

    OPEN = "open"
    ANSWERED = "answered"
    TOO_LATE = "too_late"
    REPLACED = "replaced"


def offer_state(
    *,
    answered: bool,
    is_current: bool,
    answer_due: date | None,
    lapsed_at: datetime | None,
    withdrawn: bool,
    today: date,
) -> OfferState:
    """The state on the local date `today`; the whole of the last day counts.

    An offer that has lapsed is too late also on its last day, and nobody answers for a søknad
    that is withdrawn.
    """
    if answered:
        return OfferState.ANSWERED
    if not is_current or withdrawn:
        return OfferState.REPLACED
    if lapsed_at is not None or (answer_due is not None and today > answer_due):
        return OfferState.TOO_LATE
    return OfferState.OPEN


@dataclass(frozen=True)
class UnitHome:
    """Where a unit of a søknad belongs: its owner, and the kommune it lies in (ids or None)."""

    unit: int
    owner: int | None
    kommune: int | None


def units_by_applicant(
    units: Iterable[UnitHome], applicants: Mapping[int, int | None], lead: int
) -> dict[int, list[int]]:
    """The units each applicant answers for: owner id to unit ids, in order.

    `applicants` is the kommune of each applicant's owner id. A unit follows its owner; a private
    one its kommune (domain 8.7); one of which neither is known follows the lead.
    """
    found: dict[int, list[int]] = {owner: [] for owner in applicants}
    by_kommune = {kommune: owner for owner, kommune in applicants.items() if kommune is not None}
    for each in units:
        home = each.owner if each.owner in applicants else by_kommune.get(each.kommune or 0, lead)
        found.setdefault(home if home is not None else lead, []).append(each.unit)
    return found
