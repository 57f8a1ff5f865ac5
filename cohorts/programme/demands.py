"""What a programme demands: kinds, activities, deadlines and the calendar they are counted in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cohorts.programme.content import InlineText, Text
from cohorts.programme.marks import Key, Ref
from cohorts.programme.vocabulary import (
    ActivityId,
    ActorId,
    Anchor,
    Cadence,
    Count,
    Form,
    GroupId,
    Id,
    InviteeId,
    KindId,
    MetBy,
    MonthDay,
    OfferedUnitKind,
    OnExpiry,
    PaperPlace,
    Positive,
    PuljeDateId,
    Record,
    Scope,
    SemesterNumber,
    Shift,
    Unit,
)
from lmp.lib.workdays import Calendar, is_known_country

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
LAST_WEEKDAY = 7


@dataclass(frozen=True)
class Kind:
    """A kind of meeting, paper or work; ``record`` is what the portal keeps of it.

    ``paper`` is where a paper stands: before a meeting, its agenda, or after it.
    """

    id: Id
    record: Record
    name: InlineText
    paper: PaperPlace | None = None

    def check(self) -> Iterator[tuple[str, str]]:
        if (self.record == "paper") != (self.paper is not None):
            yield "paper", "goes with the record paper, and only with it"

    @property
    def is_meeting(self) -> bool:
        """Whether it is something with a time, which people attend."""
        return self.record == "meeting"


@dataclass(frozen=True)
class Spacing:
    """The distance in weeks to another activity, in either order; outside the limits: a warning."""

    from_activity: Annotated[ActivityId, Key("from")]
    target_weeks: Count
    warn_below_weeks: Count
    warn_above_weeks: Count

    def check(self) -> Iterator[tuple[str, str]]:
        if not self.warn_below_weeks <= self.target_weeks <= self.warn_above_weeks:
            yield "target_weeks", "must lie between warn_below_weeks and warn_above_weeks"


@dataclass(frozen=True)
class ActivityDef:
    """What each semester demands of a pulje, a deltakelse or a unit.

    ``min`` and ``max`` count per scope and cadence; without ``max`` there is no upper limit, above
    ``min`` nothing is late, and with ``min`` 0 it is shown but never owed. ``semesters`` holds 0
    for the start-up. ``link_offset_workdays`` is the allowed distance in working days from the
    meeting ``linked_to``, never 0.
    """

    id: Id
    kind: KindId
    scope: Scope
    semesters: tuple[SemesterNumber, ...]
    cadence: Cadence
    min: Count
    responsible: ActorId
    source: str
    title: Text
    max: Count | None = None
    form: Form | None = None
    obligation: str | None = None
    days: Positive | None = None
    joint: bool = False
    participants: tuple[ActorId, ...] = ()
    may_invite: tuple[InviteeId, ...] = ()
    registration_by: ActorId | None = None
    must_be_represented: tuple[ActorId, ...] = ()
    professional_responsible: ActorId | None = None
    prepared_with: tuple[ActorId, ...] = ()
    sent_to: tuple[ActorId, ...] = ()
    asked: tuple[ActorId, ...] = ()
    for_activities: tuple[ActivityId, ...] = ()
    optional_for: tuple[ActivityId, ...] = ()
    linked_to: ActivityId | None = None
    link_offset_workdays: tuple[int, int] | None = None
    spacing: Spacing | None = None
    interval_days: Positive | None = None
    count_only: bool = False
    group: GroupId | None = None
    applies_to: OfferedUnitKind | None = None

    def check(self) -> Iterator[tuple[str, str]]:
        if not self.semesters:
            yield "semesters", "must name at least one semester"
        if self.max is not None and self.max < self.min:
            yield "max", f"must not be smaller than min ({self.min})"
        if (self.cadence == "per_meeting") != bool(self.for_activities):
            yield "for_activities", "goes with the cadence per_meeting, and only with it"
        yield from self._check_link()

    def _check_link(self) -> Iterator[tuple[str, str]]:
        if (self.linked_to is None) != (self.link_offset_workdays is None):
            yield "link_offset_workdays", "goes with linked_to, and only with it"
        elif self.link_offset_workdays is not None:
            low, high = self.link_offset_workdays
            if low > high:
                yield "link_offset_workdays", "must hold the smaller number first"
        if self.id in (self.linked_to, *self.for_activities):
            yield (
                "linked_to" if self.linked_to else "for_activities",
                "must not be the activity itself",
            )


@dataclass(frozen=True)
class Pause:
    """A yearly period, both days included; one that ends before it starts runs over new year."""

    first: Annotated[MonthDay, Key("from")]
    last: Annotated[MonthDay, Key("to")]

    def check(self) -> Iterator[tuple[str, str]]:
        for key, text in (("from", self.first), ("to", self.last)):
            try:
                date.fromisoformat(f"2000-{text}")
            except ValueError:
                yield key, f'"{text}" is not a day of the year'


def _is_time_zone(name: str) -> bool:
    try:
        return bool(ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


@dataclass(frozen=True)
class CalendarRules:
    """Working days, holidays and pauses, and the placeholders of messages."""

    source: str
    timezone: str
    workdays: tuple[Positive, ...]
    public_holidays: str
    placeholders: tuple[str, ...]
    pauses: tuple[Pause, ...] = ()

    def check(self) -> Iterator[tuple[str, str]]:
        if not self.workdays or max(self.workdays) > LAST_WEEKDAY:
            yield "workdays", "must be ISO weekdays from 1 (Monday) to 7"
        if not _is_time_zone(self.timezone):
            yield "timezone", f'"{self.timezone}" is not a known time zone'
        if not is_known_country(self.public_holidays):
            yield "public_holidays", f'no public holidays are known for "{self.public_holidays}"'

    @cached_property
    def calendar(self) -> Calendar:
        """The working days of the programme."""
        pauses = tuple((pause.first, pause.last) for pause in self.pauses)
        return Calendar(self.workdays, self.public_holidays, pauses)


@dataclass(frozen=True)
class Escalation:
    """``after`` counts from the due day in the unit of the deadline; ``to`` sees status only."""

    after: Positive
    to: ActorId


# What meets a deadline that counts from the day a seat became empty.
SEATS = ("seat", "veileder")


@dataclass(frozen=True)
class DeadlineDef:
    """due = anchor + ``offset``, counted in ``unit`` and moved by ``shift``.

    ``met_by`` says what fulfils it; with ``none`` nothing is owed. Counted from a meeting and owed
    by ``invited`` it tells everybody invited that the meeting is coming up.
    ``remind``, ``opens`` and the escalations count from the due day, minus is before it.
    ``owed_by`` is an actor, ``soeker``, ``invited``, ``asked`` (the list of the activity) or
    ``responsible`` (of the activity or point). ``successor`` is how many working days somebody who
    takes over the office after the meeting has at least (domain 8, case 22).
    """

    id: Id
    activities: tuple[ActivityId, ...]
    anchor: Anchor
    met_by: MetBy
    offset: int
    unit: Unit
    shift: Shift
    remind: tuple[int, ...]
    escalations: Annotated[tuple[Escalation, ...], Key("escalate")]
    owed_by: Annotated[str, Ref(("actor.id",), also=("soeker", "invited", "asked", "responsible"))]
    source: str
    title: Text
    subject: Text
    text: Text
    opens: int | None = None
    semester: SemesterNumber | None = None
    pulje_date: PuljeDateId | None = None
    on_expiry: OnExpiry | None = None
    successor: int = 0

    def check(self) -> Iterator[tuple[str, str]]:
        after_meeting = self.anchor == "meeting_end" and self.met_by == "paper"
        if self.successor < 0 or (self.successor and not after_meeting):
            yield "successor", "is a number of working days, for papers after a meeting"
        if (self.anchor == "pulje_date") != (self.pulje_date is not None):
            yield "pulje_date", "goes with the anchor pulje_date, and only with it"
        if (self.anchor == "seat_empty") != (self.met_by in SEATS):
            yield "met_by", f"must be one of {', '.join(SEATS)} with seat_empty, and only then"
        if self.opens is not None and self.opens > 0:
            yield "opens", "must not come after the due day (0)"
        if list(self.remind) != sorted(self.remind):
            yield "remind", "must go from the earliest to the latest day"

    def placeholders(self) -> Iterator[tuple[str, frozenset[str]]]:
        """Yield (key, the placeholders in that text), for each text of the message."""
        for key in ("subject", "text"):
            pair: Text = getattr(self, key)
            yield f"{key}.bm", frozenset(PLACEHOLDER.findall(pair.bm))
            yield f"{key}.nn", frozenset(PLACEHOLDER.findall(pair.nn))
