"""Who may open which page of reports. What a page holds is decided by the querysets."""

from actors.access import Artefact, Right, may
from actors.rules.roles import RoleKind


def can_see_week(user) -> bool:
    """Whether the person acts as a veileder, whose weeks the page shows."""
    return user.role is not None and user.role.kind == RoleKind.VEILEDER


def can_read_papers(user) -> bool:
    """Whether the role reads the papers of units it sees, not only their status (domain 1.3)."""
    return may(user, Right.VIEW, Artefact.GRUNNLAG)
