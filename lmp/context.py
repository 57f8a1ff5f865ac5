"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from actors.access import can_see_sending, can_steer_sending
from actors.queries.jobs import engine_state


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the CSP nonce (under the name Django 6 uses) and whether this is the demo."""
    return {"csp_nonce": getattr(request, "csp_nonce", ""), "demo": settings.DEMO}


def engine(request: HttpRequest) -> dict[str, Any]:
    """Return `engine`, what the bands over every page say: to those who oversee the sending only.

    The database is asked when a page shows it, once.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or not can_see_sending(user):
        return {}
    return {
        "engine": SimpleLazyObject(lambda: engine_state(timezone.now())),
        "steers_sending": can_steer_sending(user),
    }
