"""Judging one søknad: habilitet, save, finish, open again."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.access.assessment import can_assess, has_place, taken
from cohorts.actions.assessment import (
    answer_habilitet,
    complete_assessment,
    enough_assessors,
    reopen_assessment,
    save_assessment,
)
from cohorts.forms.assessment import HabilitetForm
from cohorts.models import Habilitet, Soeknad
from cohorts.queries.applicants import applicants_of
from cohorts.queries.assessment_answers import units_sent
from cohorts.queries.opptak import opptak_dates
from cohorts.rules.assessment_words import units_in_words
from cohorts.rules.errors import StaleEdit
from cohorts.views.assessment_conflict import show_both
from cohorts.views.assessment_page import AssessmentPage, form_of, page_of
from lmp.lib.wording import klokka

FINISH = "ferdig"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assessment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Judge the søknad: «Lagre utkast» and «Ferdig» are buttons of the same page."""
    page = _page(request, pk)
    if request.method == "POST":
        return _save(request, page)
    if page.is_writing:
        page.form = form_of(page)
    return _show(request, page)


@login_required
@require_POST
def assessment_habilitet(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer whether one is habil; the first answer takes one of the two places."""
    page = _page(request, pk)
    page.habilitet = HabilitetForm(request.POST)
    if not page.habilitet.is_valid():
        if page.is_writing:
            page.form = form_of(page)
        return _show(request, page)
    answer = page.habilitet.cleaned_data["habilitet"]
    try:
        answer_habilitet(
            soeknad=page.soeknad, habilitet=answer, by=request.user, now=timezone.now()
        )
    except ValidationError as error:
        raise PermissionDenied(error.messages[0]) from None
    messages.success(request, _answered(answer))
    return redirect("cohorts:assessment_edit", pk)


@login_required
@require_POST
def assessment_autosave(request: HttpRequest, pk: int) -> HttpResponse:
    """Save what is typed so far; the answer is the line that says so. 409: nothing was saved."""
    page = _page(request, pk)
    if not page.is_writing:
        return HttpResponse(status=409)
    form, now = form_of(page, request.POST), timezone.now()
    form.is_valid()
    try:
        save_assessment(**_write(request, page, now), data=form.data_to_save())
    except ValidationError:
        return HttpResponse(status=409)
    page.mine.refresh_from_db()
    context = {"mine": page.mine, "refused": form.holds_national_id()}
    return render(request, "cohorts/_assessment_saved.html", context)


@login_required
@require_POST
def assessment_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Write on in a finished assessment, until the list is sent."""
    page = _page(request, pk)
    if page.mine is None:
        raise PermissionDenied(_("Du har ingen vurdering av denne søknaden."))
    try:
        reopen_assessment(assessment=page.mine, by=request.user, now=timezone.now())
    except ValidationError as error:
        raise PermissionDenied(error.messages[0]) from None
    messages.success(request, _("Vurderingen er åpnet igjen. Den teller ikke før du er ferdig."))
    return redirect("cohorts:assessment_edit", pk)


def _page(request: HttpRequest, pk: int) -> AssessmentPage:
    """The page of the person, or 404 and 403; a third assessor is told who the two are."""
    found = Soeknad.objects.visible_to(request.user).with_place()
    soeknad = get_object_or_404(found, pk=pk)
    if not can_assess(request.user, soeknad):
        raise PermissionDenied(_("Det er embetet som vurderer søknadene."))
    assessments = list(
        soeknad.assessments.select_related("assessor").prefetch_related("scores").order_by("pk")
    )
    if not has_place(request.user, assessments):
        raise PermissionDenied(enough_assessors(taken(assessments)))
    return page_of(soeknad, request.user, assessments)


def _save(request: HttpRequest, page: AssessmentPage) -> HttpResponse:
    """Save what was typed, whatever it is; finish when that was asked for and all is there."""
    if not page.is_writing:
        raise PermissionDenied(page.why_closed or _("Svar på om du er habil før du vurderer."))
    finishing, now = request.POST.get("handling") == FINISH, timezone.now()
    page.form = form_of(page, request.POST, sending=finishing)
    is_right = page.form.is_valid()
    data, write = page.form.data_to_save(), _write(request, page, now)
    try:
        if finishing and is_right:
            complete_assessment(**write, data=data)
            messages.success(request, _("Vurderingen er ferdig."))
            number = page.soeknad.candidate.embete.opptak.pulje.number
            return redirect("cohorts:assessment_table", number)
        save_assessment(**write, data=data)
    except StaleEdit as stale:
        return show_both(request, page, data, stale.current)
    except ValidationError as error:
        raise PermissionDenied(error.messages[0]) from None
    if not is_right:
        page.mine.refresh_from_db()
        return _show(request, page)
    messages.success(request, _("Utkastet er lagret %(clock)s.") % {"clock": klokka(now)})
    return redirect("cohorts:assessment_edit", page.soeknad.pk)


def _write(request: HttpRequest, page: AssessmentPage, now: datetime) -> dict:
    sent = request.POST.get("edit_version", "")
    return {
        "assessment": page.mine,
        "edit_version": int(sent) if sent.isdecimal() else 0,
        "by": request.user,
        "now": now,
    }


def _answered(answer: str) -> str:
    return {
        Habilitet.HABIL: _("Svaret er lagret. Du kan vurdere søknaden."),
        Habilitet.INHABIL: _("Svaret er lagret. De andre i embetet har fått beskjed."),
        Habilitet.TVIL: _("Svaret er lagret. De andre i embetet har fått beskjed."),
    }[Habilitet(answer)]


def _show(request: HttpRequest, page: AssessmentPage) -> HttpResponse:
    soeknad, today = page.soeknad, timezone.localdate()
    units = units_sent(soeknad, page.version)
    parts = [] if page.is_out else page.parts()
    context = {
        "page": page,
        "soeknad": soeknad,
        "owner": soeknad.candidate.owner,
        "opptak": soeknad.candidate.embete.opptak,
        "form": page.form,
        "has_errors": bool(page.habilitet.errors or (page.form and page.form.errors)),
        "parts": parts,
        "lead": page.lead(parts),
        "counted": page.counted(parts),
        "roles": page.roles(today),
        "units": units_in_words(kind for kind, _children in units),
        "children": sum(children for _kind, children in units),
        "partners": applicants_of(soeknad)[1:],
        "due": opptak_dates(soeknad.candidate.embete.opptak).prioritert_liste,
        "today": today,
        "now": timezone.now(),
    }
    return render(request, "cohorts/assessment_edit.html", context)
