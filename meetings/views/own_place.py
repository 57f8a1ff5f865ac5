"""Whose own work a page is about, and what the role may see of it."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from actors.access import Artefact, Right, may, rights_of
from cohorts.models import DeltakendeUnit
from cohorts.rules.look_over import is_small


@dataclass(frozen=True)
class OwnPlace:
    """A unit that the person sees; `reads` tells whether what the unit has written, too."""

    unit: DeltakendeUnit
    reads: bool


def has_few(unit: DeltakendeUnit) -> bool:
    """Whether the unit has so few children that its texts are looked over more closely."""
    return is_small(unit.unit.children)


def find_own_place(request: HttpRequest, unit_id: int, artefact: Artefact) -> OwnPlace:
    """The unit of a page of its own work; 404 when the role sees nothing of the kind there."""
    user = request.user
    units = DeltakendeUnit.objects.visible_to(user).select_related(
        "unit__owner", "deltakelse__pulje", "arbeidsgruppe"
    )
    unit = get_object_or_404(units, pk=unit_id)
    if not rights_of(user.role.kind, artefact):
        raise Http404
    reads = may(user, Right.VIEW, artefact)
    if reads:
        reads = DeltakendeUnit.objects.readable_by(user).filter(pk=unit.pk).exists()
    return OwnPlace(unit, reads)


def find_readable(request: HttpRequest, unit_id: int, artefact: Artefact) -> DeltakendeUnit:
    """As `find_own_place`, when the page has no status to show: 403 with the reason."""
    place = find_own_place(request, unit_id, artefact)
    if not place.reads:
        raise PermissionDenied(why_no_text())
    return place.unit


def why_no_text() -> str:
    """The reason a reader is told who sees that a unit works, not what it writes."""
    return _(
        "Rollen din ser at arbeidet er gjort, men ikke det enheten skriver. Det er for dem som "
        "arbeider sammen om enheten."
    )
