"""A reminder that is to be written: a step of a rule, what it is about, and who gets it."""

from dataclasses import dataclass, field
from datetime import date

from actors.models import Invitation, Role
from cohorts.models import DeadlineRule
from meetings.actions.recipients import Place
from meetings.actions.reminder.in_force import InForce
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


@dataclass(frozen=True, slots=True)
class Thing:
    """What a step may be about, as little of it as tells who gets what on which day.

    `subject` is its name in notices, `born` the day it came to be, `office` who owes it (empty:
    those invited). Two things that are the `same` are one to a person who holds both offices.
    """

    pk: int
    subject: str
    rule: int
    due: date
    born: date
    office: str
    same: tuple
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """One step for one thing, and the office it goes to."""

    thing: Thing
    of: InForce = field(compare=False)
    sending: Sending
    office: str

    @property
    def step(self) -> Step:
        return self.sending.step

    @property
    def occasion(self) -> str:
        return self.step.occasion(self.thing.due)

    @property
    def place(self) -> Place | None:
        """Where the office is looked for."""
        place = self.thing.place
        if place is None:
            return None
        return Place(
            self.office,
            place.deltakelse_id,
            place.unit_id,
            place.owner_id,
            place.statsforvalter_id,
        )
