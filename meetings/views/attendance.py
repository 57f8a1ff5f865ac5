"""Answering an invitation, and registering who came."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.rules.errors import refuse_closed
from lmp.lib.forms import summary_lines
from meetings.access.meeting import can_record_attendance, reach_of
from meetings.actions.attendance import record_attendance, respond_to_invitation
from meetings.forms.attendance import AttendanceForm
from meetings.models import Meeting, Response
from meetings.views.meeting import found_meeting

ANSWERS = {"ja": Response.YES, "nei": Response.NO}


@require_POST
@login_required
def meeting_respond(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Answer «ja» or «nei» to an invitation (field `svar`)."""
    meeting = found_meeting(request.user, meeting_id)
    own = meeting.attendances.select_related("meeting__pulje")
    if not own.filter(user=request.user).exists():
        raise PermissionDenied(_("Du er ikke invitert til dette møtet."))
    try:
        attendance = respond_to_invitation(
            attendance=get_object_or_404(own, user=request.user),
            response=ANSWERS.get(request.POST.get("svar", ""), ""),
            by=request.user,
            now=timezone.now(),
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        coming = attendance.response == Response.YES
        messages.success(
            request, _("Du har svart at du kommer.") if coming else _("Du har svart nei.")
        )
    return redirect(meeting)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def attendance_edit(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Register who came, and how; also late, but not in a closed pulje."""
    meeting = registrable(request, meeting_id)
    form = AttendanceForm(
        attendances=meeting.attendances.in_order(),
        default_mode=meeting.form,
        post=request.POST or None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            record_attendance(
                meeting=meeting,
                entries=form.entries(),
                guests=form.guests.names(),
                by=request.user,
                now=timezone.now(),
            )
        except ValidationError as error:
            form.guests.add_error(None, error)
        else:
            messages.success(request, _("Oppmøtet er lagret."))
            return redirect(meeting)
    context = {
        "meeting": meeting,
        "attendance": form,
        "error_lines": summary_lines(*form.people, form.guests),
        "has_errors": request.method == "POST",
    }
    return render(request, "meetings/meeting_attendance.html", context)


def registrable(request: HttpRequest, meeting_id: int) -> Meeting:
    """The meeting when the person may register who came now; 404 or 403 with the reason."""
    meeting = found_meeting(request.user, meeting_id)
    if not can_record_attendance(request.user, meeting, reach_of(request.user, meeting)):
        raise PermissionDenied(_("Rollen din registrerer ikke oppmøte i dette møtet."))
    try:
        refuse_closed(meeting.pulje)
    except ValidationError as error:
        raise PermissionDenied(" ".join(error.messages)) from error
    if meeting.is_cancelled:
        raise PermissionDenied(_("Møtet er avlyst. Da er det ikke noe oppmøte."))
    if timezone.now() < meeting.start:
        raise PermissionDenied(_("Møtet har ikke begynt. Registrer oppmøtet etterpå."))
    return meeting
