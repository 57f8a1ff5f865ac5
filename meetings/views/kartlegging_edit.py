"""Writing one kartlegging, and saying that it is finished."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from actors.access import Artefact
from cohorts.access.kartlegging import can_edit_kartlegging
from cohorts.actions.kartlegging import NotFinished, add_kartlegging, edit_kartlegging
from cohorts.forms.errors import take_errors
from cohorts.forms.kartlegging import KartleggingForm, initial_of
from cohorts.models import DeltakendeUnit, Kartlegging
from cohorts.queries.plan import semester_on
from cohorts.rules.errors import StaleEdit
from cohorts.views.permission import require
from cohorts.views.typed import sign_in_or_keep
from meetings.actions.own_work import complete_kartlegging, resume_kartlegging
from meetings.views.own_form import take_stale
from meetings.views.own_place import find_own_place, has_few


@sign_in_or_keep(KartleggingForm)
@require_http_methods(["GET", "HEAD", "POST"])
def kartlegging_create(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Begin a kartlegging; it may be finished at once."""
    unit = unit_to_write(request, unit_id)
    return _edit(request, unit, None)


@sign_in_or_keep(KartleggingForm)
@require_http_methods(["GET", "HEAD", "POST"])
def kartlegging_edit(request: HttpRequest, unit_id: int, pk: int) -> HttpResponse:
    """Change a kartlegging. Of two who save at once, the second sees what the first wrote."""
    unit = unit_to_write(request, unit_id)
    return _edit(request, unit, get_object_or_404(unit.kartlegginger.all(), pk=pk))


@login_required
@require_POST
def kartlegging_reopen(request: HttpRequest, unit_id: int, pk: int) -> HttpResponse:
    """Take back that a kartlegging is finished."""
    unit = unit_to_write(request, unit_id)
    row = get_object_or_404(unit.kartlegginger.select_related("record__activity"), pk=pk)
    resume_kartlegging(kartlegging=row, by=request.user, now=timezone.now())
    messages.success(request, _("Kartleggingen er åpen igjen."))
    return redirect("meetings:kartlegging_detail", unit.pk)


def unit_to_write(request: HttpRequest, unit_id: int) -> DeltakendeUnit:
    """The unit whose kartlegging the role writes; 404, or 403 with the reason, when not."""
    place = find_own_place(request, unit_id, Artefact.KARTLEGGING)
    require(can_edit_kartlegging(request.user, place.unit), place.unit.deltakelse.pulje)
    return place.unit


def _edit(request: HttpRequest, unit: DeltakendeUnit, row: Kartlegging | None) -> HttpResponse:
    initial = initial_of(row) if row else None
    form = KartleggingForm(request.POST or None, initial=initial, small=has_few(unit))
    theirs: dict[str, Any] | None = None
    missing: list[str] = []
    if form.is_valid():
        row, theirs = _save(request, unit, row, form)
    if row is not None and form.is_bound and form.is_valid() and theirs is None:
        missing = _finish(request, row) if request.POST.get("handling") == "ferdig" else []
        if not missing:
            return redirect("meetings:kartlegging_detail", unit.pk)
        form = KartleggingForm(initial=initial_of(row))
    context = {
        "unit": unit,
        "form": form,
        "row": row,
        "theirs": theirs,
        "missing": missing,
        "has_errors": bool(missing),
        "action": _address(unit, row),
    }
    return render(request, "meetings/kartlegging_edit.html", context)


def _address(unit: DeltakendeUnit, row: Kartlegging | None) -> str:
    """Where the form is sent: what has been saved once is not made again."""
    if row is None:
        return reverse("meetings:kartlegging_create", args=[unit.pk])
    return reverse("meetings:kartlegging_edit", args=[unit.pk, row.pk])


def _save(
    request: HttpRequest, unit: DeltakendeUnit, row: Kartlegging | None, form: KartleggingForm
) -> tuple[Kartlegging | None, dict[str, Any] | None]:
    """The row as saved, and what somebody else has saved meanwhile, if they have."""
    values = dict(form.cleaned_data)
    edit_version = values.pop("edit_version")
    who: dict[str, Any] = {"values": values, "by": request.user, "now": timezone.now()}
    try:
        if row is None:
            semester = semester_on(unit.deltakelse.pulje, timezone.localdate())
            row = add_kartlegging(unit=unit, semester=semester, **who)
        else:
            row = edit_kartlegging(kartlegging=row, edit_version=edit_version, **who)
    except StaleEdit as error:
        return row, take_stale(form, error)
    except ValidationError as error:
        take_errors(form, error)
        return row, None
    messages.success(request, _("Kartleggingen er lagret."))
    return row, None


def _finish(request: HttpRequest, row: Kartlegging) -> list[str]:
    """Finish it; what is missing, when it cannot be."""
    try:
        complete_kartlegging(kartlegging=row, by=request.user, now=timezone.now())
    except NotFinished as error:
        return list(error.messages)
    messages.success(request, _("Kartleggingen er ferdig."))
    return []
