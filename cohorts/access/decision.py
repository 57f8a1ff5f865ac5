"""Who decides and sends letters: Udir. The querysets say who reads a letter once it is sent."""

from actors.rules.roles import RoleKind
from cohorts.models import Decision, Opptak


def may_see_decisions(user) -> bool:
    """Whether the role is Udir's: the only one that sees what is not released."""
    return user.role is not None and user.role.kind == RoleKind.UDIR


def can_decide(user, opptak: Opptak) -> bool:
    """Whether the role may decide and release letters in the opptak now."""
    return may_see_decisions(user) and opptak.is_open and not opptak.pulje.is_closed


def can_change_letter(user, decision: Decision) -> bool:
    """Whether the role may change this letter now: it is held, and it counts."""
    opptak = decision.soeknad.candidate.embete.opptak
    held = decision.is_current and decision.released_at is None
    return held and can_decide(user, opptak)
