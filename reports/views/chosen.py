"""The page of one owner or one unit, for the pulje and the semester that are asked for."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone

from reports.forms.filters import number_in


def chosen_page(request: HttpRequest, load: Callable[..., Any], pk: int) -> Any:
    """What `load` finds for the person who asks; 404 when that is nothing."""
    page = load(
        pk,
        request.user,
        pulje=number_in(request.GET, "pulje"),
        semester=number_in(request.GET, "semester"),
        now=timezone.now(),
    )
    if page is None:
        raise Http404
    return page
