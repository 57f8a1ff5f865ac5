"""For each request: which role a person acts in, in which language the portal answers, what a
person who came through the link to one task may open, and whether somebody who may use the
administration has a second factor."""

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import ResolverMatch, reverse
from django.utils import timezone, translation
from django.utils.http import urlencode

from actors.models import Role
from actors.rules.links import belongs, resolved
from actors.rules.roles import RoleKind
from actors.rules.task_frame import without_dead_ends

SESSION_KEY = "role"
# In the session of somebody who is signed in for one task: `role` (id), `path` and `title`, and in
# `did` the page outside that something done there led to.
TASK_KEY = "task"
PARAMETER = "rolle"


class RoleContextMiddleware:
    """Let the signed-in person act in one of the roles that are valid today.

    The choice is kept in the session. A link in a message carries `?rolle=<id>`, so that it opens
    in the office it was sent to; a role that is not the person's own is ignored. Who is signed in
    for one task has the office of that task alone.
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
    task = task_of(request)
    if task is not None:
        mine = mine.filter(pk=task["role"])
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


def task_of(request: HttpRequest) -> dict | None:
    """The one task that the person is signed in for, or None."""
    session = getattr(request, "session", None)  # None: a page drawn outside a request of a browser
    return session.get(TASK_KEY) if session is not None and request.user.is_authenticated else None


class PersonLanguageMiddleware:
    """Answer a signed-in person in the målform of the profile, whatever the browser prefers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


class TaskSessionMiddleware:
    """Open to somebody who is signed in for one task that task, and what belongs to it.

    Everything else is refused with a page that says how to sign in fully, and no page leads there:
    who has done something that ends on a page outside is told that it is done. The session ends
    when the office does, and for a person who has been let in to the administration meanwhile.
    """

    # What is nobody's: to read about the portal, to go on to another task, and to leave. Those of
    # the demo do not exist outside it.
    OPEN = {
        "front_page",
        "help",
        "privacy",
        "accessibility",
        "set_language",
        "health_alive",
        "health_ready",
        "account_logout",
        "actors:task_link",
        "actors:unsubscribe",
        "actors:demo_sign_in",
        "actors:demo_log_in",
        "actors:mailbox",
        "actors:mailbox_message",
        "actors:mailbox_html",
    }

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if task_of(request) is not None and (user.is_staff or user.role is None):
            logout(request)
            return redirect_to_login(request.get_full_path())
        response = self.get_response(request)
        task = task_of(request)
        return response if task is None else self._framed(request, response, task)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        task, match = task_of(request), request.resolver_match
        if task is None or self._opens(task, match, request.GET):
            return None
        if task.get("did") == request.path:
            return render(request, "actors/task_finished.html", {"blocked": True})
        return render(request, "actors/task_only.html", {"blocked": True}, status=403)

    def _opens(self, task: dict, match: ResolverMatch | None, query: Mapping[str, str]) -> bool:
        return match is not None and (
            match.view_name in self.OPEN or belongs(task["path"], match, query)
        )

    def _framed(self, request: HttpRequest, response: HttpResponse, task: dict) -> HttpResponse:
        """The answer without what would be refused; what was done outside is remembered."""

        def opens(path: str) -> bool:
            parts = urlsplit(path)
            return self._opens(task, resolved(parts.path), QueryDict(parts.query))

        outside = response.get("Location", "")
        if request.method == "POST" and outside.startswith("/") and not opens(outside):
            request.session[TASK_KEY] = {**task, "did": urlsplit(outside).path}
        if not response.streaming and response.get("Content-Type", "").startswith("text/html"):
            page = response.content.decode(response.charset)
            response.content = without_dead_ends(page, opens)
        return response


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
