"""Who writes down the tasks between meetings: the unit's leader and its arbeidsgruppe."""

from actors.access import Artefact, Right, may
from cohorts.models import DeltakendeUnit


def can_read_mellomarbeid(user) -> bool:
    """Whether the role reads tasks, of units whose papers it reads (`readable_by`)."""
    return may(user, Right.VIEW, Artefact.MELLOMARBEID)


def can_edit_mellomarbeid(user, unit: DeltakendeUnit) -> bool:
    """Whether the role may add, change and finish tasks of the unit now."""
    if not may(user, Right.EDIT, Artefact.MELLOMARBEID) or unit.deltakelse.pulje.is_closed:
        return False
    return user.role.unit_id == unit.unit_id
