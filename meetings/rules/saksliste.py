"""The order, the times and the standing saker of a saksliste. Pure functions of values."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lmp.lib.hashing import content_hash

FIRST, MIDDLE, LAST = "first", "middle", "last"
LAST_OF_SEMESTER, LAST_OF_PROGRAMME = "last_of_semester", "last_of_programme"


class Item(Protocol):
    """What the order of a saksliste needs to know of a sak."""

    @property
    def standing(self) -> str: ...


class Standing(Protocol):
    """A standing item of the programme's file."""

    @property
    def id(self) -> str: ...
    @property
    def position(self) -> Any: ...
    @property
    def when(self) -> Any: ...


Any_ = TypeVar("Any_", bound=Item)
Fixed = TypeVar("Fixed", bound=Standing)


@dataclass(frozen=True)
class SakInput:
    """One sak as a form gives it. `pk` is the stored row, None for a new one.

    `responsible` is an actor of the programme or free text; `minutes` may be open.
    """

    title: str
    type: str
    responsible: str = ""
    minutes: int | None = None
    pk: int | None = None
    standing: str = ""


def standing_items(
    items: Iterable[Fixed], *, closes_semester: bool, closes_programme: bool
) -> list[Fixed]:
    """The standing items that a meeting has, in the order of the file.

    `closes_semester` and `closes_programme`: it is the last of its kind there.
    """
    met = {None: True, LAST_OF_SEMESTER: closes_semester, LAST_OF_PROGRAMME: closes_programme}
    return [item for item in items if met[item.when]]


def arrange(saker: Sequence[Any_], positions: Mapping[str, str]) -> list[Any_]:
    """Put the fixed first and last saker where they belong; the others keep their order.

    `positions` maps the id of a standing item to first, middle or last.
    """
    order = {FIRST: 0, MIDDLE: 1, LAST: 2}
    return sorted(saker, key=lambda sak: order[positions.get(sak.standing, MIDDLE)])


def start_times(start: datetime, minutes: Sequence[int | None]) -> list[datetime]:
    """When each sak begins; one without minutes takes no time. `start` is aware."""
    times, moment = [], start
    for length in minutes:
        times.append(moment)
        moment += timedelta(minutes=length or 0)
    return times


def planned_minutes(minutes: Iterable[int | None]) -> int:
    """The sum of what has a length."""
    return sum(length or 0 for length in minutes)


def sum_words(planned: int, total: int) -> str:
    """How the planned minutes stand to the length of the meeting, in words."""
    words = _("Til sammen %(planned)s minutter av %(total)s.") % {
        "planned": planned,
        "total": total,
    }
    return f"{words} {balance_words(planned, total)}"


def balance_words(planned: int, total: int) -> str:
    """«Det går akkurat opp.», or how many minutes are left or too many."""
    left = total - planned
    if left == 0:
        return _("Det går akkurat opp.")
    if left > 0:
        text = ngettext("%(n)s minutt er ledig.", "%(n)s minutter er ledige.", left)
    else:
        text = ngettext("Det er %(n)s minutt for mye.", "Det er %(n)s minutter for mye.", -left)
    return text % {"n": abs(left)}


def move(values: Sequence[Any_], index: int, step: int) -> list[Any_]:
    """Move one value up (-1) or down (1); at the end of the list nothing happens."""
    moved = list(values)
    target = index + step
    if 0 <= index < len(moved) and 0 <= target < len(moved):
        moved[index], moved[target] = moved[target], moved[index]
    return moved


def fingerprint(saker: Iterable[Any]) -> str:
    """A short mark of a saksliste as somebody saw it, to tell whether it has changed since."""
    rows = [[sak.pk, sak.title, sak.type, sak.responsible, sak.minutes] for sak in saker]
    return content_hash({"saker": rows})[:16]
