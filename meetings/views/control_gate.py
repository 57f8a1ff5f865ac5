"""Who comes into the control room of varsler, and the reason others are told."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from actors.access import can_see_sending, can_steer_sending


def refuse_unless_sees(request: HttpRequest) -> None:
    """Raise PermissionDenied with the reason for who does not oversee the sending."""
    if not can_see_sending(request.user):
        raise PermissionDenied(
            _(
                "Bare Utdanningsdirektoratet ser hva som er sendt til andre. "
                "Dine egne varsler finner du under Varsler."
            )
        )


def refuse_unless_steers(request: HttpRequest) -> None:
    """Raise PermissionDenied with the reason for who may look, but not change anything."""
    refuse_unless_sees(request)
    if not can_steer_sending(request.user):
        raise PermissionDenied(
            _("Koordinatoren ser utsendingen. Det er Utdanningsdirektoratet som endrer den.")
        )
