"""The tasks between meetings: what waits, what is done, and writing it down."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from actors.access import Artefact
from cohorts.access.mellomarbeid import can_edit_mellomarbeid
from cohorts.actions.mellomarbeid import add_mellomarbeid, edit_mellomarbeid
from cohorts.forms.errors import take_errors
from cohorts.forms.mellomarbeid import ExperienceForm, MellomarbeidEditForm, MellomarbeidForm
from cohorts.models import DeltakendeUnit, Mellomarbeid, Tiltak
from cohorts.queries.plan import semester_on
from cohorts.rules.errors import StaleEdit
from cohorts.rules.mellomarbeid import DONE, DROPPED
from cohorts.views.permission import require
from cohorts.views.typed import sign_in_or_keep
from meetings.actions.own_work import change_mellomarbeid
from meetings.views.mellomarbeid_rows import done_rows, groups, heading, open_tasks
from meetings.views.own_form import take_stale
from meetings.views.own_place import find_readable, has_few


@login_required
@require_GET
def mellomarbeid_list(request: HttpRequest, unit_id: int) -> HttpResponse:
    """What waits, by the meeting it is for, and what is done this semester."""
    unit = find_readable(request, unit_id, Artefact.MELLOMARBEID)
    now = timezone.now()
    semester = semester_on(unit.deltakelse.pulje, timezone.localdate(now))
    tasks = open_tasks(unit)
    context = {
        "unit": unit,
        "semester": semester,
        "heading": heading(tasks),
        "groups": groups(unit, tasks, now),
        "done": done_rows(unit, semester),
        "may_edit": can_edit_mellomarbeid(request.user, unit),
        "is_ours": request.user.role.unit_id == unit.unit_id,
    }
    return render(request, "meetings/mellomarbeid_list.html", context)


@sign_in_or_keep(MellomarbeidForm)
@require_http_methods(["GET", "HEAD", "POST"])
def mellomarbeid_create(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Write down a task; `?tiltak=` chooses the tiltak it belongs to."""
    unit = _unit_to_change(request, unit_id)
    form = MellomarbeidForm(
        request.POST or None,
        tiltak=_tiltak(unit),
        small=has_few(unit),
        initial={"tiltak": request.GET.get("tiltak", "")},
    )
    if form.is_valid() and _add(request, unit, form):
        messages.success(request, _("Oppgaven er lagt til."))
        return redirect("meetings:mellomarbeid_list", unit.pk)
    context = {"unit": unit, "form": form, "title": _("Legg til oppgave")}
    return render(request, "meetings/mellomarbeid_edit.html", context)


def _add(request: HttpRequest, unit: DeltakendeUnit, form: MellomarbeidForm) -> bool:
    now = timezone.now()
    try:
        add_mellomarbeid(
            unit=unit,
            semester=semester_on(unit.deltakelse.pulje, timezone.localdate(now)),
            by=request.user,
            now=now,
            **_values(form),
        )
    except ValidationError as error:
        take_errors(form, error)
        return False
    return True


@sign_in_or_keep(MellomarbeidEditForm)
@require_http_methods(["GET", "HEAD", "POST"])
def mellomarbeid_edit(request: HttpRequest, unit_id: int, pk: int) -> HttpResponse:
    """Change a task. Of two who save at once, the second sees what the first wrote."""
    unit = _unit_to_change(request, unit_id)
    task = _task(unit, pk)
    form = MellomarbeidEditForm(
        request.POST or None,
        tiltak=_tiltak(unit, task),
        small=has_few(unit),
        initial=_initial(task),
    )
    theirs = None
    if form.is_valid():
        theirs = _edit(request, task, form)
        if form.is_valid() and theirs is None:
            messages.success(request, _("Oppgaven er lagret."))
            return redirect("meetings:mellomarbeid_list", unit.pk)
    context = {"unit": unit, "form": form, "title": task.task, "task": task, "theirs": theirs}
    return render(request, "meetings/mellomarbeid_edit.html", context)


def _edit(
    request: HttpRequest, task: Mellomarbeid, form: MellomarbeidEditForm
) -> dict[str, Any] | None:
    """Save; what is stored now when somebody has saved meanwhile."""
    values = _values(form)
    try:
        edit_mellomarbeid(
            mellomarbeid=task,
            values={name: value for name, value in values.items() if name != "edit_version"},
            edit_version=values["edit_version"],
            by=request.user,
            now=timezone.now(),
        )
    except StaleEdit as error:
        return take_stale(form, error)
    except ValidationError as error:
        take_errors(form, error)
    return None


@sign_in_or_keep(ExperienceForm)
@require_http_methods(["GET", "HEAD", "POST"])
def mellomarbeid_status(request: HttpRequest, unit_id: int, pk: int) -> HttpResponse:
    """Set how a task stands, and how it went, straight from the list; GET leads back to it."""
    unit = _unit_to_change(request, unit_id)
    if request.method != "POST":
        return redirect("meetings:mellomarbeid_list", unit.pk)
    task = _task(unit, pk)
    status = request.POST.get("status", task.status)
    if status not in Mellomarbeid.Status.values:
        return HttpResponseBadRequest()
    form = ExperienceForm(request.POST, small=has_few(unit))
    if not form.is_valid():
        kept = [("status", status)]
        context = {"unit": unit, "form": form, "title": task.task, "kept": kept}
        return render(request, "meetings/mellomarbeid_edit.html", context)
    told = form.cleaned_data["experience"] if "experience" in request.POST else None
    change_mellomarbeid(
        mellomarbeid=task, status=status, experience=told, by=request.user, now=timezone.now()
    )
    messages.success(request, _said(status, changed=status != task.status))
    return redirect("meetings:mellomarbeid_list", unit.pk)


def _said(status: str, *, changed: bool) -> str:
    if not changed:
        return _("Lagret.")
    return {
        DONE: _("Oppgaven er gjort."),
        DROPPED: _("Oppgaven er tatt bort."),
    }.get(status, _("Oppgaven er lagret."))


def _unit_to_change(request: HttpRequest, unit_id: int) -> DeltakendeUnit:
    unit = find_readable(request, unit_id, Artefact.MELLOMARBEID)
    require(can_edit_mellomarbeid(request.user, unit), unit.deltakelse.pulje)
    return unit


def _task(unit: DeltakendeUnit, pk: int) -> Mellomarbeid:
    return get_object_or_404(unit.mellomarbeid.exclude(status=DROPPED), pk=pk)


def _tiltak(unit: DeltakendeUnit, task: Mellomarbeid | None = None) -> Any:
    """The unit's tiltak that go on, and the one the task belongs to; nothing without any."""
    rows = Tiltak.objects.filter(maal__plan__unit=unit)
    going = rows.filter(maal__ended_on=None).exclude(status="ended")
    if task is not None and task.tiltak_id:
        going = going | rows.filter(pk=task.tiltak_id)
    return going.order_by("maal__position", "position") if going.exists() else None


def _values(form: MellomarbeidForm) -> dict[str, Any]:
    return dict(form.cleaned_data)


def _initial(task: Mellomarbeid) -> dict[str, Any]:
    names = ("task", "kind", "who", "period", "due", "tiltak", "experience", "edit_version")
    return {name: getattr(task, name) for name in names}
