"""One unit of a deltakelse, and the veiledere who follow it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.access.deltakelse import can_assign_veileder, can_edit_deltakelse
from cohorts.actions.deltakelse import change_unit, withdraw_unit
from cohorts.actions.veilederoppdrag import assign_veileder, end_oppdrag
from cohorts.forms.deltakelse import EndForm, OppdragForm, UnitForm, WithdrawForm
from cohorts.forms.errors import take_errors
from cohorts.models import Deltakelse, DeltakendeUnit, Veilederoppdrag
from cohorts.queries.veiledere import veiledere
from cohorts.rules.participants import PAIR, pair_warning
from cohorts.views.deltakelse import get_seen, show_deltakelse, unit_facts
from cohorts.views.permission import require


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def deltakende_unit_edit(request: HttpRequest, pk: int, unit_pk: int) -> HttpResponse:
    """From when a unit takes part, and SFO; beside it the form that withdraws the unit."""
    unit = _unit(request, pk, unit_pk)
    form = UnitForm(
        request.POST if "endre" in request.POST else None,
        unit=unit,
        semesters=list(unit.deltakelse.pulje.semesters.all()),
    )
    withdraw = WithdrawForm(
        request.POST if "trekk" in request.POST else None,
        initial={"withdrawn_from": timezone.localdate()},
    )
    if form.is_valid():
        change_unit(
            unit=unit,
            first_semester=form.cleaned_data["first_semester"],
            sfo_takes_part=form.cleaned_data.get("sfo_takes_part", False),
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("%(unit)s er endret.") % {"unit": unit})
        return redirect("cohorts:deltakelse_edit", unit.deltakelse_id)
    if withdraw.is_valid() and _withdraw(request, unit, withdraw):
        return redirect("cohorts:deltakelse_edit", unit.deltakelse_id)
    context = {
        "unit": unit,
        "facts": unit_facts(unit.unit),
        "form": form,
        "withdraw": withdraw,
        "has_errors": bool(form.errors or withdraw.errors),
    }
    return render(request, "cohorts/deltakende_unit_edit.html", context)


def _unit(request: HttpRequest, pk: int, unit_pk: int) -> DeltakendeUnit:
    """The unit, when the role may change the deltakelse: 404, then 403."""
    units = DeltakendeUnit.objects.visible_to(request.user)
    units = units.select_related("unit__owner", "deltakelse__owner", "deltakelse__pulje")
    unit = get_object_or_404(units, pk=unit_pk, deltakelse=pk)
    require(can_edit_deltakelse(request.user, unit.deltakelse), unit.deltakelse.pulje)
    return unit


def _withdraw(request: HttpRequest, unit: DeltakendeUnit, form: WithdrawForm) -> bool:
    try:
        withdraw_unit(unit=unit, by=request.user, now=timezone.now(), **form.cleaned_data)
    except ValidationError as error:
        take_errors(form, error)
        return False
    messages.success(request, _("%(unit)s er trukket. Historien står.") % {"unit": unit})
    return True


@login_required
@require_POST
def oppdrag_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Set up a veileder; refused with the reason when the person has a role there (8.15)."""
    deltakelse = get_seen(request, pk)
    require(can_assign_veileder(request.user, deltakelse), deltakelse.pulje)
    form = OppdragForm(
        request.POST,
        veiledere=veiledere(timezone.localdate()),
        units=deltakelse.units.active().select_related("unit"),
    )
    if form.is_valid() and _assign(request, deltakelse, form):
        return redirect("cohorts:deltakelse_edit", deltakelse.pk)
    return show_deltakelse(request, deltakelse, form)


def _assign(request: HttpRequest, deltakelse: Deltakelse, form: OppdragForm) -> bool:
    try:
        oppdrag = assign_veileder(
            deltakelse=deltakelse, by=request.user, now=timezone.now(), **form.cleaned_data
        )
    except ValidationError as error:
        take_errors(form, error)
        return False
    messages.success(
        request, _("%(person)s er satt opp som veileder.") % {"person": oppdrag.veileder}
    )
    following = deltakelse.oppdrag.following(deltakelse, oppdrag.valid_from)
    count = following.values("veileder").distinct().count()
    if count < PAIR:
        messages.warning(request, pair_warning(count))
    return True


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def oppdrag_end(request: HttpRequest, pk: int) -> HttpResponse:
    """The last day of an assignment."""
    seen = Deltakelse.objects.visible_to(request.user)
    found = Veilederoppdrag.objects.select_related(
        "deltakelse__owner", "deltakelse__pulje", "veileder"
    )
    oppdrag = get_object_or_404(found, pk=pk, deltakelse__in=seen)
    require(can_assign_veileder(request.user, oppdrag.deltakelse), oppdrag.deltakelse.pulje)
    form = EndForm(
        request.POST or None,
        valid_from=oppdrag.valid_from,
        initial={"valid_to": oppdrag.valid_to or timezone.localdate()},
    )
    if form.is_valid():
        valid_to = form.cleaned_data["valid_to"]
        end_oppdrag(oppdrag=oppdrag, valid_to=valid_to, by=request.user, now=timezone.now())
        messages.success(
            request, _("%(person)s er avsluttet som veileder.") % {"person": oppdrag.veileder}
        )
        return redirect("cohorts:deltakelse_edit", oppdrag.deltakelse_id)
    return render(request, "cohorts/oppdrag_end.html", {"oppdrag": oppdrag, "form": form})
