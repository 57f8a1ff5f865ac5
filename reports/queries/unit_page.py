"""The page of one unit: its semester, deadlines, meetings, groups and papers."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from cohorts.models import DeltakendeUnit, Semester, Veilederoppdrag
from meetings.actions.obligation.words import obligation_title
from meetings.models import Obligation, Referat, Veiledningsgrunnlag
from reports.queries.board import Board, board_of
from reports.queries.facts import MeetingFact
from reports.queries.overview import kind_columns, standing_of
from reports.queries.owner_page import owner_row, unit_meetings
from reports.queries.participants import unit_rows
from reports.queries.pulje import chosen_semester
from reports.queries.rows import Row, row_at
from reports.rules.sentence import Standing
from reports.rules.status import together


@dataclass(frozen=True)
class Deadline:
    """What is owed by the unit: title, day, and the page where it is done."""

    title: str
    due: object
    obligation: Obligation


@dataclass(frozen=True)
class UnitPage:
    taking_part: DeltakendeUnit
    others: list[DeltakendeUnit]
    semesters: list[Semester]
    board: Board
    rows: list[Row]
    standing: Standing
    deadlines: list[Deadline]
    meetings: list[MeetingFact]
    grunnlag: list[Veiledningsgrunnlag]
    referater: list[Referat]
    veiledere: list[Veilederoppdrag]
    reads_papers: bool

    @property
    def semester(self) -> Semester:
        return self.board.semester

    @property
    def veilederne(self) -> list[str]:
        return [str(oppdrag.veileder) for oppdrag in self.veiledere]


def load_unit_page(
    unit: int, user, *, pulje: int | None, semester: int | None, now: datetime
) -> UnitPage | None:
    """The page as the person sees it; None when the unit takes part in nothing visible.

    Twelve queries. Papers are listed only for those who may read them.
    """
    found = list(
        DeltakendeUnit.objects.visible_to(user)
        .filter(unit=unit)
        .select_related(
            "unit__kommune",
            "unit__owner",
            "deltakelse__owner__kommune",
            "deltakelse__pulje",
            "arbeidsgruppe",
        )
        .order_by("-deltakelse__pulje__number")
    )
    if not found:
        return None
    chosen = next((u for u in found if u.deltakelse.pulje.number == pulje), found[0])
    semesters = list(
        Semester.objects.filter(pulje=chosen.deltakelse.pulje)
        .select_related("pulje", "tema")
        .order_by("number")
    )
    shown = chosen_semester(semesters, semester, timezone.localdate(now))
    rows = unit_rows(DeltakendeUnit.objects.filter(pk=chosen.pk))
    board = board_of(shown, [owner_row(chosen.deltakelse)], rows, now=now)
    grunnlag, referater = _papers(user, chosen, shown)
    return UnitPage(
        taking_part=chosen,
        others=found,
        semesters=semesters,
        board=board,
        rows=_rows(board),
        standing=_standing(board),
        deadlines=_deadlines(user, chosen, shown),
        meetings=unit_meetings(board, rows[0]),
        grunnlag=grunnlag,
        referater=referater,
        veiledere=list(Veilederoppdrag.objects.following(chosen.deltakelse, board.today)),
        reads_papers=DeltakendeUnit.objects.readable_by(user).filter(pk=chosen.pk).exists(),
    )


def _rows(board: Board) -> list[Row]:
    unit = board.units[0]
    return [
        row_at(board, activity, unit, (unit.deltakelse_id, unit.pk))
        for activity in board.activities
        if activity.scope == "unit" and (activity.minimum or activity.record == "meeting")
    ]


def _standing(board: Board) -> Standing:
    unit = board.units[0]
    place = (unit.deltakelse_id, unit.pk)
    kinds = kind_columns(board)
    cells = {k.key: together(board.cell(a, place) for a in k.activities) for k in kinds}
    return standing_of(unit.name, kinds, cells)


def _deadlines(user, unit: DeltakendeUnit, semester: Semester) -> list[Deadline]:
    owed = Obligation.objects.visible_to(user).open().filter(unit=unit, semester=semester)
    duties = owed.exclude(rule__met_by__in=("item", "review")).for_lists().order_by("due", "pk")
    return [Deadline(obligation_title(duty), duty.due, duty) for duty in duties]


def _papers(
    user, unit: DeltakendeUnit, semester: Semester
) -> tuple[list[Veiledningsgrunnlag], list[Referat]]:
    """Sent papers that the role may read, the newest first."""
    grunnlag, referater = (
        list(
            model.objects.visible_to(user)
            .sent()
            .filter(unit=unit, meeting__semester=semester)
            .select_related("meeting")
            .order_by("-meeting__start")
        )
        for model in (Veiledningsgrunnlag, Referat)
    )
    return grunnlag, referater
