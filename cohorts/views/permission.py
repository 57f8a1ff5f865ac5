"""Stopping a change that is not allowed, with the reason on the page (403)."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from cohorts.models import Pulje
from cohorts.rules.errors import refuse_closed


def require(allowed: bool, pulje: Pulje) -> None:
    """Raise PermissionDenied when the pulje is closed, or when the role may only read."""
    try:
        refuse_closed(pulje)
    except ValidationError as error:
        raise PermissionDenied(error.messages[0]) from None
    if not allowed:
        raise PermissionDenied(_("Du kan lese dette, men ikke endre det."))
