"""One line of Mine oppgaver."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Task:
    """One line of the list. `due` is a local date; `place` the unit or owner it concerns.

    `first` stands above all others, whatever their deadline: an offer to answer.
    """

    due: date
    title: str
    url: str
    why: str
    action: str
    place: str
    first: bool = False
