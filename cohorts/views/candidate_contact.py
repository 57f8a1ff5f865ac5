"""The contact log of an embete: reading it whole, and writing a line from any page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cohorts.access.candidate import can_edit_candidates
from cohorts.actions.candidate import log_contact
from cohorts.forms.candidate import ContactForm
from cohorts.queries.candidate_board import newest_contacts
from cohorts.views.candidate_board import contact_form, log_row
from cohorts.views.candidate_place import own_embete, require_open

PER_PAGE = 50


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact_list(request: HttpRequest, number: int) -> HttpResponse:
    """The whole log, newest first; POST writes a line and goes back to where it was written."""
    embete = own_embete(request, number)
    today = timezone.localdate()
    form = contact_form(embete, today)
    if request.method == "POST":
        require_open(request, embete)
        form = contact_form(embete, today, request.POST)
        if form.is_valid() and _logged(request, form):
            return redirect(_next(request, reverse("cohorts:contact_list", args=[number])))
    page = Paginator(newest_contacts(embete), PER_PAGE).get_page(request.GET.get("side"))
    context = {
        "opptak": embete.opptak,
        "form": form,
        "page": page,
        "rows": [log_row(each, today) for each in page],
        "may_edit": can_edit_candidates(request.user, embete),
        "any_candidates": form.fields["candidate"].queryset.exists(),
    }
    return render(request, "cohorts/contact_list.html", context)


def _logged(request: HttpRequest, form: ContactForm) -> bool:
    try:
        contact = log_contact(by=request.user, now=timezone.now(), **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error.messages[0])
        return False
    messages.success(
        request, _("Kontakten med %(owner)s er loggført.") % {"owner": contact.candidate}
    )
    return True


def _next(request: HttpRequest, fallback: str) -> str:
    """The page the line was written on, when it is one of ours."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if ours and wanted.startswith("/") else fallback
