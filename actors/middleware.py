"""For each request: which role a person acts in, in which language the portal answers, and whether
somebody who may use the administration has a second factor."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode

from actors.models import Role
from actors.rules.roles import RoleKind

SESSION_KEY = "role"
PARAMETER = "rolle"


class RoleContextMiddleware:
    """Let the signed-in person act in one of the roles that are valid today.

    The choice is kept in the session. A link in a message carries `?rolle=<id>`, so that it opens
    in the office it was sent to; a role that is not the person's own is ignored.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            choose_role(request)
        return self.get_response(request)


def choose_role(request: HttpRequest) -> None:
    """Set `request.user.context` and `request.roles` (all roles valid today, one query)."""
    today = timezone.localdate()
    mine = Role.objects.filter(user=request.user).active(today)
    found = mine.with_scope().order_by()  # sorted here, for less
    roles = sorted(found, key=lambda role: (RoleKind.values.index(role.kind), role.pk))
    by_id = {role.pk: role for role in roles}
    asked = request.GET.get(PARAMETER, "")
    chosen = by_id.get(int(asked)) if asked.isascii() and asked.isdecimal() else None
    if chosen is not None:
        request.session[SESSION_KEY] = chosen.pk
    chosen = chosen or by_id.get(request.session.get(SESSION_KEY)) or next(iter(roles), None)
    request.roles = roles
    request.user.act_as(chosen, today)


class PersonLanguageMiddleware:
    """Answer a signed-in person in the målform of the profile, whatever the browser prefers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


class StaffSecondFactorMiddleware:
    """Lead those who may use the administration to a second factor until they have one."""

    OPEN = ("/konto/", "/spraak/", "/static/", "/helse/")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if settings.DEMO:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if not user.is_authenticated or not user.is_staff or request.path.startswith(self.OPEN):
            return self.get_response(request)
        if is_mfa_enabled(user):
            return self.get_response(request)
        return HttpResponseRedirect(f"{reverse('mfa_index')}?{urlencode({'next': request.path})}")
