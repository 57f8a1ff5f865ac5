"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the CSP nonce (under the name Django 6 uses) and whether this is the demo."""
    return {"csp_nonce": getattr(request, "csp_nonce", ""), "demo": settings.DEMO}
