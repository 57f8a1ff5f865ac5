"""Versions of a paper: their numbers and language, and which of them hold text for a role."""

from typing import Any

from django.db.models import Max, Q, QuerySet

from actors.rules.invitations import language_of
from actors.rules.roles import RoleKind


def next_number(versions: QuerySet) -> int:
    """The number of the next version: one more than the highest there is, removed ones too.

    The first row need not have it: a cleaned edition stands where the text it replaces stood.
    """
    return (versions.aggregate(highest=Max("number"))["highest"] or 0) + 1


def language_of_unit(unit: Any) -> str:
    """The language of what a DeltakendeUnit writes: «nn» where its kommune, or the owner's when
    it lies in none, has decided on nynorsk, else «nb»."""
    return language_of(unit.unit.kommune or unit.deltakelse.owner)


def shown_texts(texts: Any, user: Any, *, unit: str, owner: str = "", author: str = "") -> Any:
    """Texts that hold words for the role now: none that is removed, and a hidden one only for the
    office that sent it (domain 8.24).

    `unit`, `owner` and `author` are the paths from a text to its DeltakendeUnit, to the owner of
    its meeting, and to the person who sent it. Without the last two it is always a unit's.
    """
    role = user.role
    own = Q(pk__in=[])
    if role is not None and role.kind == RoleKind.LEDER:
        own = Q(**{f"{unit}__unit": role.unit_id})
    elif role is not None and role.kind == RoleKind.EIER and owner:
        own = Q(**{unit: None, owner: role.owner_id})
    elif role is not None and role.kind == RoleKind.VEILEDER and author:
        own = Q(**{unit: None, author: user})
    return texts.filter(Q(hidden_at=None) | own, removed_at=None)
