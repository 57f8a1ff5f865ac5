"""Writing a veiledningsgrunnlag: save, send, and what the other buttons of the form do."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cohorts.models import Involvement
from cohorts.views.typed import sign_in_or_keep
from lmp.lib.wording import klokka
from meetings.access.papers import (
    can_edit_grunnlag,
    can_read_grunnlag,
    can_submit_grunnlag,
    why_status_only,
)
from meetings.actions.grunnlag import data_of, submit_grunnlag
from meetings.actions.grunnlag_copy import share_draft, take_in_involvement
from meetings.actions.grunnlag_joint import file_for_others
from meetings.models import Veiledningsgrunnlag
from meetings.views.grunnlag_attachment import attach_chosen
from meetings.views.grunnlag_form import (
    REMOVE,
    found_or_new,
    move_in,
    page_of,
    typed_labels,
)
from meetings.views.grunnlag_save import (
    Typed,
    problem_page,
    refuse_or_keep,
    save_typed,
)
from meetings.views.grunnlag_show import FOR_ALL, show_form
from meetings.views.paper_place import PaperPlace, find_place
from meetings.views.see_over import LOOK, SEND, take_order

NEW_ROW, SHARE, TAKE_IN = "ny_sak", "del", "ta_inn:"


@sign_in_or_keep(labels=typed_labels)
@require_http_methods(["GET", "HEAD", "POST"])
def grunnlag_edit(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Write the grunnlag; every button saves what is written and does its own thing too.

    A form that is sent after the session has ended is kept in the browser by static/js/autosave.js
    and put in again after signing in; without JavaScript the texts are shown back to be copied.
    """
    place = find_place(request, meeting_id, "before")
    if not can_edit_grunnlag(request.user, place.unit):
        if can_read_grunnlag(request.user, place.unit):
            return redirect(place.path("grunnlag_detail"))
        raise PermissionDenied(why_status_only(request.user))
    if refused := refuse_or_keep(request, place):
        return refused
    if request.method == "POST":
        return _save_or_send(request, place)
    grunnlag = found_or_new(place)
    page = page_of(place, grunnlag)
    page.keep_focus(request.GET.get("flyttet", ""))
    return show_form(request, place, grunnlag, page)


def _save_or_send(request: HttpRequest, place: PaperPlace) -> HttpResponse:
    """Save what was typed, whatever it is; send it when that was asked for and all is there."""
    handling = take_order(request, small=place.is_small)
    sending = handling in (SEND, LOOK)
    if sending and not can_submit_grunnlag(request.user, place.unit):
        raise PermissionDenied(_("Det er lederen som sender grunnlaget. Utkastet er lagret."))
    typed = save_typed(request, place, handling=handling, sending=sending)
    grunnlag = typed.saved.grunnlag
    file_error = attach_chosen(request, grunnlag)
    if stopped := problem_page(request, place, typed, handling):
        if file_error:
            messages.error(request, file_error)
        return stopped
    if file_error:
        return show_form(request, place, grunnlag, page_of(place, grunnlag), file_error=file_error)
    if sending:
        return _send(request, place, typed)
    return _saved(request, place, typed, handling)


def _send(request: HttpRequest, place: PaperPlace, typed: Typed) -> HttpResponse:
    """Send what is stored, unless it holds something that the sender has not seen."""
    saved = typed.saved
    if saved.others and saved.other_by is not None:
        text = _("%(who)s har også skrevet i utkastet. Les over alt, og send når det er riktig.")
        messages.info(request, text % {"who": saved.other_by.get_short_name()})
        return redirect(place.path("grunnlag_edit"))
    try:
        version = submit_grunnlag(
            grunnlag=saved.grunnlag,
            edit_version=saved.grunnlag.edit_version,
            data=data_of(saved.grunnlag),
            confirmed=True,
            by=request.user,
            now=timezone.now(),
        )
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect(place.path("grunnlag_edit"))
    if request.POST.get(FOR_ALL):
        _send_for_others(request, version.paper)
    return redirect("meetings:grunnlag_receipt", place.meeting.pk, version.receipt)


def _send_for_others(request: HttpRequest, grunnlag: Veiledningsgrunnlag) -> None:
    """Let the text count for the leader's other units of the meeting, and say what came of it."""
    sent = _("Grunnlaget er også sendt for %(unit)s.")
    drafted = _("Teksten ligger i utkastet til %(unit)s. Se over og send det derfra.")
    for each in file_for_others(grunnlag=grunnlag, by=request.user, now=timezone.now()):
        messages.success(request, (sent if each.is_sent else drafted) % {"unit": each.unit})


def _saved(request: HttpRequest, place: PaperPlace, typed: Typed, handling: str) -> HttpResponse:
    """What the other buttons do beside saving, and back to where they stand in the form."""
    grunnlag, now, back = typed.saved.grunnlag, timezone.now(), place.path("grunnlag_edit")
    if handling == SHARE:
        told = share_draft(grunnlag=grunnlag, by=request.user, now=now)
        shared = _("Utkastet er delt. De andre som skriver, får et varsel med lenke.")
        nobody = _("Ingen nye å varsle: de andre har fått varsel i dag, eller har ikke tilgang.")
        messages.success(request, shared if told else nobody)
        return redirect(back)
    if handling.startswith(TAKE_IN):
        rows = Involvement.objects.filter(unit=place.unit)
        pk = handling.removeprefix(TAKE_IN)
        chosen = get_object_or_404(rows, pk=int(pk) if pk.isdecimal() else 0)
        take_in_involvement(grunnlag=grunnlag, involvement=chosen, by=request.user, now=now)
        return redirect(f"{back}#id_voices")
    messages.success(request, _("Utkastet er lagret %(clock)s.") % {"clock": klokka(now)})
    if moved := move_in(handling):
        index, step = moved
        asked = f"flyttet={'opp' if step < 0 else 'ned'}-{index + step}"
        return redirect(f"{back}{'&' if '?' in back else '?'}{asked}#saksliste")
    row_changed = handling.startswith(REMOVE) or handling == NEW_ROW
    return redirect(f"{back}#saksliste" if row_changed else back)
