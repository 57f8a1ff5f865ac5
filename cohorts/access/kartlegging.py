"""Who writes where a unit stands: its leader. Others who work with the unit read it."""

from actors.access import Artefact, Right, may
from cohorts.access.own_work import is_own_and_open
from cohorts.models import DeltakendeUnit


def can_edit_kartlegging(user, unit: DeltakendeUnit) -> bool:
    """Whether the role may write kartlegginger, områder and the worksheet of the unit now.

    The arbeidsgruppe fills in the worksheet together with the leader, who writes it down.
    """
    return may(user, Right.EDIT, Artefact.KARTLEGGING) and is_own_and_open(user, unit)
