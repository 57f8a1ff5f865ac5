"""Who sets up an opptak: Udir. A statsforvalter sets the deadline of the own embete."""

from actors.rules.roles import RoleKind
from cohorts.models import EmbeteOpptak, Opptak
from cohorts.queries.opptak import RECRUITS


def can_set_up_opptak(user) -> bool:
    """Udir prepares, opens and closes an opptak, and makes the next one from it."""
    return user.role is not None and user.role.kind == RoleKind.UDIR


def can_see_funnel(user) -> bool:
    """Udir sees the numbers of every embete, a statsforvalter those of the own."""
    return user.role is not None and user.role.kind in RECRUITS


def can_set_deadline(user, embete: EmbeteOpptak) -> bool:
    """Whether the role may set this embete's own deadline for applications now."""
    role = user.role
    if role is None or role.kind != RoleKind.STATSFORVALTER or not embete.opptak.is_open:
        return False
    return role.statsforvalter_id == embete.statsforvalter_id


def may_apply(user, opptak: Opptak) -> bool:
    """Whether the role is one that writes applications, and the opptak is open."""
    role = user.role
    return role is not None and role.kind == RoleKind.EIER and opptak.is_open
