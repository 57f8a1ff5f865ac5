"""The page of a meeting, changing it and cancelling it."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cohorts.forms.errors import refusals_on
from cohorts.rules.errors import StaleEdit, refuse_closed
from meetings.access.meeting import can_change_meeting, units_in_reach
from meetings.actions.meeting_change import (
    CHANGEABLE,
    cancel_meeting,
    change_meeting,
    is_news,
)
from meetings.forms.meeting import CancelForm, MeetingForm
from meetings.models import Meeting
from meetings.views.meeting_create import Choice, unseen_advice, zone_of
from meetings.views.meeting_page import page_of


def found_meeting(user, meeting_id: int) -> Meeting:
    """The meeting when it is within the role's scope, with what every page shows; else 404."""
    meetings = Meeting.objects.visible_to(user).select_related(
        "pulje", "semester__pulje", "activity__semester__pulje", "deltakelse__owner__kommune"
    )
    return get_object_or_404(
        meetings.select_related("linked_to__activity").prefetch_related(
            Prefetch("units", units_in_reach(user).select_related("unit")), "saker"
        ),
        pk=meeting_id,
    )


@require_safe
@login_required
def meeting_detail(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Show a meeting: the chain round it, its papers, the saksliste, who comes or came."""
    meeting = found_meeting(request.user, meeting_id)
    now = timezone.now()
    return render(request, "meetings/meeting_detail.html", page_of(meeting, request.user, now))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def meeting_edit(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Change when and where; a form that somebody has overtaken shows both texts."""
    meeting = changeable(request, meeting_id)
    form = edit_form(meeting, request.POST or None)
    version = request.POST.get("edit_version", "")
    context: dict[str, Any] = {"meeting": meeting, "form": form, "advice": []}
    seen = int(version) if version.isdecimal() else 0
    context["edit_version"] = seen if request.method == "POST" else meeting.edit_version
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        if form.cleaned_data["start"] != meeting.start:
            choice = Choice(meeting.activity, meeting.deltakelse, None)
            context |= unseen_advice(request, form, choice, now)
        changed = None if context["advice"] else save_change(form, context, request.user, now)
        if changed is not None:
            messages.success(request, saved_message(meeting, changed, now))
            return redirect(meeting)
    return render(request, "meetings/meeting_edit.html", context)


def save_change(form: MeetingForm, context: dict[str, Any], user, now: datetime) -> Meeting | None:
    """Change the meeting; None with both texts in the context, or the reason in the form."""
    try:
        return change_meeting(
            meeting=context["meeting"],
            edit_version=context["edit_version"],
            by=user,
            now=now,
            **form.values(),
        )
    except StaleEdit as error:
        context["conflict"] = conflict(form, error.current)
        context |= {"meeting": error.current, "edit_version": error.current.edit_version}
    except ValidationError as error:
        form.add_error(None, error)
    return None


def saved_message(before: Meeting, after: Meeting, now: datetime) -> str:
    """What to say when the change is saved; nobody is told of a meeting that is over."""
    changed = {field for field in CHANGEABLE if getattr(before, field) != getattr(after, field)}
    is_moved = "start" in changed
    if after.end < now or not (is_moved or is_news(after, changed)):
        return _("Endringen er lagret.")
    if not is_moved:
        return _("Endringen er lagret. Alle som er invitert, får beskjed.")
    return _("Møtet er flyttet. Alle som er invitert, får beskjed og blir bedt om å svare på nytt.")


def edit_form(meeting: Meeting, post) -> MeetingForm:
    """The form with what is stored, in the programme's time zone."""
    zone = zone_of(meeting.pulje)
    start, end = (moment.astimezone(zone) for moment in (meeting.start, meeting.end))
    initial = {
        "date": start.date(),
        "last_date": end.date(),
        "begins": start.time(),
        "ends": end.time(),
        "form": meeting.form,
        "place": meeting.place,
        "link": meeting.link,
        "title": meeting.title,
    }
    return MeetingForm(post, initial=initial, activity=meeting.activity, zone=zone, meeting=meeting)


def conflict(form: MeetingForm, current: Meeting) -> list[dict[str, Any]]:
    """The fields in which what was typed differs from what somebody else has saved meanwhile."""
    stored = edit_form(current, None)
    rows = []
    for name, field in form.fields.items():
        mine, theirs = form[name].value(), stored[name].field.prepare_value(stored.initial[name])
        widget = field.widget
        shown = [widget.format_value(value) or "" for value in (mine, theirs)]
        if shown[0] != shown[1]:
            left, right = (
                {"title": title, "note": field.label, "text": _shown(field, text)}
                for title, text in zip((_("Du skrev"), _("Lagret nå")), shown, strict=True)
            )
            rows.append({"left": left, "right": right})
    return rows


def _shown(field, text) -> str:
    """The words of a choice, else the text itself."""
    value = text[0] if isinstance(text, list) and text else text
    return str(dict(getattr(field, "choices", ())).get(value, value) or "–")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def meeting_cancel(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Cancel a meeting; the reason is required."""
    meeting = changeable(request, meeting_id)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            cancel_meeting(
                meeting=meeting,
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=timezone.now(),
            )
            messages.success(request, _("Møtet er avlyst. Alle som er invitert, får beskjed."))
            return redirect(meeting)
    return render(request, "meetings/meeting_cancel.html", {"meeting": meeting, "form": form})


def changeable(request: HttpRequest, meeting_id: int) -> Meeting:
    """The meeting when the person may change it now; 404 or 403 with the reason."""
    meeting = found_meeting(request.user, meeting_id)
    if not can_change_meeting(request.user, meeting):
        raise PermissionDenied(_("Bare den som kaller inn til møtet, kan endre eller avlyse det."))
    try:
        refuse_closed(meeting.pulje)
    except ValidationError as error:
        raise PermissionDenied(" ".join(error.messages)) from error
    if meeting.is_cancelled:
        raise PermissionDenied(_("Møtet er avlyst. Lag et nytt møte i stedet."))
    return meeting
