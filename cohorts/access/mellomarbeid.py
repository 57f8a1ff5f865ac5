"""Who writes down the tasks between meetings: the unit's leader and its arbeidsgruppe."""

from actors.access import Artefact, Right, may
from cohorts.access.own_work import is_own_and_open
from cohorts.models import DeltakendeUnit


def can_read_mellomarbeid(user) -> bool:
    """Whether the role reads tasks, of units whose papers it reads (`readable_by`)."""
    return may(user, Right.VIEW, Artefact.MELLOMARBEID)


def can_edit_mellomarbeid(user, unit: DeltakendeUnit) -> bool:
    """Whether the role may add, change and finish tasks of the unit now."""
    return may(user, Right.EDIT, Artefact.MELLOMARBEID) and is_own_and_open(user, unit)
