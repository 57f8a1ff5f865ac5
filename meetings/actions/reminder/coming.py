"""A reminder that is to be written: a step of a rule, what it is about, and who gets it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, Protocol

from actors.actions.messages import NoticeText
from actors.models import Invitation, Role
from cohorts.models import DeadlineRule
from meetings.actions.recipients import Place
from meetings.actions.reminder.in_force import InForce, Span
from meetings.models import Meeting, Obligation
from meetings.rules.reminder import Sending, Step


@dataclass(frozen=True)
class Coming:
    """A step that goes out on the local day `day`, and the roles that get it (none: nobody has it).

    `office` is the access role it goes to. The letter of an invitation goes to an address: it has
    no roles, and `office` is the role that the person is invited to.
    """

    day: date
    rule: DeadlineRule
    step: Step
    office: str
    about: Obligation | Meeting | Invitation
    roles: list[Role] = field(default_factory=list)


class Thing(NamedTuple):
    """What a step may be about, as little of it as tells who gets what on which day.

    `subject` is its name in notices, `born` the day it came to be, `office` who owes it (empty:
    those invited). Two things that are the `same` are one to a person who holds both offices.
    After the day `until` nobody is reminded. A tuple: a scan makes thousands of them.
    """

    pk: int
    subject: str
    rule: int
    due: date
    born: date
    office: str
    same: tuple
    place: Place | None = None
    until: date | None = None


@dataclass(slots=True, eq=False)
class Planned:
    """One step for one thing, and the office it goes to; a key by itself, not by what it says.

    `occasion` is the step's own, for the due day of the thing.
    """

    thing: Thing
    of: InForce
    sending: Sending
    office: str
    occasion: str

    @property
    def step(self) -> Step:
        return self.sending.step

    @property
    def place(self) -> Place | None:
        """Where the office is looked for."""
        place = self.thing.place
        return place and place._replace(office=self.office)


class Source(Protocol):
    """A kind of thing that is reminded of: how it is found, who gets it, and what it says."""

    def concerns(self, each: InForce) -> bool:
        """Whether a rule is about this kind."""

    def pages(
        self, rules: list[InForce], spans: dict[Span, list[int]], on: date, size: int
    ) -> Iterator[list[Thing]]:
        """The things due within the spans of their rules, `size` at a time.

        Only what can be done on the local day `on`. Things that are the same are on one page.
        """

    def holders(self, planned: Iterable[Planned], on: date) -> dict[Planned, list[Role]]:
        """Who gets each on the local day `on`, in a number of queries that does not grow."""

    def load(self, pks: Iterable[int]) -> dict[int, Any]:
        """The rows with all that a notice says."""

    def text(self, about: Any, planned: Planned) -> NoticeText:
        """The neutral words in both languages."""

    def url(self, about: Any, office: str) -> str:
        """Where somebody in the office reads about it."""

    def place(self, about: Any) -> str:
        """The unit or owner for the subject line; empty for what concerns everybody."""

    def concerned(self, about: Any) -> tuple[int | None, int | None]:
        """The unit and the owner it is about (primary keys), for pauses and who was told."""

    def due(self, thing: Thing) -> date | None:
        """The day something must be done; None when nothing must."""
