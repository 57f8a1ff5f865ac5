"""What the pages of candidates share: the embete's own share of an opptak."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from cohorts.access.candidate import can_edit_candidates
from cohorts.models import EmbeteOpptak


def own_embete(request: HttpRequest, number: int) -> EmbeteOpptak:
    """The share of the own embete in the opptak to pulje `number`; 404 for every other role."""
    role = request.user.role
    visible = EmbeteOpptak.objects.visible_to(request.user).select_related(
        "opptak__pulje", "statsforvalter"
    )
    statsforvalter = role.statsforvalter_id if role else None
    return get_object_or_404(visible, opptak__pulje__number=number, statsforvalter=statsforvalter)


def require_open(request: HttpRequest, embete: EmbeteOpptak) -> None:
    """Raise PermissionDenied (403) when the list may only be read."""
    if not can_edit_candidates(request.user, embete):
        raise PermissionDenied(_("Opptaket er avsluttet. Alt kan leses, men ikke endres."))
