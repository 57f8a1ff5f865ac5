"""All that the page of a pulje and its CSV share: one board, read once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cohorts.models import Record, Semester
from lmp.lib import status as words
from reports.queries.board import Board, board_of
from reports.queries.overview import (
    Column,
    Line,
    activity_columns,
    kind_columns,
    owner_lines,
    unit_lines,
)
from reports.queries.pulje import (
    Participants,
    Verdict,
    chosen_semester,
    participants_of,
    semesters_of,
    verdict_of,
)


@dataclass(frozen=True)
class Choice:
    """What of a pulje is asked for; see `reports.forms.filters`."""

    semester: int | None
    embete: int | None
    kind: str
    only_behind: bool
    view: str


@dataclass(frozen=True)
class PuljePage:
    """The page: everybody visible, those chosen, their board, and the rows of the table."""

    semesters: list[Semester]
    semester: Semester
    everybody: Participants
    board: Board
    columns: list[Column]
    lines: list[Line]
    verdict: Verdict

    @property
    def national(self) -> list[tuple]:
        """(activity, cell, meetings) of what concerns the whole pulje."""
        board = self.board
        return [
            (a, board.cell(a, (None, None)), board.meetings_at(a, (None, None)))
            for a in board.activities
            if a.scope == "pulje"
        ]

    @property
    def evaluations(self) -> set[int]:
        """The activities (primary keys) that are an evaluation of the semester."""
        return {a.pk for a in self.board.activities if a.record == Record.EVALUATION}

    @property
    def may_close_evaluation(self) -> bool:
        """Whether there is one to close: the semester is not over, or somebody owes it still."""
        board, found = self.board, self.evaluations
        if not found or self.semester.evaluation_closed_at is not None:
            return False
        waits = any(
            duty.met_at is None and duty.activity_id in found for duty in board.facts.duties
        )
        return waits or board.today <= self.semester.end


def load_pulje_page(number: int, user, choice: Choice, *, now: datetime) -> PuljePage | None:
    """The page as the person sees it at `now` (aware); None when the pulje is not visible.

    Nine queries, however many take part.
    """
    semesters = semesters_of(number, user)
    if not semesters:
        return None
    semester = chosen_semester(semesters, choice.semester, timezone.localdate(now))
    everybody = participants_of(semester.pulje, user)
    who = everybody.within(choice.embete, choice.kind)
    board = board_of(semester, who.owners, who.units, now=now)
    kinds = kind_columns(board)
    columns = _columns(board, kinds, choice.view)
    owners = owner_lines(board, kinds, [] if choice.view == "enheter" else columns)
    verdict = verdict_of(board, [line.standing for line in owners])
    lines = unit_lines(board, columns) if choice.view == "enheter" else owners
    if choice.only_behind:
        lines = [line for line in lines if line.standing.is_behind]
    return PuljePage(semesters, semester, everybody, board, columns, lines, verdict)


def _columns(board: Board, kinds: list[Column], view: str) -> list[Column]:
    """The columns of a view; a semester without meetings shows everything at once."""
    if view == "enheter":
        return activity_columns(board)
    return [kind for kind in kinds if kind.is_rhythm == (view == "moeter")] or kinds


def csv_rows(page: PuljePage) -> Iterator[list[object]]:
    """The table with a heading row: for each column the status, done, demanded and late."""
    is_units = any(line.unit is not None for line in page.lines)
    names = [_("Eier"), _("Enhet")] if is_units else [_("Eier"), _("Enheter")]
    heads = [
        _("%(what)s: status"),
        _("%(what)s: gjort"),
        _("%(what)s: krav"),
        _("%(what)s: mangler"),
    ]
    yield [*names, *(head % {"what": c.title} for c in page.columns for head in heads)]
    for line in page.lines:
        second = line.unit.name if line.unit else line.units
        cells = [each.cell for each in line.cells]
        numbers = (
            value
            for cell in cells
            for value in (str(words.CELLS[cell.status].word), cell.done, cell.target, cell.late)
        )
        yield [line.owner.name, second, *numbers]
