"""Views that belong to no app: the pages for everyone, and health."""

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cohorts.models import Semester
from lmp.health import readiness


@require_safe
def front_page(request: HttpRequest) -> HttpResponse:
    """Tell what the two years are, and lead to sign-in; a signed-in person gets a way on."""
    running = running_semester(timezone.localdate())
    return render(request, "lmp/front_page.html", {"running": running})


def running_semester(today: date) -> dict[str, int] | None:
    """Return `pulje` and `semester` (numbers) of the oldest running pulje, for the ring; the
    start-up before semester 1 counts as none.
    """
    semesters = Semester.objects.on(today).filter(number__gte=1, pulje__status="running")
    first = semesters.order_by("pulje__number").values_list("pulje__number", "number").first()
    return {"pulje": first[0], "semester": first[1]} if first else None


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Tell how the portal is used and whom to ask."""
    return render(request, "lmp/help.html", {"contact": settings.CONTACT_EMAIL})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Tell what is kept about whom, who sees it, and how to report a personal detail."""
    return render(request, "lmp/privacy.html", {"contact": settings.CONTACT_EMAIL})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The tilgjengelighetserklæring."""
    return render(request, "lmp/accessibility.html", {"contact": settings.CONTACT_EMAIL})


@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """Answer 200 as long as the process answers at all."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when database, cache and disk are usable, else 503; say which is not."""
    is_ready, parts = readiness(timezone.now())
    return JsonResponse({"ready": is_ready, **parts}, status=200 if is_ready else 503)
