"""The five figures of a pulje, counted on its board."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from cohorts.models import Semester
from meetings.models import Obligation
from reports.queries.board import Board
from reports.queries.facts import Duty


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
    zone = timezone.get_current_timezone()
    duties = [d for d in _of_papers(board, "before") if d.met_at or d.due < board.today]
    in_time = sum(bool(d.met_at) and d.met_at.astimezone(zone).date() <= d.due for d in duties)
    return in_time, len(duties)


def _days_to_paper(board: Board) -> tuple[tuple[int, ...], int | None]:
    """Days from the end of each meeting to its paper, and the days that the rule gives."""
    zone = timezone.get_current_timezone()
    days, rules = [], Counter[int]()
    for duty in _of_papers(board, "after"):
        rules[duty.rule_id or 0] += 1
        meeting = board.facts.meetings_by_id.get(duty.meeting_id or 0)
        if duty.met_at and meeting is not None:
            sent, held = duty.met_at.astimezone(zone), meeting.end.astimezone(zone)
            days.append(max(0, (sent.date() - held.date()).days))
    goals = (board.facts.rules[pk] for pk, _number in rules.most_common())
    goal = next((rule.offset for rule in goals if rule.unit == "days"), None)
    return tuple(sorted(days)), goal


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
