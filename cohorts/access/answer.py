"""Who answers an offer, and who lets the reserve list move up."""

from actors.access import Artefact, Right, may
from actors.rules.roles import RoleKind
from cohorts.models import Decision, Opptak


def can_answer(user, decision: Decision) -> bool:
    """The owner that got the offer, in the role of owner; when it is too late is asked apart."""
    role = user.role
    return role is not None and role.kind == RoleKind.EIER and role.owner_id == decision.owner_id


def can_move_reserve(user, opptak: Opptak) -> bool:
    """Udir, while the pulje is not closed."""
    return may(user, Right.SUBMIT, Artefact.AVGJOERELSE) and not opptak.pulje.is_closed
