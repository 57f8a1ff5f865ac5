"""Who may write, save, read and comment on a unit's plan (domain 1.3).

The leader writes and saves versions, the arbeidsgruppe writes with them, the veileder and PPT
comment. A role with status only sees when the plan was reviewed, never what it says.
"""

from actors.access import Artefact, Right, may, rights_of
from cohorts.models import DeltakendeUnit


def can_read_plan(user, unit: DeltakendeUnit) -> bool:
    """Whether the role may read the unit's plan."""
    readable = DeltakendeUnit.objects.readable_by(user)
    return may(user, Right.VIEW, Artefact.PLAN) and readable.filter(pk=unit.pk).exists()


def sees_review_date(user) -> bool:
    """Whether the role sees when the plans of its units were reviewed."""
    kind = user.role.kind if user.role else ""
    return bool(rights_of(kind, Artefact.PLAN) & {Right.VIEW, Right.STATUS})


def can_edit_plan(user, unit: DeltakendeUnit) -> bool:
    """Whether the role writes in the plan: the unit's leader and its arbeidsgruppe."""
    return may(user, Right.EDIT, Artefact.PLAN) and user.role.unit_id == unit.unit_id


def can_save_plan(user, unit: DeltakendeUnit) -> bool:
    """Whether the role saves a review as a version: the leader, also an acting one."""
    return may(user, Right.SUBMIT, Artefact.PLAN) and user.role.unit_id == unit.unit_id


def can_comment_plan(user, unit: DeltakendeUnit) -> bool:
    """Whether the role comments on the plan: the unit's veiledere and PPT."""
    return may(user, Right.COMMENT, Artefact.PLAN) and can_read_plan(user, unit)
