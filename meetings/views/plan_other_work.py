"""Other development work in a unit, beside its plan."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.actions.plan_other_work import end_other_work, save_other_work
from cohorts.forms.plan import OtherWorkForm
from cohorts.models import OtherWork
from cohorts.rules.plan import data_of
from cohorts.views.typed import sign_in_or_keep
from meetings.views.plan_form import PlanPart
from meetings.views.plan_place import find_plan_to_write

FIELDS = ("kind", "title", "connection")


@sign_in_or_keep(OtherWorkForm)
@require_http_methods(["GET", "HEAD", "POST"])
def other_work_create(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Add other work, so that the whole is seen."""
    return _write(request, unit_id, None)


@sign_in_or_keep(OtherWorkForm)
@require_http_methods(["GET", "HEAD", "POST"])
def other_work_edit(request: HttpRequest, unit_id: int, pk: int) -> HttpResponse:
    """Change other work."""
    return _write(request, unit_id, pk)


@login_required
@require_POST
def other_work_end(request: HttpRequest, unit_id: int, pk: int) -> HttpResponse:
    """The work is ended, and no longer stands beside the plan."""
    place = find_plan_to_write(request, unit_id)
    work = get_object_or_404(OtherWork, unit=place.unit, pk=pk)
    end_other_work(work=work, by=request.user, now=timezone.now())
    messages.success(request, _("Arbeidet er avsluttet."))
    return redirect(place.path("plan_detail"))


def _write(request: HttpRequest, unit_id: int, pk: int | None) -> HttpResponse:
    place = find_plan_to_write(request, unit_id)
    work = get_object_or_404(OtherWork, unit=place.unit, pk=pk) if pk else None
    stored = data_of(work, FIELDS) if work else {}
    form = place.form(
        OtherWorkForm, request.POST if request.method == "POST" else None, initial=stored
    )
    part = PlanPart(request, place, form, stored)
    if form.is_valid() and part.save(
        save_other_work, form.data_to_save(), unit=place.unit, work=work
    ):
        messages.success(request, _("Arbeidet er lagret."))
        return redirect(place.path("plan_detail"))
    title = work.title if work else _("Legg til annet arbeid")
    context = {**part.context, "work": work, "title": title}
    return render(request, "meetings/plan_other_work.html", context)
