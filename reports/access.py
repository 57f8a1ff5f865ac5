"""Who may open which page of reports. What a page holds is decided by the querysets."""

from actors.access import Artefact, Right, may
from actors.rules.roles import RoleKind


def can_see_week(user) -> bool:
    """Whether the person acts as a veileder, whose weeks the page shows."""
    return user.role is not None and user.role.kind == RoleKind.VEILEDER


def can_read_papers_of(user, unit) -> bool:
    """Whether the role reads the papers of a unit it sees, not only their status (domain 1.3).

    An owner reads those of its own units; of a private one in its kommune it sees the status.
    """
    if not may(user, Right.VIEW, Artefact.GRUNNLAG):
        return False
    return user.role.kind != RoleKind.EIER or unit.owner_id == user.role.owner_id
