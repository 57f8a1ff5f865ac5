"""The rows behind a cell: each activity of a kind, where it is owed, with its dates."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from cohorts.models import Activity
from cohorts.queries.programme import programme_of
from lmp.lib import status as words
from reports.queries.board import Board
from reports.queries.facts import MeetingFact, Place
from reports.queries.participants import OwnerRow, UnitRow
from reports.rules.counts import breakable, cell_words
from reports.rules.status import Cell


@dataclass(frozen=True)
class Row:
    """An activity at a place. `unit` is None for what the owner owes itself."""

    activity: Activity
    kind_title: str
    unit: UnitRow | None
    cell: Cell
    text: str
    meetings: list[MeetingFact]
    dues: list[date]
    responsible: str

    @property
    def label(self) -> str:
        """The activity for a narrow column."""
        return breakable(self.activity.title)

    @property
    def is_behind(self) -> bool:
        return self.cell.is_behind


def rows_of(board: Board, owner: OwnerRow, kind: str) -> list[Row]:
    """The rows of one kind for an owner and its units, those behind first. No queries."""
    activities = [a for a in board.activities if a.kind == kind and a.scope != "pulje"]
    units = board.units_of(owner)
    places: list[tuple[UnitRow | None, Place]] = [(None, (owner.pk, None))]
    places += [(unit, (owner.pk, unit.pk)) for unit in units if unit.is_active]
    rows = [
        row_at(board, activity, unit, place)
        for unit, place in places
        for activity in activities
        if (activity.scope == "unit") == (unit is not None)
    ]
    demanded = [row for row in rows if row.cell.status != words.NOT_APPLICABLE or row.meetings]
    return sorted(demanded or rows, key=lambda row: words.WORST_FIRST.index(row.cell.status))


def row_at(board: Board, activity: Activity, unit: UnitRow | None, place: Place) -> Row:
    """How it stands with one activity at one place, with its dates."""
    programme = programme_of(board.semester.pulje)
    language = get_language() or "nb"
    cell = board.cell(activity, place)
    return Row(
        activity=activity,
        kind_title=programme.kind(activity.kind).name.in_language(language),
        unit=unit,
        cell=cell,
        text=cell_words(cell, over=board.semester.end < board.today),
        meetings=board.meetings_at(activity, place),
        dues=sorted(board.facts.open.get((activity.pk, *place), [])),
        responsible=programme.actor(activity.responsible).name.in_language(language),
    )
