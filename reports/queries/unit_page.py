"""The page of one unit: its semester, deadlines, meetings, groups and papers."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from cohorts.models import DeltakendeUnit, Semester, Veilederoppdrag
from meetings.actions.obligation.words import obligation_title
from meetings.models import Obligation, Referat, Veiledningsgrunnlag
from reports.queries.board import Board, board_of
from reports.queries.facts import MeetingFact
from reports.queries.overview import kind_columns, standing_of
from reports.queries.owner_page import owner_row, unit_meetings
from reports.queries.participants import UnitRow
from reports.queries.pulje import chosen_semester
from reports.queries.rows import Row, row_at
from reports.rules.sentence import Standing
from reports.rules.status import together


@dataclass(frozen=True)
class Deadline:
    """What is owed by the unit: title, day, and the page where it is done."""

    title: str
    due: date
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

    Eleven queries. Papers are listed only for those who may read them.
    """
    found = list(
        DeltakendeUnit.objects.visible_to(user)
        .filter(unit=unit)
        .with_reason()
        .select_related(
            "unit__kommune",
            "unit__owner",
            "deltakelse__owner__kommune",
            "deltakelse__pulje",
            "arbeidsgruppe",
            "framdriftsplan",
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
    row = unit_row(chosen)
    board = board_of(shown, [owner_row(chosen.deltakelse)], [row], now=now)
    grunnlag, referater = _papers(user, chosen, shown)
    return UnitPage(
        taking_part=chosen,
        others=found,
        semesters=semesters,
        board=board,
        rows=_rows(board),
        standing=_standing(board),
        deadlines=_deadlines(user, chosen, shown),
        meetings=unit_meetings(board, row),
        grunnlag=grunnlag,
        referater=referater,
        veiledere=list(Veilederoppdrag.objects.following(chosen.deltakelse, board.today)),
    )


def unit_row(taking_part: DeltakendeUnit) -> UnitRow:
    """The row of a unit that is fetched already."""
    unit = taking_part.unit
    return UnitRow(
        pk=taking_part.pk,
        unit_id=unit.pk,
        deltakelse_id=taking_part.deltakelse_id,
        name=str(unit),
        kind=unit.kind,
        ownership=unit.ownership,
        owner_id=unit.owner_id,
        first_semester=taking_part.first_semester,
        is_active=taking_part.status == "active",
        has_group=taking_part.arbeidsgruppe_id is not None,
        embete_id=None,
        embete="",
        fylke_number=None,
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
    # Several offices may owe the same; the page of the unit says it once.
    once = {(obligation_title(duty), duty.due): duty for duty in duties}
    return [Deadline(title, due, duty) for (title, due), duty in once.items()]


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
