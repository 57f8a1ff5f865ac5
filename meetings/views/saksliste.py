"""Writing the saksliste of a meeting, adding one sak, and sending it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.queries.programme import programme_of
from cohorts.rules.errors import StaleEdit
from lmp.lib.forms import summary_lines
from meetings.access.meeting import can_change_meeting, can_edit_saksliste, reach_of
from meetings.actions.invitees import invited_actors
from meetings.actions.saksliste import (
    add_sak,
    list_of,
    positions_of,
    refuse_agenda_change,
    replace_saksliste,
    send_saksliste,
)
from meetings.forms.saksliste import AddSakForm, SakslisteForm, responsible_choices
from meetings.models import FollowUp, Meeting, Sak
from meetings.queries.demand import paper_demand
from meetings.rules.saksliste import fingerprint, planned_minutes, sum_words
from meetings.views.meeting import found_meeting


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def saksliste_edit(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Write the saksliste; each button saves what is written and does its own thing too."""
    meeting = writable(request, meeting_id)
    if paper_demand(meeting, "before") is not None:
        return add_only(request, meeting)
    saker = list_of(meeting)
    form = saksliste_form(meeting, saker, request.POST or None)
    form.keep_focus(request.GET.get("flyttet", ""))
    stale: list = []
    if request.method == "POST" and form.is_valid():
        try:
            replace_saksliste(
                meeting=meeting,
                unit=None,
                items=form.inputs(),
                by=request.user,
                now=timezone.now(),
                seen=request.POST.get("seen", ""),
            )
        except StaleEdit as error:
            stale = error.current
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(meeting)
        else:
            messages.success(request, _("Sakslista er lagret."))
            moved = f"?flyttet={form.moved()}" if form.moved() else ""
            return redirect(reverse("meetings:saksliste_edit", args=[meeting.pk]) + moved)
    context = {
        "meeting": meeting,
        "saksliste": form,
        "stale": stale,
        "seen": fingerprint(saker),
        "planned": planned_minutes(sak.minutes for sak in saker),
        "sum_words": _sum(meeting, saker),
        "open_points": open_points(request.user, meeting),
        "error_lines": summary_lines(*form.rows),
        "has_errors": request.method == "POST" and not form.is_valid(),
    }
    return render(request, "meetings/meeting_saksliste.html", context)


def add_only(request: HttpRequest, meeting: Meeting, form: AddSakForm | None = None):
    """The saksliste goes with a paper of the units: others may add a sak, not write theirs."""
    saker = [sak for sak in meeting.saker.all() if sak.unit_id is None]
    context = {
        "meeting": meeting,
        "saker": saker,
        "form": form or AddSakForm(sending=True),
        "planned": planned_minutes(sak.minutes for sak in saker),
    }
    return render(request, "meetings/meeting_sak_new.html", context)


def _sum(meeting: Meeting, saker: list[Sak]) -> str:
    return sum_words(planned_minutes(sak.minutes for sak in saker), meeting.minutes)


def open_points(user, meeting: Meeting) -> list[FollowUp]:
    """What is open from the meetings before of the same kind, at owner level, if the role reads it.

    The points of a unit stand in its grunnlag instead.
    """
    if meeting.activity.scope != "deltakelse":
        return []
    return list(FollowUp.objects.carried_to(meeting, None).visible_to(user))


@require_POST
@login_required
def sak_create(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Put one sak on the list, beside those that come with the papers."""
    meeting = writable(request, meeting_id)
    form = AddSakForm(request.POST, sending=True)
    if not form.is_valid():
        return add_only(request, meeting, form)
    try:
        add_sak(
            meeting=meeting,
            item=form.as_input(actor_of(request.user, meeting)),
            by=request.user,
            now=timezone.now(),
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Saken er lagt til."))
    return redirect(meeting)


@require_POST
@login_required
def saksliste_send(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Send the saksliste to everybody who is invited."""
    meeting = writable(request, meeting_id)
    if not can_change_meeting(request.user, meeting):
        raise PermissionDenied(_("Bare den som kaller inn, sender sakslista."))
    try:
        send_saksliste(meeting=meeting, by=request.user, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Sakslista er sendt til alle som er invitert."))
    return redirect(meeting)


def writable(request: HttpRequest, meeting_id: int) -> Meeting:
    """The meeting when the person may write its saksliste now; 404 or 403 with the reason."""
    meeting = found_meeting(request.user, meeting_id)
    if not can_edit_saksliste(request.user, meeting, reach_of(request.user, meeting)):
        raise PermissionDenied(_("Rollen din skriver ikke på denne sakslista."))
    try:
        refuse_agenda_change(meeting, timezone.now())
    except ValidationError as error:
        raise PermissionDenied(" ".join(error.messages)) from error
    return meeting


def saksliste_form(meeting: Meeting, saker: list, post) -> SakslisteForm:
    """The form of a saksliste with the people who may be responsible."""
    programme = programme_of(meeting.pulje)
    actors = invited_actors(meeting.activity, programme)
    choices = responsible_choices(programme, actors, saker)
    return SakslisteForm(saker=saker, positions=positions_of(meeting), choices=choices, post=post)


def actor_of(user, meeting: Meeting) -> str:
    """The actor of the programme that the person acts as in the meeting; empty when none is."""
    actors = invited_actors(meeting.activity, programme_of(meeting.pulje))
    return next((actor for actor, role in actors.items() if role == user.role.kind), "")
