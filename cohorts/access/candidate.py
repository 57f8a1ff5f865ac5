"""Who keeps the working list of an embete."""

from actors.rules.roles import RoleKind
from cohorts.models import EmbeteOpptak


def may_recruit(user, embete: EmbeteOpptak) -> bool:
    """A statsforvalter of the embete, whether or not the opptak has ended: reads the notes."""
    role = user.role
    if role is None or role.kind != RoleKind.STATSFORVALTER:
        return False
    return role.statsforvalter_id == embete.statsforvalter_id


def can_edit_candidates(user, embete: EmbeteOpptak) -> bool:
    """Whether the role may change the list now."""
    opptak = embete.opptak
    return may_recruit(user, embete) and opptak.closed_at is None and not opptak.pulje.is_closed


def can_invite_candidates(user, embete: EmbeteOpptak) -> bool:
    """Whether the role may invite owners to apply now: only while the opptak is open."""
    return can_edit_candidates(user, embete) and embete.opptak.is_open
