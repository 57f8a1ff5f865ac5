"""What holds for all of a unit's own work: whose it is, and when nothing more is written."""

from cohorts.models import DeltakendeUnit


def is_own_and_open(user, unit: DeltakendeUnit) -> bool:
    """Whether it is the role's own unit, which still takes part in a pulje that is not closed."""
    is_own = user.role is not None and user.role.unit_id == unit.unit_id
    return is_own and unit.status != "withdrawn" and not unit.deltakelse.pulje.is_closed
