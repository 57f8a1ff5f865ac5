"""Who registers that children and parents took part, and who reads it: it is part of the plan."""

from actors.access import Artefact, Right, may
from cohorts.access.own_work import is_own_and_open
from cohorts.models import DeltakendeUnit

# The row of the matrix that involvement stands in: the plan tells of it (domain 3.9).
ARTEFACT = Artefact.PLAN


def can_edit_involvement(user, unit: DeltakendeUnit) -> bool:
    """Whether the role may register involvement of the unit now: its leader (O12)."""
    return may(user, Right.SUBMIT, ARTEFACT) and is_own_and_open(user, unit)
