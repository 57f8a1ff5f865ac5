"""Which access roles stand behind the actors that a programme names for an activity."""

from typing import Any

from django.utils.translation import gettext as _

from actors.rules.roles import RoleKind
from cohorts.programme.definition import GroupDef, Programme
from cohorts.rules.text import in_language


def actors_of(activity: Any) -> tuple[str, ...]:
    """Who does an activity: the responsible, those who prepare it with them, and those asked."""
    options = activity.options
    named = [activity.responsible, *options.get("prepared_with", []), *options.get("asked", [])]
    return tuple(dict.fromkeys(named))


def offices_of(activity: Any, programme: Programme) -> frozenset[str]:
    """The access roles of the actors of an activity; actors without accounts have none.

    What the arbeidsgruppe does, its leader signs (S2).
    """
    roles = {programme.actor(actor).role for actor in actors_of(activity)}
    if RoleKind.ARBEIDSGRUPPE in roles:
        roles.add(RoleKind.LEDER)
    return frozenset(role for role in roles if role)


def acting_as(role_kind: str, activity: Any, programme: Programme) -> str:
    """The actor of an activity that a person in `role_kind` is; "" when none is."""
    for actor in actors_of(activity):
        if programme.actor(actor).role == role_kind:
            return actor
    if role_kind == RoleKind.LEDER:  # leads the arbeidsgruppe, and acts for it
        return acting_as(RoleKind.ARBEIDSGRUPPE, activity, programme)
    return ""


def seat_role(programme: Programme, group: GroupDef, seat_id: str) -> str | None:
    """The access role that goes with a seat: that of its actor, in a unit's group at least its own.

    A seat for an occupation (a teacher, a helsesykepleier) has none outside the unit.
    """
    role = next(seat.role for seat in group.seats if seat.id == seat_id)
    actors = {actor.id: actor.role for actor in programme.actors}
    return actors.get(role) or (RoleKind.ARBEIDSGRUPPE if group.scope == "unit" else None)


def actor_name(actor: str, programme: Programme) -> str:
    """What an actor is called in the active language; what is no actor is a rule of its own."""
    names = {
        "responsible": _("Den det gjelder"),
        "asked": _("De som blir spurt"),
        "invited": _("De som er invitert"),
        "soeker": _("Søkeren"),
    }
    if actor in names:
        return names[actor]
    name = programme.actor(actor).name
    return in_language(name.bm, name.nn)


def receivers_of(owed_by: str, programme: Programme) -> list[tuple[str, str]]:
    """Who a reminder may go to, as choices: first, with an empty value, the one who owes it, then
    the other actors that have an office."""
    others = [actor.id for actor in programme.actors if actor.role and actor.id != owed_by]
    return [("", actor_name(owed_by, programme)), *((i, actor_name(i, programme)) for i in others)]
