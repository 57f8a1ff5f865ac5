"""A sent list as the embete and Udir read it, as PDF, and opening it for a new version."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from cohorts.access.priority import can_rank
from cohorts.actions.priority import has_released_letter, is_writable, reopen_list
from cohorts.forms.errors import refusals_on
from cohorts.forms.priority import ReopenForm
from cohorts.models import PriorityList, PriorityListVersion
from cohorts.queries.priority_rows import left_out
from cohorts.views.pdf_response import pdf_response
from cohorts.views.priority_sent import diff_view, document_title, quota_note, sheet_of


def get_seen(request: HttpRequest, pk: int) -> PriorityList:
    """The list, or 404 when the role does not see it."""
    found = PriorityList.objects.visible_to(request.user).select_related(
        "embete__statsforvalter", "embete__opptak__pulje"
    )
    return get_object_or_404(found, pk=pk)


def _version(request: HttpRequest, pk: int, number: int) -> PriorityListVersion:
    found = PriorityListVersion.objects.visible_to(request.user).select_related("sent_by")
    return get_object_or_404(found, list=pk, number=number)


@login_required
@require_safe
def priority_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The version that counts: the latest sent one. A list never sent is still being written."""
    listed = get_seen(request, pk)
    latest = listed.versions.select_related("sent_by").first()
    if latest is None:
        return redirect("cohorts:priority_edit", listed.embete.opptak.pulje.number)
    return _show(request, listed, latest, is_latest=True)


@login_required
@require_safe
def priority_version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One version as it was sent, also when a later one counts."""
    listed = get_seen(request, pk)
    version = _version(request, pk, number)
    return _show(request, listed, version, is_latest=version == listed.versions.first())


def _show(
    request: HttpRequest, listed: PriorityList, version: PriorityListVersion, *, is_latest: bool
) -> HttpResponse:
    embete = listed.embete
    ranks = can_rank(request.user, embete)
    writes = ranks and is_writable(embete)
    waits = writes and listed.is_locked and is_latest
    context = {
        "list": listed,
        "embete": embete,
        "pulje": embete.opptak.pulje,
        "sheet": sheet_of(version, embete.quota if is_latest else version.content.get("quota")),
        "versions": listed.versions.select_related("sent_by"),
        "is_latest": is_latest,
        "diff": diff_view(version),
        "quota_note": quota_note(embete, version) if is_latest else "",
        "is_own": ranks,
        "can_reopen": writes and listed.is_locked and not has_released_letter(listed),
        "left_out": [str(each.candidate.owner) for each in left_out(listed)] if waits else [],
        "can_continue": writes and not listed.is_locked,
    }
    return render(request, "cohorts/priority_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def priority_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a sent list for a new version, with a reason that Udir reads."""
    listed = get_seen(request, pk)
    if not can_rank(request.user, listed.embete):
        raise PermissionDenied(_("Det er statsforvalteren som åpner lista si igjen."))
    edit = redirect("cohorts:priority_edit", listed.embete.opptak.pulje.number)
    if not listed.is_locked:
        return edit
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            reopen_list(
                priority_list=listed,
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=timezone.now(),
            )
            messages.success(request, _("Lista er åpen igjen. Udir ser den forrige til du sender."))
            return edit
    context = {"list": listed, "pulje": listed.embete.opptak.pulje, "form": form}
    return render(request, "cohorts/priority_reopen.html", context)


@login_required
@require_safe
def priority_pdf(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A sent version as PDF, in the målform of the embete."""
    version = _version(request, pk, number)
    return pdf_response(
        request,
        _html(version, as_pdf=True),
        language=version.language,
        title=document_title(version),
        filename=f"prioritert-liste-{version.receipt}",
        print_url=reverse("cohorts:priority_print", args=[pk, number]),
        subject=f"prioritylistversion:{version.pk}",
    )


@login_required
@require_safe
def priority_print(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The same as a page to print."""
    return HttpResponse(_html(_version(request, pk, number), as_pdf=False))


def _html(version: PriorityListVersion, *, as_pdf: bool) -> str:
    """The sheet in the language of the version, whatever language the reader has chosen."""
    with override(version.language):
        sheet = sheet_of(version, version.content.get("quota"))
        context = {"sheet": sheet, "title": document_title(version), "as_pdf": as_pdf}
        return render_to_string("pdf/priority.html", context)
