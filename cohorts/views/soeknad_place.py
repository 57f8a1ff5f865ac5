"""The søknad a page is about, as the role sees it, and what it may do there."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from cohorts.access.soeknad import is_writer
from cohorts.actions.soeknad_state import refuse_not_writing
from cohorts.models import Soeknad


def seen_soeknad(request: HttpRequest, pk: int) -> Soeknad:
    """The søknad with its place, or 404 when the role does not see it."""
    return get_object_or_404(Soeknad.objects.visible_to(request.user).with_place(), pk=pk)


def own_soeknad(request: HttpRequest, pk: int) -> Soeknad:
    """The søknad when the role's owner is the one that applies; others that see it get 403."""
    soeknad = seen_soeknad(request, pk)
    if not is_writer(request.user, soeknad):
        raise PermissionDenied(_("Bare den som søker, kan endre søknaden."))
    return soeknad


def require_writing(soeknad: Soeknad) -> None:
    """403 with the reason when the søknad may not be changed now."""
    if reason := why_closed(soeknad):
        raise PermissionDenied(reason)


def why_closed(soeknad: Soeknad) -> str:
    """Why the søknad may not be changed now; empty when it may."""
    try:
        refuse_not_writing(soeknad)
    except ValidationError as error:
        return error.messages[0]
    return ""
