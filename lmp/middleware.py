"""Middleware of the project itself."""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden

GetResponse = Callable[[HttpRequest], HttpResponse]


class LoopbackOnlyMiddleware:
    """In demo mode, answer this machine only, whatever address the server was told to bind."""

    def __init__(self, get_response: GetResponse) -> None:
        if not settings.DEMO:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_loopback(request.META.get("REMOTE_ADDR", "")):
            return HttpResponseForbidden("The demo answers the machine it runs on only.\n")
        return self.get_response(request)


def is_loopback(address: str) -> bool:
    """Return whether ``address`` is a loopback address; anything unreadable is not."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
