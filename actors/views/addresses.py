"""Where to go afterwards: only to our own pages."""

from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme


def next_address(request: HttpRequest, default: str = "/min-side/") -> str:
    """The address in the field `next` when it is one of ours, else `default`."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    own = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if own else resolve_url(default)
