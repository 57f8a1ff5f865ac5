"""Writing the tiltak of a goal, how they stand, and checking that they suit."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.actions.plan_tiltak import (
    add_tiltak,
    move_tiltak,
    save_self_check,
    save_tiltak,
    self_check_of,
    set_tiltak_status,
)
from cohorts.forms.plan import SelfCheckForm, TiltakForm
from cohorts.models import Maal, Tiltak
from cohorts.queries.plan import open_tiltak
from cohorts.rules.plan import TILTAK_FIELDS, data_of
from cohorts.rules.text import in_language
from cohorts.views.typed import sign_in_or_keep
from meetings.views.plan_form import PlanPart
from meetings.views.plan_maal import STEPS
from meetings.views.plan_place import PlanPlace, find_plan_to_write


@sign_in_or_keep(TiltakForm)
@require_http_methods(["GET", "HEAD", "POST"])
def tiltak_create(request: HttpRequest, unit_id: int, pk: int) -> HttpResponse:
    """Add a tiltak to a goal."""
    place = find_plan_to_write(request, unit_id)
    maal = get_object_or_404(Maal.objects.select_related("plan"), plan=place.plan, pk=pk)
    part = _part(request, place, {})
    if part.form.is_valid() and part.save(add_tiltak, part.form.data_to_save(), maal=maal):
        messages.success(request, _("Tiltaket er lagt til."))
        return redirect(f"{place.path('plan_detail')}#maal-{maal.pk}")
    return _show(request, part, {"maal": maal, "title": _("Legg til tiltak")})


@sign_in_or_keep(TiltakForm)
@require_http_methods(["GET", "HEAD", "POST"])
def tiltak_edit(request: HttpRequest, unit_id: int, pk: int) -> HttpResponse:
    """Change a tiltak. Of two who save at once, the second sees what the first wrote."""
    place = find_plan_to_write(request, unit_id)
    tiltak = _tiltak(place, pk)
    part = _part(request, place, data_of(tiltak, TILTAK_FIELDS))
    form = part.form
    if form.is_valid() and part.save_over(save_tiltak, form.data_to_save(), tiltak=tiltak):
        messages.success(request, _("Tiltaket er lagret."))
        return redirect(_at(place, tiltak))
    return _show(request, part, {"maal": tiltak.maal, "tiltak": tiltak, "title": tiltak.title})


@login_required
@require_POST
def tiltak_status(request: HttpRequest, unit_id: int, pk: int) -> HttpResponse:
    """Set how a tiltak stands, in one press."""
    place = find_plan_to_write(request, unit_id)
    tiltak = _tiltak(place, pk)
    status = request.POST.get("status", "")
    try:
        set_tiltak_status(tiltak=tiltak, status=status, by=request.user, now=timezone.now())
    except ValidationError as refusal:
        raise PermissionDenied(refusal.messages[0]) from refusal
    tiltak.status = status
    words = {"title": tiltak.title, "status": str(tiltak.get_status_display()).lower()}
    messages.success(request, _("«%(title)s» er nå: %(status)s.") % words)
    return redirect(_at(place, tiltak))


@login_required
@require_POST
def tiltak_move(request: HttpRequest, unit_id: int, pk: int) -> HttpResponse:
    """Move a tiltak one place up or down in its goal."""
    place = find_plan_to_write(request, unit_id)
    tiltak = _tiltak(place, pk)
    step = STEPS.get(request.POST.get("vei", ""), 0)
    move_tiltak(tiltak=tiltak, step=step, by=request.user, now=timezone.now())
    return redirect(_at(place, tiltak))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tiltak_check(request: HttpRequest, unit_id: int, pk: int) -> HttpResponse:
    """The programme's checklist for one tiltak: the group's own look, never a score."""
    place = find_plan_to_write(request, unit_id)
    tiltak = _tiltak(place, pk)
    checklist = self_check_of(tiltak.maal.plan)
    if checklist is None:
        raise Http404
    language = in_language("nb", "nn")
    form = SelfCheckForm(
        request.POST if request.method == "POST" else None,
        initial=tiltak.self_check,
        checklist=checklist,
        language=language,
    )
    if form.is_valid():
        write: dict[str, Any] = {"by": request.user, "now": timezone.now()}
        save_self_check(tiltak=tiltak, checks=form.cleaned_data, **write)
        messages.success(request, _("Sjekklista er lagret."))
        return redirect(_at(place, tiltak))
    context = {
        "place": place,
        "unit": place.unit,
        "tiltak": tiltak,
        "form": form,
        "title": checklist.title.in_language(language),
        "intro": checklist.intro.in_language(language),
        "others": [each for each in open_tiltak(place.plan) if each.pk != tiltak.pk],
    }
    return render(request, "meetings/plan_tiltak_check.html", context)


def _tiltak(place: PlanPlace, pk: int) -> Tiltak:
    rows = Tiltak.objects.filter(maal__plan=place.plan).select_related(
        "maal__plan__unit__deltakelse__pulje"
    )
    return get_object_or_404(rows, pk=pk)


def _at(place: PlanPlace, tiltak: Tiltak) -> str:
    return f"{place.path('plan_detail')}#tiltak-{tiltak.pk}"


def _part(request: HttpRequest, place: PlanPlace, stored: dict) -> PlanPart:
    post = request.POST if request.method == "POST" else None
    return PlanPart(request, place, place.form(TiltakForm, post, initial=stored), stored)


def _show(request: HttpRequest, part: PlanPart, more: dict[str, Any]) -> HttpResponse:
    context = {**part.context, **more}
    return render(request, "meetings/plan_tiltak.html", context, status=part.status)
