"""How children and parents take part: what is registered, what is missing, and registering it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cohorts.access.involvement import ARTEFACT, can_edit_involvement
from cohorts.actions.involvement import Occasion
from cohorts.forms.errors import take_errors
from cohorts.forms.involvement import InvolvementForm
from cohorts.models import Activity, DeltakendeUnit, Semester
from cohorts.queries.involvement import (
    involvement_activities,
    involvements_of,
    registered_ids,
)
from cohorts.queries.plan import semester_on
from cohorts.rules.involvement import FEW, KIND, bodies, heading
from cohorts.views.permission import require
from cohorts.views.typed import sign_in_or_keep
from meetings.actions.own_work import register_involvement, take_back_involvement
from meetings.queries.own_work import records_without_own
from meetings.views.own_place import find_readable, has_few


@login_required
@require_GET
def involvement_list(request: HttpRequest, unit_id: int) -> HttpResponse:
    """What is missing this semester, and what has been registered in each."""
    unit = find_readable(request, unit_id, ARTEFACT)
    today = timezone.localdate()
    semester = semester_on(unit.deltakelse.pulje, today)
    wanted = involvement_activities(unit, semester)
    have = registered_ids(unit, wanted)
    missing = [each for each in wanted if each.pk not in have]
    context = {
        "unit": unit,
        "semester": semester,
        "heading": heading([str(each) for each in wanted], [str(each) for each in missing]),
        "missing": missing,
        "groups": _groups(request, unit, today),
        "may_edit": can_edit_involvement(request.user, unit) and bool(wanted),
    }
    return render(request, "meetings/involvement_list.html", context)


def _groups(request: HttpRequest, unit: DeltakendeUnit, today: date) -> list[dict[str, Any]]:
    """What is registered, by semester, the newest first; also what has no page of its own."""
    rows = [
        {
            "semester": each.activity.semester,
            "day": each.held_on,
            "own": each,
            "may_undo": each.created_by_id == request.user.pk
            and timezone.localdate(each.created_at) == today
            and not unit.deltakelse.pulje.is_closed,
        }
        for each in involvements_of(unit)
    ]
    rows += [
        {"semester": each.activity.semester, "day": each.done_on, "record": each}
        for each in records_without_own(unit, KIND).select_related("activity__semester")
    ]
    rows.sort(key=lambda row: row["day"], reverse=True)
    semesters = {row["semester"].number: row["semester"] for row in rows}
    return [
        {"semester": semesters[n], "rows": [r for r in rows if r["semester"].number == n]}
        for n in sorted(semesters, reverse=True)
    ]


@sign_in_or_keep(InvolvementForm)
@require_http_methods(["GET", "HEAD", "POST"])
def involvement_create(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Register that somebody took part; `?aktivitet=` chooses whom, also of another semester."""
    unit = find_readable(request, unit_id, ARTEFACT)
    require(can_edit_involvement(request.user, unit), unit.deltakelse.pulje)
    today = timezone.localdate()
    semester = _semester(request, unit, today)
    activities = involvement_activities(unit, semester)
    if not activities:
        raise PermissionDenied(_("Programmet ber ikke om dette i semesteret."))
    form = InvolvementForm(
        request.POST or None,
        activities=activities,
        small=has_few(unit),
        initial={"activity": request.GET.get("aktivitet", ""), "held_on": today},
    )
    if form.is_valid() and _register(request, unit, activities, form):
        return redirect("meetings:involvement_list", unit.pk)
    context = {
        "unit": unit,
        "semester": semester,
        "form": form,
        "bodies": bodies(unit.unit.kind),
    }
    return render(request, "meetings/involvement_create.html", context)


def _semester(request: HttpRequest, unit: DeltakendeUnit, today: date) -> Semester:
    """The semester of the activity asked for, else the current one."""
    asked = request.GET.get("aktivitet", "")
    found = Activity.objects.filter(
        pk=int(asked) if asked.isdecimal() and len(asked) < 10 else None,
        semester__pulje=unit.deltakelse.pulje,
        kind=KIND,
    )
    activity = found.select_related("semester__pulje").first()
    return activity.semester if activity else semester_on(unit.deltakelse.pulje, today)


def _register(
    request: HttpRequest, unit: DeltakendeUnit, activities: list[Activity], form: InvolvementForm
) -> bool:
    values = dict(form.cleaned_data)
    chosen = values.pop("activity")
    activity = next(each for each in activities if each.pk == chosen)
    occasion = Occasion(activity=activity, **values)
    try:
        register_involvement(unit=unit, occasion=occasion, by=request.user, now=timezone.now())
    except ValidationError as error:
        take_errors(form, error)
        return False
    messages.success(request, _("Registrert: %(what)s.") % {"what": activity.title})
    if values["count"] < FEW:
        messages.info(
            request, _("Så få var med at noen kan kjennes igjen. Se til at teksten ikke sier hvem.")
        )
    return True


@login_required
@require_POST
def involvement_undo(request: HttpRequest, unit_id: int, pk: int) -> HttpResponse:
    """Take back one's own registration on the day it was made."""
    unit = find_readable(request, unit_id, ARTEFACT)
    require(can_edit_involvement(request.user, unit), unit.deltakelse.pulje)
    rows = unit.involvements.select_related("record__activity", "unit__deltakelse__pulje")
    try:
        take_back_involvement(
            involvement=get_object_or_404(rows, pk=pk), by=request.user, now=timezone.now()
        )
    except ValidationError as error:
        raise PermissionDenied(error.messages[0]) from None
    messages.success(request, _("Registreringen er tatt bort."))
    return redirect("meetings:involvement_list", unit.pk)
