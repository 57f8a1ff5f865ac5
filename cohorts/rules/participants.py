"""Which units an owner may take part with, and who may not be veileder where."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lmp.lib.wording import small_first

# Two veiledere follow each deltakelse (domain 0.7: they work two and two).
PAIR = 2


@dataclass(frozen=True)
class Place:
    """Where an owner or a unit stands: the keys of its owner, its kommune and its fylke."""

    owner: int | None
    kommune: int | None
    fylke: int | None
    private: bool


def belongs_with(owner: Place, unit: Place) -> bool:
    """Whether a unit may take part in the deltakelse of an owner.

    An owner takes part with its own units. A kommune or fylkeskommune may also take private units
    of its own area along (domain 8.7). A private owner is not named in the registers, so a private
    unit whose owner is not known may belong to it.
    """
    if unit.owner is not None and unit.owner == owner.owner:
        return True
    if not unit.private:
        return False
    if owner.private:
        return unit.owner is None
    same_kommune = owner.kommune is not None and owner.kommune == unit.kommune
    return same_kommune or (owner.kommune is None and owner.fylke == unit.fylke)


def conflict_message(person: str, role: str, place: str, ended: date | None, on: date) -> str:
    """Why somebody cannot be veileder where the person has, or had, another role (domain 8.15)."""
    values = {"person": person, "role": small_first(role), "place": place}
    if ended is not None and ended < on:
        text = _("%(person)s har vært %(role)s, %(place)s, og kan derfor ikke være veileder der.")
    else:
        text = _("%(person)s er %(role)s, %(place)s, og kan derfor ikke være veileder der.")
    return text % values


def pair_warning(count: int) -> str:
    """What is missing in the pair of veiledere, in words; empty when nothing is."""
    if count >= PAIR:
        return ""
    if count == 0:
        return _("Ingen veiledere er satt opp ennå. Veilederne arbeider to og to.")
    return ngettext(
        "Bare %(count)s veileder er satt opp. Veilederne arbeider to og to.",
        "Bare %(count)s veiledere er satt opp. Veilederne arbeider to og to.",
        count,
    ) % {"count": count}
