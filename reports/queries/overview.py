"""What the page of a pulje shows, read from its board: rows, columns, figures, who is behind."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import get_language

from cohorts.models import Activity, Semester
from cohorts.queries.programme import programme_of
from lmp.lib import status as words
from meetings.models import Obligation
from reports.queries.board import Board
from reports.queries.facts import Duty, Place
from reports.queries.participants import OwnerRow, UnitRow
from reports.rules.counts import breakable, cell_words
from reports.rules.sentence import Standing
from reports.rules.status import NOT_APPLICABLE, Cell, together

RHYTHM = ("meeting", "paper")  # what has a date or a deadline of its own through the semester


@dataclass(frozen=True)
class Column:
    """Activities that are shown together: all of a kind, or a single one."""

    key: str
    title: str
    activities: tuple[Activity, ...]
    is_rhythm: bool

    @property
    def heading(self) -> str:
        """The title for a narrow column."""
        return breakable(self.title)

    @property
    def kind(self) -> str:
        """The kind of activity: the last part of the address of the rows behind a cell."""
        return self.activities[0].kind


@dataclass(frozen=True)
class Shown:
    """A cell of a table, ready to be drawn: status, shape, words and its drill-down."""

    cell: Cell
    column: Column
    text: str
    state: str
    word: str
    icon: str


@dataclass(frozen=True)
class Line:
    """A row: an owner with its units, or one unit. `standing` is over all activities."""

    owner: OwnerRow
    unit: UnitRow | None
    units: int
    standing: Standing
    cells: tuple[Shown, ...]
    late: int
    soon: int

    @property
    def rank(self) -> tuple:
        """Those who are behind on top, then those with a deadline soon, then by name."""
        return -self.late, -self.soon

    @property
    def tags(self) -> list[tuple[str, int]]:
        """(status, number of cells) of what needs a look, the gravest first."""
        counts = Counter(each.cell.status for each in self.cells)
        grave = (words.OVERDUE, words.MISSING, words.DUE_SOON)
        return [(status, counts[status]) for status in grave if counts[status]]


def kind_columns(board: Board) -> list[Column]:
    """One column for each kind of activity that participants owe, in the programme's order."""
    programme = programme_of(board.semester.pulje)
    language = get_language() or "nb"
    columns = []
    for kind in programme.kinds:
        found = tuple(a for a in board.activities if a.kind == kind.id and a.scope != "pulje")
        if found:
            title = kind.name.in_language(language)
            columns.append(Column(kind.id, title, found, _is_rhythm(board, found)))
    return columns


def _is_rhythm(board: Board, activities: tuple[Activity, ...]) -> bool:
    """Whether a kind belongs in the first table: owed, and not merely sent along with a paper."""
    return any(
        a.record in RHYTHM and not a.options.get("count_only") and not _is_sent_along(board, a)
        for a in activities
    )


def _is_sent_along(board: Board, activity: Activity) -> bool:
    """Whether an agenda goes out with another paper, so that both always stand alike."""
    return activity.paper == "agenda" and any(
        activity.key in rule.activities and rule.met_by == "paper"
        for rule in board.facts.rules.values()
    )


def activity_columns(board: Board) -> list[Column]:
    """One column for each activity of the semester that units owe, in the programme's order."""
    return [
        Column(a.key, a.title, (a,), a.record in RHYTHM)
        for a in board.activities
        if a.scope == "unit"
    ]


def owner_lines(board: Board, columns: list[Column], shown: list[Column]) -> list[Line]:
    """A row for each active owner, those behind on top. Judged by `columns`, drawn by `shown`."""
    lines = [
        _line(board, owner, None, board.places_of(owner), columns, shown)
        for owner in board.owners
        if owner.is_active
    ]
    return sorted(lines, key=lambda line: line.rank)


def unit_lines(board: Board, columns: list[Column]) -> list[Line]:
    """A row for each active unit, those behind on top."""
    owners = {owner.pk: owner for owner in board.owners}
    lines = [
        _line(board, owners[u.deltakelse_id], u, [(u.deltakelse_id, u.pk)], columns, columns)
        for u in board.units
        if u.is_active and u.deltakelse_id in owners
    ]
    return sorted(lines, key=lambda line: line.rank)


def _line(
    board: Board,
    owner: OwnerRow,
    unit: UnitRow | None,
    places: list[Place],
    columns: list[Column],
    shown: list[Column],
) -> Line:
    cells = {column.key: _cell(board, column, places) for column in columns}
    drawn = tuple(show(board, column, cells[column.key]) for column in shown)
    return Line(
        owner=owner,
        unit=unit,
        units=sum(each.is_active for each in board.units_of(owner)),
        standing=standing_of(unit.name if unit else owner.short_name, columns, cells),
        cells=drawn,
        late=sum(cell.late for cell in cells.values()),
        soon=sum(cell.status == words.DUE_SOON for cell in cells.values()),
    )


def _cell(board: Board, column: Column, places: list[Place]) -> Cell:
    cells = board.cells
    found = [
        cell
        for activity in column.activities
        for place in places
        if (cell := cells.get((activity.pk, place))) is not None
        and cell.status != words.NOT_APPLICABLE
    ]
    if len(found) == 1:
        return found[0]
    return together(found) if found else NOT_APPLICABLE


def show(board: Board, column: Column, cell: Cell) -> Shown:
    """A cell with its words and shape."""
    look = words.CELLS[cell.status]
    over = board.semester.end < board.today
    text = cell_words(cell, over=over)
    icon = words.LOOKS[cell.status].icon
    return Shown(cell, column, text, look.state, str(look.word), icon)


def standing_of(name: str, columns: list[Column], cells: dict[str, Cell]) -> Standing:
    """What is behind, by the names of the columns."""
    return Standing(
        name,
        missing=_with_status(columns, cells, words.MISSING),
        overdue=_with_status(columns, cells, words.OVERDUE),
    )


def _with_status(columns: list[Column], cells: dict[str, Cell], status: str) -> tuple[str, ...]:
    return tuple(c.title for c in columns if cells[c.key].status == status)


@dataclass(frozen=True)
class Figures:
    """The five figures of a pulje. Days are calendar days; `goal` what the programme asks for."""

    owners: int
    units: int
    held: int
    demanded: int
    dated: int
    in_time: int
    due_so_far: int
    days: tuple[int, ...]
    goal: int | None
    overdue: int
    owners_overdue: int


def figures_of(board: Board, late: list[Duty]) -> Figures:
    """The figures, counted on the board; `late` are the duties of the list below them."""
    counselling = [
        a
        for a in board.activities
        if a.record == "meeting" and a.scope == "unit" and not a.options.get("count_only")
    ]
    cells = [
        board.cell(a, (unit.deltakelse_id, unit.pk))
        for a in counselling
        for unit in board.units
        if unit.is_active
    ]
    in_time, due_so_far = _before_papers(board)
    days, goal = _days_to_paper(board)
    return Figures(
        owners=sum(owner.is_active for owner in board.owners),
        units=sum(unit.is_active for unit in board.units),
        held=sum(min(cell.done, cell.target) for cell in cells),
        demanded=sum(cell.target for cell in cells),
        dated=sum(min(cell.planned, max(0, cell.target - cell.done)) for cell in cells),
        in_time=in_time,
        due_so_far=due_so_far,
        days=days,
        goal=goal,
        overdue=len(late),
        owners_overdue=len({duty.deltakelse_id for duty in late if duty.deltakelse_id}),
    )


def _papers(board: Board, place: str) -> set[int]:
    """Activities of units that are a paper `place` («before», «after»)."""
    return {a.pk for a in board.activities if a.scope == "unit" and a.paper == place}


def _of_papers(board: Board, place: str) -> Iterable[Duty]:
    papers = _papers(board, place)
    rules = board.facts.rules
    for duty in board.facts.duties:
        rule = rules.get(duty.rule_id) if duty.rule_id else None
        if duty.activity_id in papers and rule is not None and rule.met_by == "paper":
            yield duty


def _before_papers(board: Board) -> tuple[int, int]:
    """How many papers before meetings came in time, of those that came or are late."""
    duties = [d for d in _of_papers(board, "before") if d.met_at or d.due < board.today]
    return sum(bool(d.met_at) and _local(d.met_at) <= d.due for d in duties), len(duties)


def _days_to_paper(board: Board) -> tuple[tuple[int, ...], int | None]:
    """Days from the end of each meeting to its paper, and the days that the rule gives."""
    days, goals = [], Counter[int]()
    for duty in _of_papers(board, "after"):
        rule = board.facts.rules[duty.rule_id]
        if rule.unit == "days":
            goals[rule.offset] += 1
        meeting = board.facts.meetings_by_id.get(duty.meeting_id or 0)
        if duty.met_at and meeting is not None:
            days.append(max(0, (_local(duty.met_at) - _local(meeting.end)).days))
    goal = goals.most_common(1)[0][0] if goals else None
    return tuple(sorted(days)), goal


def _local(moment) -> date:
    return timezone.localtime(moment).date()


def in_time_in(semester: Semester, deltakelser: Iterable[int]) -> tuple[int, int]:
    """(in time, all) papers before meetings of an earlier semester. One query."""
    papers = Obligation.objects.filter(
        semester=semester,
        activity__paper="before",
        rule__met_by="paper",
        void_at=None,
        deltakelse__in=list(deltakelser),
    )
    found = papers.aggregate(
        every=Count("pk"),
        in_time=Count("pk", filter=Q(met_at__isnull=False, due__gte=TruncDate(F("met_at")))),
    )
    return found["in_time"], found["every"]


def late_duties(board: Board) -> list[Duty]:
    """What the list «Over fristen» holds: overdue duties that the board counts, oldest first."""
    owners = {owner.pk for owner in board.owners if owner.is_active}
    units = {unit.pk for unit in board.units if unit.is_active}
    return [
        duty
        for duty in board.overdue()
        if duty.concerns
        and (duty.deltakelse_id is None or duty.deltakelse_id in owners)
        and (duty.unit_id is None or duty.unit_id in units)
    ]
