"""Who takes part: actors, groups and their seats, standing agendas, recruitment and funding."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, get_args

from cohorts.programme.content import InlineText, Text
from cohorts.programme.marks import Key, Ref
from cohorts.programme.vocabulary import (
    AccessRole,
    ActorId,
    AgendaType,
    Applicant,
    Condition,
    Count,
    Id,
    KindId,
    Level,
    OfferedApplicant,
    OfferedUnitKind,
    Per,
    Position,
    Positive,
    Requirement,
    Scope,
    Strength,
    When,
)

Responsible = Annotated[str, Ref(("actor.id",), also=("soeker",))]


@dataclass(frozen=True)
class Duty:
    """One thing an actor is to do."""

    text: InlineText


@dataclass(frozen=True)
class Actor:
    """Someone the programme gives duties. ``portal_user`` False: no account, only counted.

    ``access_role`` in the file says which rights the actor has; without it the actor's own id is
    the role when it is one (see `role`).
    """

    id: Id
    level: Level
    portal_user: bool
    source: str
    name: Text
    duties: tuple[Duty, ...] = ()
    access_role: AccessRole | None = None
    short: Text | None = None

    @property
    def label(self) -> Text:
        """What the actor is called in lists of people: the short name when it has one."""
        return self.short or self.name

    @property
    def role(self) -> str | None:
        """The access role of the actor, or None for one without access."""
        if not self.portal_user:
            return None
        return self.access_role or (self.id if self.id in get_args(AccessRole) else None)

    def check(self) -> Iterator[tuple[str, str]]:
        if self.portal_user and self.role is None:
            yield "access_role", "is missing: a portal user needs one when its id is not a role"
        if self.access_role and not self.portal_user:
            yield "access_role", "must not be given when portal_user is false"


@dataclass(frozen=True)
class Invitee:
    """Someone who may be invited to a meeting without being an actor of the programme."""

    id: Id
    source: str
    name: InlineText


@dataclass(frozen=True)
class Seat:
    """A place in a group. ``role`` is an actor or an occupation; a missing seat never blocks.

    ``wording`` keeps the word of the source document behind ``requirement``.
    """

    id: Id
    role: Id
    requirement: Requirement
    per: Per
    min: Count
    source: str
    name: InlineText
    wording: str | None = None
    leader: bool = False
    condition: Condition | None = None
    applies_to: OfferedUnitKind | None = None
    applicant: OfferedApplicant | None = None
    position_percent_min: Positive | None = None

    @property
    def is_required(self) -> bool:
        """Whether the source document says that the seat must be filled."""
        return self.requirement == "required"


@dataclass(frozen=True)
class GroupDef:
    """A group of the pulje, of a deltakelse or of a unit.

    ``combined``: one person may hold several seats. ``qualification`` says what its members know.
    """

    id: Id
    scope: Scope
    source: str
    name: Text
    seats: Annotated[tuple[Seat, ...], Key("seat")]
    leader: ActorId | None = None
    note: Text | None = None
    combined: bool = False
    qualification: Text | None = None

    def check(self) -> Iterator[tuple[str, str]]:
        leading = [seat for seat in self.seats if seat.leader]
        if len(leading) > 1:
            yield "seat", "only one seat may lead the group"
        if self.leader and leading and leading[0].role != self.leader:
            yield "leader", f'is not the role of the leading seat "{leading[0].id}"'


@dataclass(frozen=True)
class AgendaItem:
    """A standing item; ``when`` limits it to the last meeting of a semester or the programme."""

    id: Id
    position: Position
    type: AgendaType
    responsible: ActorId
    minutes: Positive
    source: str
    text: InlineText
    when: When | None = None


@dataclass(frozen=True)
class AgendaDef:
    """The standing items of some kinds of meetings."""

    for_kinds: tuple[KindId, ...]
    items: Annotated[tuple[AgendaItem, ...], Key("item")]


@dataclass(frozen=True)
class ScaleStep:
    """One step of a scale, from low to high."""

    value: int
    label: InlineText


@dataclass(frozen=True)
class RecruitmentStep:
    """``date`` is the name of a date that each pulje sets."""

    id: Id
    responsible: Responsible
    source: str
    text: InlineText
    date: Id | None = None


@dataclass(frozen=True)
class Criterion:
    """What an application is assessed on, for one kind of applicant.

    ``answers`` are the questions of the application form that speak of it.
    """

    id: Id
    applies_to: OfferedApplicant
    source: str
    short: Text
    text: InlineText
    answers: tuple[Id, ...] = ()


@dataclass(frozen=True)
class Consideration:
    """A ``condition`` must hold before anyone applies, an ``advantage`` may count."""

    id: Id
    strength: Strength
    source: str
    text: InlineText


@dataclass(frozen=True)
class Confirmation:
    """Something the applicant must confirm."""

    id: Id
    source: str
    text: InlineText


@dataclass(frozen=True)
class Recruitment:
    """How participants are found; each pulje sets the dates that the steps name."""

    applicants: tuple[Applicant, ...]
    source: str
    score_scale: tuple[ScaleStep, ...]
    steps: Annotated[tuple[RecruitmentStep, ...], Key("step")]
    criteria: Annotated[tuple[Criterion, ...], Key("criterion")] = ()
    considerations: Annotated[tuple[Consideration, ...], Key("consideration")] = ()
    confirmations: Annotated[tuple[Confirmation, ...], Key("confirmation")] = ()
    joint_application: bool = False
    private_barnehage_via: OfferedApplicant | None = None
    internal_deadline: bool = False
    max_frittstaaende_skoler_per_fylke: Positive | None = None

    @property
    def date_ids(self) -> tuple[str, ...]:
        """The names of the dates that a pulje may set, in the order of the steps."""
        return tuple(step.date for step in self.steps if step.date)


@dataclass(frozen=True)
class Grant:
    """An amount in whole kroner for the whole period; grants that apply are added."""

    id: Id
    receiver: OfferedApplicant
    amount: Positive
    source: str
    text: InlineText
    condition: Condition | None = None


@dataclass(frozen=True)
class GrantUse:
    """Something the money may be spent on."""

    id: Id
    source: str
    text: InlineText


@dataclass(frozen=True)
class Funding:
    """The grants of a programme and their use."""

    source: str
    grants: Annotated[tuple[Grant, ...], Key("grant")]
    uses: Annotated[tuple[GrantUse, ...], Key("use")] = ()
