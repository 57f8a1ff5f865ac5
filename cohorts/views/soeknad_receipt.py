"""A sent version: its receipt, its text, the PDF, and withdrawing the søknad."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from actors.rules.roles import RoleKind
from cohorts.access.soeknad import can_apply, is_writer
from cohorts.actions.soeknad import refuse_to_reopen
from cohorts.actions.soeknad_sending import refuse_to_withdraw, withdraw_soeknad
from cohorts.forms.errors import refusals_on
from cohorts.forms.soeknad_review import WithdrawSoeknadForm
from cohorts.models import Soeknad, SoeknadPartner, SoeknadVersion
from cohorts.queries.opptak import application_deadline, opptak_dates
from cohorts.queries.soeknad_status import own_decision, progress_of
from cohorts.rules.soeknad_status import chain
from cohorts.views.pdf_response import pdf_response
from cohorts.views.permission import require
from cohorts.views.soeknad_place import own_soeknad
from cohorts.views.soeknad_sheet import Sheet, sheet_of
from cohorts.views.soeknad_typed import sign_in_or_keep


def seen_version(request: HttpRequest, pk: int, number: int) -> SoeknadVersion:
    """The sent version with the søknad's place, or 404 when the role does not see it."""
    found = SoeknadVersion.objects.visible_to(request.user).select_related(
        "sent_by",
        "soeknad__candidate__owner__kommune",
        "soeknad__candidate__embete__statsforvalter",
        "soeknad__candidate__embete__opptak__pulje",
    )
    return get_object_or_404(found, soeknad=pk, number=number)


@login_required
@require_safe
def soeknad_receipt(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """That it was sent, when, with which number and checksum, and what happens now."""
    sent = seen_version(request, pk, version)
    soeknad = sent.soeknad
    dates = opptak_dates(soeknad.candidate.embete.opptak)
    applies = can_apply(request.user)
    decision = own_decision(request.user, soeknad) if applies else None
    context = {
        "soeknad": soeknad,
        "sheet": sheet_of(sent),
        "version": sent,
        "units": len(sent.content.get("units", [])),
        "steps": chain(progress_of(soeknad, decision), dates),
        "deadline": application_deadline(soeknad.candidate.embete),
        "may_reopen": is_writer(request.user, soeknad) and _may(refuse_to_reopen, soeknad, True),
        "may_withdraw": is_writer(request.user, soeknad) and _may(refuse_to_withdraw, soeknad),
    }
    return render(request, "cohorts/soeknad_receipt.html", context)


def _may(refuse, soeknad: Soeknad, timed: bool = False) -> bool:
    if soeknad.is_withdrawn:
        return False
    try:
        refuse(soeknad, timezone.now()) if timed else refuse(soeknad)
    except ValidationError:
        return False
    return True


@login_required
@require_safe
def soeknad_version(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """A sent version as it was: for those who applied, and for those who may read it now."""
    sent = seen_version(request, pk, version)
    soeknad = sent.soeknad
    left = soeknad.partners.filter(status=SoeknadPartner.Status.WITHDRAWN).select_related("owner")
    context = {
        "soeknad": soeknad,
        "sheet": sheet_of(sent),
        "version": sent,
        "versions": list(soeknad.versions.all()),
        "left": [row for row in left if _stood_in(row, sent)],
        "applies": can_apply(request.user),
        "reason": soeknad.withdrawn_reason if _reads_reason(request) else "",
    }
    return render(request, "cohorts/soeknad_version.html", context)


def _stood_in(row: SoeknadPartner, version: SoeknadVersion) -> bool:
    return any(each["id"] == row.owner_id for each in version.content.get("applicants", []))


def _reads_reason(request: HttpRequest) -> bool:
    """The applicant writes why it withdraws to its statsforvalter."""
    return request.user.role.kind in (RoleKind.EIER, RoleKind.STATSFORVALTER)


@login_required
@require_safe
def soeknad_pdf(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """A sent version as PDF, in the målform it was sent in."""
    sent = seen_version(request, pk, version)
    return pdf_response(
        request,
        _html(sent, as_pdf=True),
        language=sent.language,
        title=sent.receipt,
        filename=sent.receipt,
        print_url=reverse("cohorts:soeknad_print", args=[pk, version]),
        subject=f"soeknadversion:{sent.pk}",
    )


@login_required
@require_safe
def soeknad_print(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """The same as a page to print."""
    return HttpResponse(_html(seen_version(request, pk, version), as_pdf=False))


def _html(version: SoeknadVersion, *, as_pdf: bool) -> str:
    with override(version.language):
        sheet: Sheet = sheet_of(version)
        title = _("Søknad fra %(owner)s") % {"owner": sheet.owner}
        context = {"sheet": sheet, "lang": sheet.lang, "title": title, "as_pdf": as_pdf}
        return render_to_string("pdf/soeknad.html", context)


@sign_in_or_keep(WithdrawSoeknadForm)
@require_http_methods(["GET", "HEAD", "POST"])
def soeknad_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a sent søknad, with the reason."""
    soeknad = own_soeknad(request, pk)
    require(True, soeknad.candidate.embete.opptak.pulje)
    form = WithdrawSoeknadForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        with refusals_on(form):
            withdraw_soeknad(soeknad=soeknad, reason=reason, by=request.user, now=timezone.now())
            messages.success(request, _("Søknaden er trukket."))
            return redirect("cohorts:soeknad_status", soeknad.pk)
    context = {"soeknad": soeknad, "form": form}
    return render(request, "cohorts/soeknad_withdraw.html", context)
