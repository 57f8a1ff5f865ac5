"""A person's own notices and what became of them."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from actors.models import MailPreference, Notice
from actors.rules.outcomes import Became, what_became
from actors.rules.wishes import when_to_send

PER_PAGE = 30


@login_required
def notice_list(request: HttpRequest) -> HttpResponse:
    """The notices to the person, newest first, each with what became of it."""
    notices = Notice.objects.visible_to(request.user).select_related("mail")
    page = Paginator(notices, PER_PAGE).get_page(request.GET.get("side"))
    wishes = MailPreference.objects.filter(user=request.user).first()
    now = timezone.now()
    rows = [{"notice": each, "became": _became(each, wishes, now)} for each in page]
    context = {"page": page, "rows": rows, "now": now}
    return render(request, "actors/notice_list.html", context)


def _became(notice: Notice, wishes: MailPreference | None, now: datetime) -> Became:
    earliest = max(notice.not_before, now)
    return what_became(
        notice.status,
        outcome=notice.outcome,
        sent_at=notice.mail.sent_at if notice.mail else None,
        waits_until=when_to_send(notice.category, notice.urgent, wishes, earliest, notice.last_day),
        now=now,
    )
