"""Min side: the semester in dots, the next meetings and what has happened, for one office."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from actors.rules.roles import RoleKind
from cohorts.models import Activity, DeltakendeUnit, Pulje, Semester
from cohorts.queries.programme import programme_of
from cohorts.queries.pulje import NATIONAL
from lmp.lib import status as words
from meetings.models import Attendance, Meeting
from reports.queries.board import Board, board_of
from reports.queries.facts import Place
from reports.queries.participants import OwnerRow, UnitRow, unit_rows
from reports.rules.counts import breakable

MOST_MEETINGS = 5
MOST_DOTS = 6  # more than this is told in numbers only

# Roles that land on the state of whole puljer, not of their own units.
OVERSEERS = (*NATIONAL, RoleKind.STATSFORVALTER)
# Roles that follow units which are neither theirs nor in their menu.
FOLLOWERS = (RoleKind.VEILEDER, RoleKind.PPT, RoleKind.BARNEHAGEMYNDIGHET)


@dataclass(frozen=True)
class DotsRow:
    """One thing of the semester: so many done, with a date and demanded."""

    label: str
    done: int
    planned: int
    total: int

    @property
    def has_dots(self) -> bool:
        return self.total <= MOST_DOTS


@dataclass(frozen=True)
class SemesterPanel:
    """The semester of an office: ring, theme and dots. `units` is how many are counted together."""

    semester: Semester
    total: int
    theme: str
    rows: list[DotsRow]
    units: int


def next_meetings(user, now: datetime) -> QuerySet[Meeting]:
    """The five next meetings of the person: invited to, of the whole pulje, or of the own units.

    An office that follows many units sees only what it is invited to. One query.
    """
    own = Q(deltakelse=None) | Q(pk__in=Attendance.objects.filter(user=user).values("meeting"))
    if user.role.kind not in OVERSEERS:
        units = DeltakendeUnit.objects.visible_to(user).values("pk")
        own |= Q(
            pk__in=Meeting.units.through.objects.filter(deltakendeunit__in=units).values("meeting")
        )
    meetings = Meeting.objects.visible_to(user).upcoming(now).filter(own)
    return meetings.exclude(pulje__status="closed").select_related("deltakelse__owner", "activity")[
        :MOST_MEETINGS
    ]


def followed_units(user) -> list[DeltakendeUnit]:
    """The units that a person follows now, by kommune: the way to their plans and papers. One
    query, none for other roles."""
    if user.role.kind not in FOLLOWERS:
        return []
    units = DeltakendeUnit.objects.visible_to(user).filter(
        status="active", deltakelse__pulje__status="running"
    )
    return list(
        units.select_related("unit__kommune").order_by("unit__kommune__name", "unit__name", "pk")
    )


def semester_panel(user, now: datetime) -> SemesterPanel | None:
    """The current semester of the newest running pulje the office has a part in. Six queries."""
    activities = activities_now(Pulje.objects.visible_to(user).running(), timezone.localdate(now))
    if not activities:
        return None
    semester = activities[0].semester
    units = DeltakendeUnit.objects.visible_to(user).filter(deltakelse__pulje=semester.pulje_id)
    rows = unit_rows(units)
    shown = [a for a in activities if _concerns(a, user.role.kind)]
    board = board_of(semester, _owners_of(rows), rows, now=now, activities=shown)
    programme = programme_of(semester.pulje)
    tema = getattr(semester, "tema", None)
    return SemesterPanel(
        semester=semester,
        total=programme.semester_count,
        theme=tema.short if tema else "",
        rows=dots_of(board),
        units=sum(unit.is_active for unit in rows),
    )


def activities_now(puljer: QuerySet[Pulje], today: date) -> list[Activity]:
    """What the current semester of the newest of the puljer demands, in order. One query."""
    found = Activity.objects.filter(
        semester__pulje__in=puljer, semester__start__lte=today, semester__end__gte=today
    )
    rows = found.select_related("semester__pulje", "semester__tema")
    ordered = list(rows.order_by("-semester__pulje__number", "position"))
    return [a for a in ordered if a.semester_id == ordered[0].semester_id]


def _concerns(activity: Activity, kind: str) -> bool:
    """Whether the panel of a role shows an activity: no papers, they are in the list above."""
    if activity.record == "paper" or activity.minimum == 0:
        return False
    if kind == RoleKind.VEILEDER:
        return activity.record == "meeting" and activity.responsible == kind
    if activity.scope == "unit":
        return True
    taking_part = activity.options.get("participants", [])
    return activity.scope == "deltakelse" and (kind == RoleKind.EIER or kind in taking_part)


def _owners_of(units: Iterable[UnitRow]) -> list[OwnerRow]:
    """The owners behind the units, known by id only: enough to count what they have done."""
    ids = dict.fromkeys(unit.deltakelse_id for unit in units if unit.is_active)
    return [OwnerRow(pk, 0, "", "", "", True, False, None, "", None) for pk in ids]


def dots_of(board: Board) -> list[DotsRow]:
    """Meetings by kind, all else by activity, counted over all places of the board."""
    programme = programme_of(board.semester.pulje)
    language = get_language() or "nb"
    rows: dict[str, list[Activity]] = {}
    for activity in board.activities:
        is_meeting = activity.record == "meeting"
        kind = programme.kind(activity.kind).name.in_language(language)
        rows.setdefault(kind if is_meeting else activity.title, []).append(activity)
    places = _places(board)
    found = [(label, board.together(group, places)) for label, group in rows.items()]
    return [
        DotsRow(breakable(label), min(cell.done, cell.target), cell.planned, cell.target)
        for label, cell in found
        if cell.status != words.NOT_APPLICABLE and cell.target
    ]


def _places(board: Board) -> list[Place]:
    return [place for owner in board.owners for place in board.places_of(owner)]
