"""What the page of a pulje shows, read from its board: rows, columns, figures, who is behind."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import get_language

from cohorts.models import Activity
from cohorts.queries.programme import programme_of
from lmp.lib import status as words
from reports.queries.board import Board
from reports.queries.facts import Place
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

    @cached_property
    def ids(self) -> tuple[int, ...]:
        return tuple(activity.pk for activity in self.activities)

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
        for pk in column.ids
        for place in places
        if (cell := cells.get((pk, place), NOT_APPLICABLE)) is not NOT_APPLICABLE
    ]
    if len(found) == 1:
        return found[0]
    return together(found) if found else NOT_APPLICABLE


def show(board: Board, column: Column, cell: Cell) -> Shown:
    """A cell with its words and shape; the same for the same cell in the same column."""
    known = board.shown
    if (column.key, cell) not in known:
        look = words.CELLS[cell.status]
        text = cell_words(cell, over=board.semester.end < board.today)
        icon = words.LOOKS[cell.status].icon
        known[column.key, cell] = Shown(cell, column, text, look.state, str(look.word), icon)
    return known[column.key, cell]


def standing_of(name: str, columns: list[Column], cells: dict[str, Cell]) -> Standing:
    """What is behind, by the names of the columns."""
    return Standing(
        name,
        missing=_with_status(columns, cells, words.MISSING),
        overdue=_with_status(columns, cells, words.OVERDUE),
    )


def _with_status(columns: list[Column], cells: dict[str, Cell], status: str) -> tuple[str, ...]:
    return tuple(c.title for c in columns if cells[c.key].status == status)
