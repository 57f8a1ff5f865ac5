"""A person's own notices and what became of them."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from actors.models import Notice

PER_PAGE = 30


@login_required
def notice_list(request: HttpRequest) -> HttpResponse:
    """The notices to the person, newest first."""
    notices = Notice.objects.visible_to(request.user).select_related("mail")
    page = Paginator(notices, PER_PAGE).get_page(request.GET.get("side"))
    return render(request, "actors/notice_list.html", {"page": page, "now": timezone.now()})
