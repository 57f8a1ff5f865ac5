"""Pausing the sending of varsler: setting it, what waits, and starting again."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actors.actions.pause import lift_pause, start_pause
from actors.actions.recheck import no_longer_due
from actors.models import Pause
from cohorts.forms.errors import take_errors
from meetings.forms.pause import PauseForm
from meetings.queries.pause import (
    held_in_groups,
    places_to_pause,
    rules_to_pause,
    waiting_for,
)
from meetings.views.control_gate import refuse_unless_sees, refuse_unless_steers
from meetings.views.pause_words import effect_lines, key_figures, row_of

SHOW = "vis"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def control_pause(request: HttpRequest) -> HttpResponse:
    """Choose what stands still and why; «Vis hva det betyr» counts what would wait."""
    refuse_unless_steers(request)
    now = timezone.now()
    form = PauseForm(
        request.POST if request.method == "POST" else None,
        rules=rules_to_pause(),
        places=places_to_pause(),
        now=now,
    )
    only_show = SHOW in request.POST
    if request.method == "POST" and form.is_valid() and not only_show:
        pause = _start(request, form, now)
        if pause is not None:
            messages.success(request, _("Utsendingen er satt på pause."))
            return redirect("meetings:control_paused", pause.pk)
    if only_show:
        form.errors.pop("reason", None)
    context = {"form": form, "effect": effect_lines(form.as_pause(), now)}
    return render(request, "meetings/control_pause.html", context)


def _start(request: HttpRequest, form: PauseForm, now: datetime) -> Pause | None:
    """The pause that was set, or None with the reason on the form."""
    asked = form.as_pause()
    try:
        return start_pause(
            scope=asked.scope,
            reason=form.cleaned_data["reason"],
            until=asked.until,
            rule=asked.rule,
            rule_title=form.rule_title(),
            unit=asked.unit,
            owner=asked.owner,
            by=request.user,
            now=now,
        )
    except ValidationError as refusal:
        take_errors(form, refusal)
        return None


@login_required
@require_safe
def control_paused(request: HttpRequest, pk: int) -> HttpResponse:
    """What waits for the end of a pause, and what becomes of it then."""
    refuse_unless_sees(request)
    pause = _pause(pk)
    now = timezone.now()
    context: dict[str, Any] = {"pause": pause, "paused_here": pause, "on": pause.is_on(now)}
    if pause.is_on(now):
        notices = waiting_for(pause)
        gone = no_longer_due(notices, timezone.localdate(now))
        groups = held_in_groups(notices, gone, pause.until or now)
        context["figures"] = key_figures(pause, notices, groups)
        context["rows"] = [row_of(group, now) for group in groups]
    return render(request, "meetings/control_paused.html", context)


@login_required
@require_POST
def control_pause_lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Start the sending again; what waited is checked anew within a minute."""
    refuse_unless_steers(request)
    try:
        lift_pause(pause=_pause(pk), by=request.user, now=timezone.now())
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
    else:
        messages.success(
            request,
            _("Utsendingen er i gang igjen. Det som ventet, sjekkes på nytt før det sendes."),
        )
    return redirect("meetings:control_room")


def _pause(pk: int) -> Pause:
    return get_object_or_404(
        Pause.objects.select_related("set_by", "lifted_by", "unit", "owner"), pk=pk
    )
