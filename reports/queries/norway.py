"""Where in Norway a pulje is: its owners counted per fylke."""

from collections import Counter

from actors.queries.norway import Norway, norway_with
from reports.queries.participants import OwnerRow, UnitRow


def norway_of(owners: list[OwnerRow], units: list[UnitRow]) -> Norway:
    """How many owners take part in each fylke; private ones where their units lie. One query."""
    of_unit = {unit.deltakelse_id: unit.fylke_number for unit in units}
    active = [owner for owner in owners if owner.is_active]
    return norway_with(
        Counter(owner.fylke_number or of_unit.get(owner.pk) or "" for owner in active)
    )
