"""Writing a referat: the form, what its buttons do, saving while it is written, and a preview."""

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from actors.models import Role
from cohorts.rules.errors import StaleEdit
from cohorts.rules.paper import Data
from cohorts.views.typed import show_unsaved, sign_in_or_keep, typed_in
from lmp.lib.wording import klokka
from meetings.access.papers import artefact_of, can_write_referat, why_status_only
from meetings.actions.obligation import review_due_day
from meetings.actions.paper_notices import receivers
from meetings.actions.referat import (
    new_referat,
    readers_of,
    refuse_locked,
    refuse_too_early,
    save_referat,
    start_referat,
    submit_referat,
)
from meetings.actions.referat_parts import data_of
from meetings.forms.referat import ReferatPage
from meetings.models import Referat, VeiledningsgrunnlagVersion
from meetings.rules.grunnlag import questions_in
from meetings.rules.paper_merge import marks_in
from meetings.rules.referat_merge import Met, marks_of, meet
from meetings.views.paper_conflict import keep_theirs
from meetings.views.paper_place import PaperPlace, edit_version_in, find_place
from meetings.views.papers import due_day_of
from meetings.views.referat import find_referat, refuse_unread
from meetings.views.referat_conflict import show_both
from meetings.views.referat_form import NEW_POINT, REMOVE, page_of, typed_labels
from meetings.views.see_over import LOOK, SEND, Paper, stop_or_look, take_order
from meetings.views.who_sees import who_sees

PREVIEW = "forhaandsvis"


@sign_in_or_keep(labels=typed_labels)
@require_http_methods(["GET", "HEAD", "POST"])
def referat_edit(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Write the referat; every button saves what is written and does its own thing too.

    A form that is sent after the session has ended is kept in the browser by static/js/autosave.js
    and put in again after signing in; without JavaScript the texts are shown back to be copied.
    """
    place = find_place(request, meeting_id, "after")
    if not can_write_referat(request.user, place.demand, place.meeting, place.unit):
        refuse_unread(request, place)
        return redirect(place.path("referat_detail"))
    referat = find_referat(place) or new_referat(place.meeting, place.unit, request.user)
    try:
        refuse_too_early(place.meeting, timezone.now())
        refuse_locked(referat)
    except ValidationError as refusal:
        return _refused(request, place, refusal.messages[0])
    if request.method == "POST":
        return _save_or_send(request, place)
    page = page_of(place, referat, open_sak=request.GET.get("punkt", ""))
    return _show(request, place, referat, page)


def _refused(request: HttpRequest, place: PaperPlace, reason: str) -> HttpResponse:
    """Read-only: what was typed, shown back with the reason; 403 when nothing was."""
    typed = typed_in(request, typed_labels(request)) if request.method == "POST" else []
    return show_unsaved(
        request, typed, reason=reason, back=place.path("referat_detail"), link=_("Gå til referatet")
    )


def _save_or_send(request: HttpRequest, place: PaperPlace) -> HttpResponse:
    """Save what was typed, whatever it is; send it when that was asked for and all is there."""
    handling, now = take_order(request, small=place.is_small), timezone.now()
    sending = handling in (SEND, LOOK)
    referat = start_referat(meeting=place.meeting, unit=place.unit, by=request.user, now=now)
    page = page_of(place, referat, request.POST, sending=sending, handling=handling)
    is_right = page.is_valid()
    stored = data_of(referat)
    typed = keep_theirs(request.POST, page.data(), stored)
    met = met_of(request, typed, stored)
    write = _to_write(request, referat, typed, met) | {"by": request.user, "now": now}
    try:
        if met is not None and met.conflicts:
            save_referat(**write)
            return show_both(request, place, typed, find_referat(place) or referat, met)
        if handling == SEND and is_right:
            version = submit_referat(**write | {"data": {**stored, **write["data"]}})
            return redirect("meetings:referat_receipt", place.meeting.pk, version.receipt)
        save_referat(**write)
    except StaleEdit as stale:
        return show_both(request, place, typed, stale.current)
    if handling == LOOK or (not is_right and handling != PREVIEW):
        return _show_what_stops(request, place, page, handling, met)
    if handling == PREVIEW:
        return redirect(place.path("referat_preview"))
    messages.success(request, _("Utkastet er lagret %(clock)s.") % {"clock": klokka(now)})
    return redirect(_back_to(place, request.POST, handling))


def met_of(request: HttpRequest, typed: Data, stored: Data) -> Met | None:
    """What to write when others may have saved since the page was made; None without its marks."""
    base = marks_in(request.POST.get("base", ""))
    return meet(typed, stored, base) if base else None


def _to_write(
    request: HttpRequest, referat: Referat, typed: Data, met: Met | None
) -> dict[str, Any]:
    """What the actions are to write; all that was typed when the page carried no marks."""
    if met is None:
        return {"referat": referat, "edit_version": edit_version_in(request), "data": typed}
    return {"referat": referat, "edit_version": referat.edit_version, "data": met.data}


def _show_what_stops(
    request: HttpRequest,
    place: PaperPlace,
    page: ReferatPage,
    handling: str,
    met: Met | None,
) -> HttpResponse:
    """A number to take away, spots to look over, or the form with what else is wrong."""
    referat = find_referat(place)
    known = referat or new_referat(place.meeting, place.unit, request.user)
    marks = met.marks if met is not None else {}
    paper = Paper(
        place=place,
        name=_("Referat"),
        cannot_send=_("Referatet kan ikke sendes ennå"),
        send=_("Send referatet"),
        saved_at=known.updated_at,
        hidden={"edit_version": known.edit_version}
        | ({"base": json.dumps(marks)} if marks else {}),
    )
    stopped = stop_or_look(request, paper, page.parts, handling)
    return stopped or _show(request, place, referat, page, marks)


def _back_to(place: PaperPlace, post: QueryDict, handling: str) -> str:
    """The form, where the button that was pressed stands."""
    back = place.path("referat_edit")
    if handling.startswith(NEW_POINT):
        number = handling.removeprefix(NEW_POINT)
        return f"{back}{'&' if '?' in back else '?'}punkt={number}#sak-{number}"
    if handling.startswith(REMOVE):
        row = handling.removeprefix(REMOVE)
        return f"{back}#sak-{post.get(f'punkter-{row}-sak', '')}"
    return back


@require_POST
def referat_autosave(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Save what is written so far. 401 without a session: the page then keeps the text itself."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    place, now = find_place(request, meeting_id, "after"), timezone.now()
    if not can_write_referat(request.user, place.demand, place.meeting, place.unit):
        raise PermissionDenied(why_status_only(request.user))
    context: dict[str, Any] = {"unsaved": True}
    try:
        referat = start_referat(meeting=place.meeting, unit=place.unit, by=request.user, now=now)
        page = page_of(place, referat, request.POST)
        is_right = page.is_valid()
        typed = page.data()
        met = met_of(request, typed, data_of(referat))
        write = _to_write(request, referat, typed, met)
        refused = save_referat(**write, by=request.user, now=now)
        if met is not None and met.conflicts:
            raise StaleEdit(referat)
    except StaleEdit as stale:
        who = stale.current.updated_by
        text = _("%(who)s har lagret mens du skrev. Trykk «Lagre utkast» for å se begge tekstene.")
        own = _("Du har lagret i et annet vindu. Trykk «Lagre utkast» for å se begge tekstene.")
        context["problem"] = own if who == request.user else text % {"who": who.get_short_name()}
        return render(request, "_ui/autosave.html", context)
    except ValidationError as refusal:
        return render(request, "_ui/autosave.html", context | {"problem": refusal.messages[0]})
    referat = Referat.objects.get(pk=referat.pk)
    context = {"saved_at": referat.updated_at, "unsaved": not is_right or bool(refused)}
    if not is_right:
        context["problem"] = _problem(page)
    fields = {"edit_version": str(referat.edit_version)}
    if met is not None:
        fields["base"] = json.dumps(met.marks)
    context["fields"] = json.dumps(fields)
    return render(request, "_ui/autosave.html", context)


def _problem(page: ReferatPage) -> str:
    lines = page.error_lines()
    return f"{_('Noe er ikke lagret.')} {lines[0].text}" if lines else _("Noe er ikke lagret.")


def _show(
    request: HttpRequest,
    place: PaperPlace,
    referat: Referat | None,
    page: ReferatPage,
    marks: dict[str, str] | None = None,
) -> HttpResponse:
    known = referat or new_referat(place.meeting, place.unit, request.user)
    today = timezone.localdate()
    context = {
        "place": place,
        "referat": known,
        "page": page,
        "form": page.form,
        "is_note": place.demand.is_note,
        "place_path": place.path("referat_edit"),
        "autosave_url": place.path("referat_autosave"),
        "has_errors": bool(page.error_lines()) if page.form.is_bound else False,
        "edit_version": known.edit_version,
        "base": json.dumps(marks or marks_of(page.saved)),
        "people": told_of(known, place, request.user),
        "open_merknader": known.merknader.exclude(status="both_stand") if known.pk else [],
        "merknad_due": review_due_day(known, today),
        "due": due_day_of(place),
        "today": today,
        "sees": who_sees(
            artefact_of(place.unit), is_sent=known.sent_at is not None, user=request.user
        ),
        **_asked(place),
    }
    return render(request, "meetings/referat_edit.html", context)


def told_of(referat: Referat, place: PaperPlace, sender) -> list[Role]:
    """Who gets a notice when the referat is sent: all its readers but the one who sends it."""
    people = receivers(readers_of(referat), place.meeting, place.unit, timezone.localdate())
    return [role for role in people if role.user_id != sender.pk]


def _asked(place: PaperPlace) -> Data:
    """What the unit asked for in its grunnlag, beside the form."""
    asked = VeiledningsgrunnlagVersion.objects.filter(
        paper__meeting=place.meeting, paper__unit=place.unit, removed_at=None
    ).first()
    return {
        "questions": questions_in(asked.content["questions"]) if asked else [],
        "grunnlag_url": place.path("grunnlag_detail") if asked else "",
    }
