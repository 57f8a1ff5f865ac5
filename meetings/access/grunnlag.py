"""Who may comment on a sent grunnlag, and who may answer (domain 1.3)."""

from actors.access import Artefact, Right, may
from cohorts.models import DeltakendeUnit
from meetings.access.papers import can_edit_grunnlag, can_read_grunnlag


def can_comment_grunnlag(user, unit: DeltakendeUnit) -> bool:
    """Whether the role comments on what the unit has sent: its veiledere."""
    return may(user, Right.COMMENT, Artefact.GRUNNLAG) and can_read_grunnlag(user, unit)


def can_answer_comment(user, unit: DeltakendeUnit) -> bool:
    """Whether the role answers comments: those who write the unit's grunnlag."""
    return can_edit_grunnlag(user, unit)
