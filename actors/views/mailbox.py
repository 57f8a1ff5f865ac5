"""The mails of the demo, to be read. Exists only with DEMO=1."""

from csp.constants import NONE, SELF
from csp.decorators import csp_replace, csp_update
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from actors.access import can_see_sending
from actors.models import MailboxMessage
from actors.queries.jobs import mails_that_wait
from actors.rules.wishes import next_hours
from actors.views.demo import demo_only
from lmp.lib.wording import when_next

PER_PAGE = 50


@demo_only
@require_safe
@never_cache
def mailbox(request: HttpRequest) -> HttpResponse:
    """All mails the demo has sent, newest first, and when more come: it keeps everybody's hours."""
    mails = MailboxMessage.objects.all().defer("text", "html")
    page = Paginator(mails, PER_PAGE).get_page(request.GET.get("side"))
    now = timezone.now()
    opens = next_hours(now)
    context = {
        "page": page,
        "opens": when_next(opens, now) if opens > now else "",
        "waiting": mails_that_wait(now) if opens > now else 0,
        "may_look": request.user.is_authenticated and can_see_sending(request.user),
    }
    return render(request, "actors/mailbox.html", context)


@demo_only
@require_safe
@csp_update({"frame-src": [SELF]})
def mailbox_message(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail: as it looks, and as plain text."""
    mail = get_object_or_404(MailboxMessage, pk=pk)
    return render(request, "actors/mailbox_message.html", {"mail": mail})


@demo_only
@require_safe
@xframe_options_sameorigin
@csp_replace(
    {
        "default-src": [NONE],
        "script-src": [NONE],
        "style-src": ["'unsafe-inline'"],
        "img-src": [SELF],
        "connect-src": [NONE],
        "font-src": [NONE],
        "manifest-src": [NONE],
        "form-action": [NONE],
        "frame-ancestors": [SELF],
    }
)
def mailbox_html(request: HttpRequest, pk: int) -> HttpResponse:
    """The HTML of one mail, without script; its links open in the window around it."""
    mail = get_object_or_404(MailboxMessage, pk=pk)
    return HttpResponse(mail.html.replace("<head>", '<head><base target="_top">', 1))
