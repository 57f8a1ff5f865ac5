"""Who comes to a meeting or was there, as each role may see it."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from actors.models import User
from actors.rules.roles import RoleKind, role_title
from cohorts.models import Deltakelse
from cohorts.queries.programme import programme_of
from cohorts.rules.text import in_language
from meetings.access.meeting import Reach
from meetings.actions.attendance import GUEST
from meetings.models import Attendance, Meeting, Presence, Response


def actor_names(meeting: Meeting) -> dict[str, str]:
    """What the programme's actors are called: by their office («Rektor»), else by the file."""
    units = list(meeting.units.all())
    kind = units[0].unit.kind if len(units) == 1 else None
    names = {
        actor.id: role_title(actor.role, kind)
        if actor.role and (kind or actor.role != RoleKind.LEDER)
        else in_language(actor.label.bm, actor.label.nn)
        for actor in programme_of(meeting.pulje).actors
    }
    return names | {"alle": _("Alle"), GUEST: _("Gjest")}


def people_of(meeting: Meeting, user: User, reach: Reach) -> list[Attendance]:
    """Those invited whom the role may see, each with the name of the part in the meeting.

    In a national meeting each sees those of the owners within reach, not the whole pulje.
    """
    rows = meeting.attendances.select_related("user", "unit__unit")
    if meeting.deltakelse_id is None:
        reached = Deltakelse.objects.visible_to(user)
        rows = rows.filter(deltakelse__in=reached.values("pk")) | rows.filter(user=user)
    people = list(rows.order_by("pk"))
    names = actor_names(meeting)
    many = len(reach.units) != 1
    for row in people:
        part = names.get(row.actor, row.actor)
        if row.unit is not None and row.actor == "leder":
            part = role_title("leder", row.unit.unit.kind)
        row.part = f"{part}, {row.unit}" if row.unit is not None and many else part
    return people


def answers_of(people: Iterable[Attendance]) -> str:
    """«7 ja · 1 har ikke svart», of those who can answer in the portal; what nobody said is left
    out."""
    count = Counter(row.response for row in people if row.user_id)
    words = {
        Response.YES: _("%(n)s ja"),
        Response.NO: _("%(n)s nei"),
        Response.NONE: _("%(n)s har ikke svart"),
    }
    return " · ".join(word % {"n": count[key]} for key, word in words.items() if count[key])


def presence_groups(people: Iterable[Attendance]) -> list[dict[str, Any]]:
    """Who was there, who had sent word, who was away: the labels and the people of each."""
    by_presence: dict[str, list[Attendance]] = {}
    for row in people:
        by_presence.setdefault(row.presence, []).append(row)
    order = (Presence.PRESENT, Presence.EXCUSED, Presence.ABSENT)
    return [
        {"label": presence.label, "people": by_presence[presence]}
        for presence in order
        if presence in by_presence
    ]
