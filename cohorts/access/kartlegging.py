"""Who writes where a unit stands: its leader. Others who work with the unit read it."""

from actors.access import Artefact, Right, may
from cohorts.models import DeltakendeUnit


def can_edit_kartlegging(user, unit: DeltakendeUnit) -> bool:
    """Whether the role may write kartlegginger, områder and the worksheet of the unit now.

    The arbeidsgruppe fills in the worksheet together with the leader, who writes it down.
    """
    if not may(user, Right.EDIT, Artefact.KARTLEGGING) or unit.deltakelse.pulje.is_closed:
        return False
    return user.role.unit_id == unit.unit_id
