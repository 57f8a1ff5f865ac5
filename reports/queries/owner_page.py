"""The page of an owner before its styringsgruppe meets: the units side by side."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import Role
from actors.rules.roles import RoleKind, role_title
from cohorts.models import Deltakelse, DeltakendeUnit, Semester
from meetings.models import Attendance, FollowUp, Response
from reports.queries.board import Board, board_of
from reports.queries.facts import MeetingFact
from reports.queries.overview import Column, Line, kind_columns, show, standing_of, unit_lines
from reports.queries.participants import OwnerRow, UnitRow, unit_rows
from reports.queries.pulje import chosen_semester
from reports.rules.sentence import Standing, things_to_raise
from reports.rules.status import together


@dataclass(frozen=True)
class UnitBeside:
    """A unit beside the others. `status_only`: the reader sees dates and counts, no texts."""

    line: Line
    leader: str
    last: MeetingFact | None
    next: MeetingFact | None
    late_points: int
    questions: list[str]
    status_only: bool

    @property
    def unit(self) -> UnitRow:
        assert self.line.unit is not None  # noqa: S101 (a line of units always has one)
        return self.line.unit

    @property
    def last_title(self) -> str:
        """What the last meeting was, without the name of the unit: that is the heading."""
        return self._without_unit(self.last)

    @property
    def next_title(self) -> str:
        return self._without_unit(self.next)

    def _without_unit(self, meeting: MeetingFact | None) -> str:
        return meeting.title.removesuffix(f", {self.unit.name}") if meeting else ""

    @property
    def needs_help(self) -> bool:
        return self.line.standing.is_behind


@dataclass(frozen=True)
class GroupMeeting:
    """The next meeting of the styringsgruppe: number so and so of the semester's, who answered."""

    meeting: MeetingFact
    number: int
    of: int
    answered: int
    invited: int


@dataclass(frozen=True)
class OwnerPage:
    deltakelse: Deltakelse
    deltakelser: list[Deltakelse]
    semesters: list[Semester]
    board: Board
    columns: list[Column]
    units: list[UnitBeside]
    standing: Standing
    own_rows: list[tuple]
    group_meeting: GroupMeeting | None

    @property
    def semester(self) -> Semester:
        return self.board.semester


def load_owner_page(
    owner: int, user, *, pulje: int | None, semester: int | None, now: datetime
) -> OwnerPage | None:
    """The page as the person sees it; None when the owner takes part in nothing visible.

    Twelve queries, however many units.
    """
    deltakelser = list(
        Deltakelse.objects.visible_to(user)
        .filter(owner=owner)
        .select_related("pulje", "owner__kommune", "styringsgruppe")
        .order_by("-pulje__number")
    )
    if not deltakelser:
        return None
    chosen = next((d for d in deltakelser if d.pulje.number == pulje), deltakelser[0])
    semesters = list(
        Semester.objects.filter(pulje=chosen.pulje)
        .select_related("pulje", "tema")
        .order_by("number")
    )
    rows = unit_rows(DeltakendeUnit.objects.visible_to(user).filter(deltakelse=chosen))
    board = board_of(
        chosen_semester(semesters, semester, timezone.localdate(now)),
        [owner_row(chosen)],
        rows,
        now=now,
    )
    kinds = kind_columns(board)
    columns = _unit_columns(kinds)
    own = _own_rows(board, kinds)
    return OwnerPage(
        deltakelse=chosen,
        deltakelser=deltakelser,
        semesters=semesters,
        board=board,
        columns=columns,
        units=_beside(board, columns, user, now),
        standing=_own_standing(board, kinds),
        own_rows=own,
        group_meeting=_group_meeting(board, now),
    )


def owner_row(deltakelse: Deltakelse) -> OwnerRow:
    """The row of a deltakelse that is fetched already."""
    owner = deltakelse.owner
    return OwnerRow(
        pk=deltakelse.pk,
        owner_id=owner.pk,
        name=str(owner),
        short_name=owner.kommune.name if owner.kommune else str(owner),
        kind=owner.kind,
        is_active=deltakelse.status == "active",
        has_group=deltakelse.styringsgruppe_id is not None,
        embete_id=None,
        embete="",
        fylke_number=None,
    )


def _unit_columns(kinds: Iterable[Column]) -> list[Column]:
    """What is compared: all that units owe, without what goes along with another paper."""
    found = []
    for kind in kinds:
        own = tuple(a for a in kind.activities if a.scope == "unit" and a.paper != "agenda")
        if any(a.minimum and not a.options.get("count_only") for a in own):
            found.append(Column(kind.key, kind.title, own, kind.is_rhythm))
    return found


def _own_rows(board: Board, kinds: Iterable[Column]) -> list[tuple]:
    """(title, cell, meetings) of what the owner itself owes."""
    owner = board.owners[0]
    return [
        (a.title, show(board, kind, board.cell(a, (owner.pk, None))), board.meetings_at(a, place))
        for kind in kinds
        for a in kind.activities
        if a.scope == "deltakelse" and a.minimum
        for place in [(owner.pk, None)]
    ]


def _own_standing(board: Board, kinds: Iterable[Column]) -> Standing:
    owner = board.owners[0]
    own = [
        Column(k.key, k.title, tuple(a for a in k.activities if a.scope == "deltakelse"), False)
        for k in kinds
    ]
    place = (owner.pk, None)
    cells = {c.key: together(board.cell(a, place) for a in c.activities) for c in own}
    return standing_of(owner.short_name, own, cells)


def _beside(board: Board, columns: list[Column], user, now: datetime) -> list[UnitBeside]:
    lines = unit_lines(board, columns)
    units = [line.unit for line in lines if line.unit]
    leaders = leaders_of([unit.unit_id for unit in units], user.on)
    late = late_points(user, [unit.pk for unit in units], board)
    found = []
    for line in lines:
        unit = line.unit
        if unit is None:
            continue
        meetings = unit_meetings(board, unit)
        points = late.get(unit.pk, 0)
        foreign = user.role.kind == RoleKind.EIER and unit.owner_id != user.role.owner_id
        found.append(
            UnitBeside(
                line=line,
                leader=leaders.get(unit.unit_id, ""),
                last=next((m for m in reversed(meetings) if m.end <= now), None),
                next=next((m for m in meetings if m.end > now), None),
                late_points=points,
                questions=things_to_raise(line.standing, late_points=points),
                status_only=foreign,
            )
        )
    return found


def unit_meetings(board: Board, unit: UnitRow) -> list[MeetingFact]:
    """The meetings of a unit in the semester, in order of time."""
    found = [
        meeting
        for (_activity, _owner, pk), meetings in board.facts.meetings.items()
        if pk == unit.pk
        for meeting in meetings
    ]
    return sorted(found, key=lambda meeting: meeting.start)


def leaders_of(units: list[int], on) -> dict[int, str]:
    """«Marit Aasland, rektor» for each unit of the register. One query."""
    roles = Role.objects.active(on).filter(kind=RoleKind.LEDER, unit__in=units)
    return {
        role.unit_id: _("%(name)s, %(title)s")
        % {
            "name": role.user.name,
            "title": role_title(role.kind, role.unit.kind, acting=role.acting).lower(),
        }
        for role in roles.select_related("user", "unit")
        if role.unit is not None and role.unit_id is not None
    }


def late_points(user, units: list[int], board: Board) -> Counter[int]:
    """How many follow-up points of each unit are over their date, where the role may know."""
    points = FollowUp.objects.visible_to(user).open().filter(referat__unit__in=units)
    return Counter(points.filter(due__lt=board.today).values_list("referat__unit", flat=True))


def _group_meeting(board: Board, now: datetime) -> GroupMeeting | None:
    """The next meeting at owner level that an innkalling is demanded for. One query if any."""
    called = {
        key
        for a in board.activities
        if a.paper == "agenda" and a.scope == "deltakelse"
        for key in a.options.get("for_activities", [])
    }
    own = [a for a in board.activities if a.key in called and a.scope == "deltakelse"]
    place = (board.owners[0].pk, None)
    meetings = sorted(
        (m for a in own for m in board.meetings_at(a, place)), key=lambda meeting: meeting.start
    )
    coming = next((m for m in meetings if m.end > now), None)
    if coming is None:
        return None
    answers = Attendance.objects.filter(meeting=coming.pk).values_list("response", flat=True)
    given = Counter(answers)
    invited = sum(given.values())
    return GroupMeeting(
        meeting=coming,
        number=meetings.index(coming) + 1,
        of=max(len(meetings), sum(board.cell(a, place).target for a in own)),
        answered=invited - given[Response.NONE],
        invited=invited,
    )
