"""Views that belong to no app: health."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lmp.health import readiness


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
