"""Who may call, change, read and answer a meeting.

The programme says which actor is responsible for an activity, and each actor maps to an access
role; no kind of meeting is named here. The querysets say where a role reaches.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from actors.access import Artefact, Right, may
from actors.models import User
from actors.rules.roles import RoleKind
from cohorts.models import Activity, Deltakelse, DeltakendeUnit, Pulje, Semester
from cohorts.queries.programme import programme_of
from meetings.models import Meeting
from meetings.queries.demand import paper_activities

# National offices that may call every meeting below the national level.
CALL_ANY = (RoleKind.UDIR, RoleKind.KOORDINATOR)


@dataclass(frozen=True)
class Reach:
    """How far the role the person acts in reaches a meeting's units (primary keys)."""

    units: frozenset[int]
    visible: frozenset[int]
    readable: frozenset[int]

    @property
    def covers_all(self) -> bool:
        """Whether every unit of the meeting is in the scope of the role."""
        return self.units == self.visible


def units_in_reach(user: User):
    """Units, each marked with whether the role sees it (`seen`) and reads its papers (`read`)."""
    same = DeltakendeUnit.objects.filter(pk=OuterRef("pk"))
    return DeltakendeUnit.objects.annotate(
        seen=Exists(same.visible_to(user)), read=Exists(same.readable_by(user))
    )


def reach_in(units: Iterable[Any]) -> Reach:
    """The reach from units of a meeting that come from `units_in_reach`."""
    rows = list(units)
    return Reach(
        units=frozenset(unit.pk for unit in rows),
        visible=frozenset(unit.pk for unit in rows if unit.seen),
        readable=frozenset(unit.pk for unit in rows if unit.read),
    )


def reach_of(user: User, meeting: Meeting) -> Reach:
    """The meeting's units, those the role sees and those whose papers it reads. One query.

    Fetch it once and pass it on where a page asks several questions.
    """
    return reach_in(units_in_reach(user).filter(meetings=meeting))


def offices_of(activity: Activity, *actors: str | None) -> set[str]:
    """The access roles of some actors of the programme; those without access give none."""
    roles = {actor.id: actor.role for actor in programme_of(activity.semester.pulje).actors}
    return {role for actor in actors if actor and (role := roles.get(actor))}


def calling_offices(activity: Activity) -> set[str]:
    """The roles that call the meetings of an activity: who is responsible for it.

    The professionally responsible calls too, and below the national level Udir and koordinator.
    """
    professional = activity.options.get("professional_responsible")
    offices = offices_of(activity, activity.responsible, professional)
    return offices if activity.scope == "pulje" else offices | set(CALL_ANY)


def writing_offices(activity: Activity, papers: Iterable[Activity]) -> set[str]:
    """The roles that write the papers demanded of each meeting of an activity.

    `papers` are activities of the same semester; those for other meetings are passed over.
    """
    found: set[str] = set()
    for paper in papers:
        options = paper.options
        wanted = [*options.get("for_activities", []), *options.get("optional_for", [])]
        if paper.paper and activity.key in wanted:
            found |= offices_of(activity, paper.responsible, *options.get("prepared_with", []))
    return found


def callable_activities(user: User, today: date) -> list[Activity]:
    """The meetings the person may call now: of the current and the next semester, in order.

    Only of puljer that run. `today` is a local date.
    """
    activities = (
        Activity.objects.meetings()
        .filter(semester__pulje__in=Pulje.objects.visible_to(user).running())
        .select_related("semester__pulje")
        .order_by("-semester__pulje__number", "semester__number", "position")
    )
    current = {semester.pulje_id: semester.number for semester in Semester.objects.on(today)}
    return [
        activity
        for activity in activities
        if (number := current.get(activity.semester.pulje_id)) is not None
        and activity.semester.number in (number, number + 1)
        and holds_call(user, activity)
    ]


def callable_deltakelser(user: User):
    """The owners the person may call meetings for; an eier only for its own."""
    found = Deltakelse.objects.visible_to(user).active().filter(pulje__status="running")
    return found.select_related("owner", "pulje").order_by("-pulje__number", "owner__name")


def callable_units(user: User, activity: Activity, deltakelse: Deltakelse):
    """The units of a deltakelse that the person may call to a meeting of the activity."""
    units = (
        DeltakendeUnit.objects.visible_to(user)
        .active()
        .filter(deltakelse=deltakelse, first_semester__lte=activity.semester.number)
    )
    if activity.applies_to:
        units = units.filter(unit__kind=activity.applies_to)
    return units.select_related("unit", "deltakelse").order_by("unit__name")


def holds_call(user: User, activity: Activity) -> bool:
    """Whether the role the person acts in calls meetings of the activity, wherever that is."""
    return user.role is not None and user.role.kind in calling_offices(activity)


def can_call_for(user: User, activity: Activity, deltakelse: Deltakelse | None) -> bool:
    """Whether the role reaches the owner that a meeting at owner level is for.

    An eier calls for its own deltakelse alone, not for one where it only has a unit.
    """
    role = user.role
    if role is None or not holds_call(user, activity):
        return False
    if deltakelse is None:
        return activity.scope == "pulje"
    if role.kind == RoleKind.EIER and activity.scope == "deltakelse":
        return deltakelse.owner_id == role.owner_id
    return Deltakelse.objects.visible_to(user).filter(pk=deltakelse.pk).exists()


def can_create_meeting(
    user: User,
    activity: Activity,
    deltakelse: Deltakelse | None = None,
    units: Iterable[DeltakendeUnit] = (),
) -> bool:
    """Whether the person may call a meeting of the activity for the owner and all the units."""
    if not can_call_for(user, activity, deltakelse):
        return False
    wanted = {unit.pk for unit in units}
    seen = DeltakendeUnit.objects.visible_to(user).filter(pk__in=wanted)
    return not wanted or set(seen.values_list("pk", flat=True)) == wanted


def can_change_meeting(user: User, meeting: Meeting, reach: Reach | None = None) -> bool:
    """Whether the person may change or cancel the meeting: the same offices that call it.

    The meeting has been fetched with `visible_to`, so that its owner is within reach.
    """
    role, deltakelse = user.role, meeting.deltakelse
    if role is None or not holds_call(user, meeting.activity):
        return False
    at_owner = meeting.activity.scope == "deltakelse" and deltakelse is not None
    if at_owner and role.kind == RoleKind.EIER and deltakelse.owner_id != role.owner_id:
        return False
    return (reach or reach_of(user, meeting)).covers_all


def can_read_saksliste(user: User, meeting: Meeting, reach: Reach | None = None) -> bool:
    """Whether the person reads what is on the saksliste, not only how much (two-hats rule).

    A unit's saksliste is part of its papers; at owner level those read it whom the matrix lets
    read the styringsgruppe's papers, and whoever is invited; a national programme is for all.
    """
    if meeting.activity.scope == "pulje":
        return True
    reach = reach or reach_of(user, meeting)
    if reach.units:
        return bool(reach.readable) and may(user, Right.VIEW, Artefact.GRUNNLAG)
    if may(user, Right.VIEW, Artefact.STYRINGSGRUPPE):
        return True
    return meeting.attendances.filter(user=user).exists()


def can_read_names(user: User, meeting: Meeting, reach: Reach | None = None) -> bool:
    """Whether the person sees who comes, not only how many: who reads the saksliste does."""
    return can_read_saksliste(user, meeting, reach)


def is_author(
    user: User,
    meeting: Meeting,
    reach: Reach | None = None,
    papers: list[Activity] | None = None,
) -> bool:
    """Whether the role writes papers of the meeting, and so sees their drafts.

    `papers` are its `paper_activities` when they have been fetched already.
    """
    role = user.role
    if role is None:
        return False
    activities = paper_activities(meeting) if papers is None else papers
    if role.kind not in writing_offices(meeting.activity, activities):
        return False
    reach = reach or reach_of(user, meeting)
    return bool(reach.visible) or (not reach.units and _is_of_owner(user, meeting))


def _is_of_owner(user: User, meeting: Meeting) -> bool:
    """Whether the office belongs to the owner of the meeting, or follows it as veileder."""
    role, deltakelse = user.role, meeting.deltakelse
    if role is None or deltakelse is None:
        return False
    return role.kind != RoleKind.EIER or role.owner_id == deltakelse.owner_id


def can_edit_saksliste(user: User, meeting: Meeting, reach: Reach | None = None) -> bool:
    """Whether the person may write the saksliste: the authors of the papers, and who calls it."""
    reach = reach or reach_of(user, meeting)
    if not can_read_saksliste(user, meeting, reach):
        return False
    return is_author(user, meeting, reach) or can_change_meeting(user, meeting, reach)


def can_record_attendance(user: User, meeting: Meeting, reach: Reach | None = None) -> bool:
    """Whether the person registers who came: the author of the referat, or who calls it."""
    reach = reach or reach_of(user, meeting)
    if not can_read_names(user, meeting, reach):
        return False
    return is_author(user, meeting, reach) or can_change_meeting(user, meeting, reach)
