"""Signing in to the demo with one button a person: only with DEMO=1, only fictional people."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth import login, logout
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from actors.context import describe
from actors.middleware import task_of
from actors.models import Role, User
from actors.views.addresses import next_address

DOMAIN = "@lmp.example"
# The people that the documentation and the tests speak of, in the order of the page.
FIRST = (
    "rektor",
    "styrer",
    "veileder",
    "udir",
    "eier",
    "statsforvalter",
    "ppt",
    "koordinator",
    "personvernkontakt",
    "admin",
)


def demo_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Make a page that does not exist outside the demo."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@demo_only
@require_safe
@never_cache
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """One button per demo person, with role and place."""
    today = timezone.localdate()
    held = Role.objects.active(today).with_scope()
    people = User.objects.filter(email__endswith=DOMAIN, is_active=True, roles__in=held)
    people = people.distinct().prefetch_related(Prefetch("roles", held, to_attr="held"))
    rows = [{"person": person, "roles": [describe(r) for r in person.held]} for person in people]
    known = {f"{name}{DOMAIN}": place for place, name in enumerate(FIRST)}
    main = [row for row in rows if row["person"].email in known]
    main.sort(key=lambda row: known[row["person"].email])
    others = [row for row in rows if row["person"].email not in known]
    context = {"main": main, "others": others, "next": next_address(request)}
    return render(request, "actors/demo_sign_in.html", context)


@demo_only
@require_POST
def demo_log_in(request: HttpRequest) -> HttpResponse:
    """Sign in as the demo person with the address `epost`; nobody else can be named."""
    address = request.POST.get("epost", "").strip().lower()
    people = User.objects.filter(email__endswith=DOMAIN, is_active=True)
    person = get_object_or_404(people, email=address)
    if task_of(request):  # the session of one task does not grow into a whole one
        logout(request)
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    return HttpResponseRedirect(next_address(request))
