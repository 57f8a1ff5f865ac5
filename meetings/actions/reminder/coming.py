"""A reminder that is to be written: a step of a rule, what it is about, and who gets it."""

from dataclasses import dataclass, field
from datetime import date

from actors.models import Invitation, Role
from cohorts.models import DeadlineRule
from meetings.models import Meeting, Obligation
from meetings.rules.reminder import Step


@dataclass(frozen=True)
class Coming:
    """A step that goes out on the local day `day`, and the roles that get it (none: nobody has it).

    `office` is the access role it goes to; an invitation goes to an address and has no roles.
    """

    day: date
    rule: DeadlineRule
    step: Step
    office: str
    about: Obligation | Meeting | Invitation
    roles: list[Role] = field(default_factory=list)
