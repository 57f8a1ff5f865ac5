"""Which places are free after the answers, and who is next on the reserve list of an embete."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

LAST = 10_000  # the rank of one that is on no list: after all that are


class PlaceState(StrEnum):
    """What a decision that counts does with a place."""

    TAKEN = "taken"  # an offer that stands, held or released
    FREE = "free"  # an offer that was declined, has lapsed or was withdrawn
    WAITING = "waiting"  # a reserve that has been told


@dataclass(frozen=True)
class Place:
    """One decision in the line: `rank` on the embete's list, `moved_up` when it was a reserve."""

    decision: int
    embete: int
    state: PlaceState
    rank: int | None
    name: str
    moved_up: bool = False


def place_state(
    *, outcome: str, released: bool, declined: bool, lapsed: bool, withdrawn: bool
) -> PlaceState | None:
    """The state of a current decision; None for one that neither takes nor waits for a place."""
    if outcome == "tilbud":
        return PlaceState.FREE if declined or lapsed or withdrawn else PlaceState.TAKEN
    if outcome == "reserve" and released and not withdrawn:
        return PlaceState.WAITING
    return None


def free_places(places: Iterable[Place]) -> dict[int, int]:
    """How many places are free in each embete (by key); embeter without any are left out.

    Each reserve that has moved up fills one. When a place was filled from another embete, that
    embete has one too many and the sum says how many are free in all: no more are given out.
    """
    balance: Counter[int] = Counter()
    for place in places:
        balance[place.embete] += int(place.state == PlaceState.FREE) - int(place.moved_up)
    if sum(balance.values()) <= 0:
        return {}
    return {embete: count for embete, count in balance.items() if count > 0}


def next_in_line(places: Iterable[Place], embete: int) -> Place | None:
    """The reserve of the embete with the best rank; those of a joint søknad by name."""
    waiting = [
        place for place in places if place.embete == embete and place.state == PlaceState.WAITING
    ]
    return min(waiting, key=lambda place: (place.rank or LAST, place.name), default=None)


def choices_for(places: Iterable[Place], embete: int) -> list[Place]:
    """Who may be offered a free place of the embete: its own next, else the next of each other."""
    places = list(places)
    own = next_in_line(places, embete)
    if own is not None:
        return [own]
    others = dict.fromkeys(place.embete for place in places)
    found = (next_in_line(places, other) for other in others)
    return [place for place in found if place is not None]
