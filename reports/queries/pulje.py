"""Fetching what the pages of a pulje show, as the person may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from cohorts.models import Deltakelse, DeltakendeUnit, Pulje, PuljeStatus, Semester
from reports.queries.board import Board, board_of
from reports.queries.overview import kind_columns, owner_lines
from reports.queries.participants import OwnerRow, UnitRow, owner_rows, unit_rows
from reports.rules.sentence import Standing, in_step, pulje_heading, reasons


def semesters_of(number: int, user) -> list[Semester]:
    """The semesters of a pulje that the person sees, with pulje and theme; empty: not visible."""
    puljer = Pulje.objects.visible_to(user).filter(number=number)
    found = Semester.objects.filter(pulje__in=puljer).select_related(
        "pulje", "tema", "evaluation_closed_by"
    )
    return list(found.order_by("number"))


def current_semester(semesters: Iterable[Semester], today: date) -> Semester:
    """The semester that `today` lies in; else the last one begun, else the first."""
    ordered = sorted(semesters, key=lambda semester: semester.start)
    begun = [semester for semester in ordered if semester.start <= today]
    return begun[-1] if begun else ordered[0]


def chosen_semester(semesters: list[Semester], number: int | None, today: date) -> Semester:
    """The semester with that number; without one the current."""
    by_number = {semester.number: semester for semester in semesters}
    found = by_number.get(number) if number is not None else None
    return found or current_semester(semesters, today)


@dataclass(frozen=True)
class Participants:
    """Owners and units of a pulje that the person sees."""

    owners: list[OwnerRow]
    units: list[UnitRow]

    @property
    def embeter(self) -> list[tuple[int, str]]:
        """(id, name) of the embeter in which somebody takes part, by name."""
        rows = [*self.owners, *self.units]
        found = {row.embete_id: row.embete for row in rows if row.embete_id is not None}
        return sorted(found.items(), key=lambda pair: pair[1])

    def within(self, embete: int | None, kind: str) -> "Participants":
        """Only one embete, and only units of a kind with the owners that have any."""
        units = [unit for unit in self.units if not kind or unit.kind == kind]
        owners = self.owners
        if kind:
            having = {unit.deltakelse_id for unit in units}
            owners = [owner for owner in owners if owner.pk in having]
        if embete is not None:
            own = {owner.pk for owner in owners if owner.embete_id == embete}
            own |= {unit.deltakelse_id for unit in units if unit.embete_id == embete}
            owners = [owner for owner in owners if owner.pk in own]
        kept = {owner.pk for owner in owners}
        return Participants(owners, [unit for unit in units if unit.deltakelse_id in kept])


def participants_of(pulje: Pulje, user) -> Participants:
    """Who takes part, as far as the person sees it. Two queries."""
    deltakelser = Deltakelse.objects.visible_to(user).filter(pulje=pulje)
    units = DeltakendeUnit.objects.visible_to(user).filter(deltakelse__pulje=pulje)
    return Participants(owner_rows(deltakelser), unit_rows(units))


def state_of(semester: Semester, today: date) -> str:
    """Whether the semester is closed with its pulje, not begun, over, or on now."""
    if semester.pulje.status == PuljeStatus.CLOSED:
        return "closed"
    if today < semester.start:
        return "before"
    return "after" if semester.end < today else "now"


@dataclass(frozen=True)
class Verdict:
    """The sentence of a pulje: heading and reasons."""

    heading: str
    lead: str


def verdict_of(board: Board, standings: list[Standing]) -> Verdict:
    """How the pulje stands, by the same rule functions wherever it is said."""
    behind = sum(standing.is_behind for standing in standings)
    state = state_of(board.semester, board.today)
    heading = pulje_heading(str(board.semester.pulje), behind, len(standings), state=state)
    if state == "before" or not standings:
        return Verdict(heading, "")
    kommuner = all(owner.kind == "kommune" for owner in board.owners)
    parts = [in_step(standings, kommuner=kommuner), *reasons(standings)]
    return Verdict(heading, " ".join(filter(None, parts)))


@dataclass(frozen=True)
class PuljeState:
    """A pulje in two lines, for lists."""

    pulje: Pulje
    semester: Semester
    verdict: Verdict
    owners: int
    units: int


def running_states(user, now: datetime) -> list[PuljeState]:
    """The running puljer that the person sees, each with its sentence. Nine queries a pulje."""
    today = timezone.localdate(now)
    puljer = Pulje.objects.visible_to(user).running()
    semesters = Semester.objects.filter(pulje__in=puljer).select_related("pulje", "tema")
    by_pulje: dict[int, list[Semester]] = {}
    for semester in semesters.order_by("-pulje__number", "number"):
        by_pulje.setdefault(semester.pulje_id, []).append(semester)
    return [_state(current_semester(found, today), user, now) for found in by_pulje.values()]


def _state(semester: Semester, user, now: datetime) -> PuljeState:
    who = participants_of(semester.pulje, user)
    board = board_of(semester, who.owners, who.units, now=now)
    lines = owner_lines(board, kind_columns(board), [])
    verdict = verdict_of(board, [line.standing for line in lines])
    units = sum(unit.is_active for unit in who.units)
    return PuljeState(semester.pulje, semester, verdict, len(lines), units)
