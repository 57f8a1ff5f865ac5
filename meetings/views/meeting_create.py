"""Calling a meeting: first what and for whom, then when and where."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cohorts.models import Activity, Deltakelse, DeltakendeUnit, Pulje
from cohorts.queries.programme import programme_of
from meetings.access.meeting import (
    callable_activities,
    callable_deltakelser,
    callable_units,
    can_call_for,
    can_create_meeting,
)
from meetings.actions.advice import Proposal, find_advice
from meetings.actions.meeting import create_meeting
from meetings.forms.meeting import ChoiceForm, MeetingForm, NewMeetingForm
from meetings.models import Meeting


@dataclass(frozen=True)
class Choice:
    """What the address says: the activity, for whom, and the unit that is ticked at first."""

    activity: Activity
    deltakelse: Deltakelse | None
    unit: DeltakendeUnit | None


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def meeting_create(request: HttpRequest) -> HttpResponse:
    """Call a meeting of an activity; `?aktivitet=&deltakelse=&enhet=` chooses beforehand."""
    choice = chosen(request)
    if choice is None:
        return choose(request)
    activity, deltakelse = choice.activity, choice.deltakelse
    if not can_call_for(request.user, activity, deltakelse):
        raise PermissionDenied(_("Rollen din kaller ikke inn til dette møtet."))
    form = new_form(request, choice)
    context = {"form": form, "activity": activity, "deltakelse": deltakelse, "advice": []}
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        if not can_create_meeting(request.user, activity, deltakelse, form.chosen_units):
            raise PermissionDenied(_("Du kan bare kalle inn enheter som rollen din gjelder for."))
        context |= unseen_advice(request, form, choice, now)
        meeting = None if context["advice"] else save_new(form, choice, request.user, now)
        if meeting is not None:
            messages.success(request, _("Møtet er lagt inn, og de som skal komme, får beskjed."))
            return redirect(meeting)
    return render(request, "meetings/meeting_new.html", context)


def save_new(form: NewMeetingForm, choice: Choice, user, now: datetime) -> Meeting | None:
    """Call the meeting; None with the reason in the form when it cannot be."""
    try:
        return create_meeting(
            activity=choice.activity,
            deltakelse=choice.deltakelse,
            units=form.chosen_units,
            by=user,
            now=now,
            **form.values(),
        )
    except ValidationError as error:
        form.add_error(None, error)
        return None


def choose(request: HttpRequest) -> HttpResponse:
    """Show the first step: what to call, and for which owner."""
    activities = callable_activities(request.user, timezone.localdate())
    if not activities:
        raise PermissionDenied(_("Rollen din kaller ikke inn til møter."))
    form = ChoiceForm(
        initial=request.GET.dict(),
        activities=activities,
        deltakelser=callable_deltakelser(request.user),
    )
    return render(request, "meetings/meeting_choose.html", {"form": form})


def chosen(request: HttpRequest) -> Choice | None:
    """What the address chooses, or None while something is missing; 404 for what is foreign."""
    ids = {name: request.GET.get(name, "") for name in ("aktivitet", "deltakelse", "enhet")}
    if not ids["aktivitet"].isdecimal():
        return None
    activities = Activity.objects.meetings().select_related("semester__pulje")
    puljer = Pulje.objects.visible_to(request.user)
    activity = get_object_or_404(activities.filter(semester__pulje__in=puljer), pk=ids["aktivitet"])
    if activity.scope == "pulje":
        return Choice(activity, None, None)
    unit = None
    if ids["enhet"].isdecimal():
        units = DeltakendeUnit.objects.visible_to(request.user).select_related("deltakelse__owner")
        unit = get_object_or_404(units, pk=ids["enhet"])
    wanted = str(unit.deltakelse_id) if unit else ids["deltakelse"]
    deltakelse = chosen_deltakelse(request.user, activity, wanted)
    return Choice(activity, deltakelse, unit) if deltakelse is not None else None


def chosen_deltakelse(user, activity: Activity, wanted: str) -> Deltakelse | None:
    """The deltakelse with the id `wanted`, or the only one there is; 404 for a foreign one."""
    found = Deltakelse.objects.visible_to(user).filter(pulje=activity.semester.pulje)
    found = found.select_related("owner__kommune", "pulje")
    if wanted.isdecimal():
        return get_object_or_404(found, pk=wanted)
    only = list(found.active()[:2])
    return only[0] if len(only) == 1 else None


def new_form(request: HttpRequest, choice: Choice) -> NewMeetingForm:
    """The second step, with the units that the person may call."""
    activity = choice.activity
    units = None
    if activity.scope == "unit" and choice.deltakelse is not None:
        units = callable_units(request.user, activity, choice.deltakelse)
    ticked = [choice.unit] if choice.unit else list(units or [])
    initial = {"units": ticked if len(ticked) == 1 else []}
    return NewMeetingForm(
        request.POST or None,
        initial=initial,
        activity=activity,
        zone=zone_of(activity.semester.pulje),
        units=units,
    )


def unseen_advice(request: HttpRequest, form: MeetingForm, choice: Choice, now) -> dict:
    """The warnings about a date unless the person has read them and pressed the button again."""
    meeting = form.meeting
    units = meeting.units.all() if meeting else form.chosen_units
    proposal = Proposal(
        activity=choice.activity,
        deltakelse=choice.deltakelse,
        units=tuple(units),
        start=form.cleaned_data["start"],
        end=form.cleaned_data["end"],
        meeting=meeting,
    )
    advice = find_advice(proposal, today=timezone.localtime(now).date())
    mark = " ".join(
        [f"{proposal.start:%Y%m%d%H%M}-{(proposal.end - proposal.start) // timedelta(minutes=1)}"]
        + [each.code for each in advice]
    )
    seen = request.POST.get("seen", "")
    return {"advice": [] if seen == mark else advice, "seen": mark}


def zone_of(pulje: Pulje) -> ZoneInfo:
    """The time zone in which the programme's times are written."""
    return ZoneInfo(programme_of(pulje).calendar_rules.timezone)
