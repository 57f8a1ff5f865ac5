"""Saving what was typed in a grunnlag, whichever button or autosave sent it."""

import json
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cohorts.views.typed import show_unsaved, typed_in
from lmp.lib.wording import join_words
from meetings.access.papers import can_edit_grunnlag, why_status_only
from meetings.actions.grunnlag import refuse_read_only, start_grunnlag
from meetings.actions.grunnlag_save import Saved, merge_grunnlag
from meetings.forms.grunnlag_page import GrunnlagPage
from meetings.rules.paper_merge import marks_in
from meetings.views.grunnlag_form import page_of, typed_labels
from meetings.views.grunnlag_show import show_form
from meetings.views.paper_place import PaperPlace, find_place
from meetings.views.privacy_notes import refuse_hidden_draft
from meetings.views.see_over import LOOK, Paper, stop_or_look


@dataclass
class Typed:
    """What came of a save: the form with its errors, and what was stored."""

    page: GrunnlagPage
    saved: Saved
    is_right: bool


def author_place(request: HttpRequest, meeting_id: int) -> PaperPlace:
    """The paper when the role writes on it; 404, or 403 with the reason."""
    place = find_place(request, meeting_id, "before")
    if not can_edit_grunnlag(request.user, place.unit):
        raise PermissionDenied(why_status_only(request.user))
    refuse_hidden_draft(place, request.user)
    return place


def save_typed(
    request: HttpRequest, place: PaperPlace, *, handling: str = "", sending: bool = False
) -> Typed:
    """Save every posted field that is right, whatever the others hold.

    Raises a `ValidationError` with the reason when nothing may be written any more.
    """
    now = timezone.now()
    grunnlag = start_grunnlag(meeting=place.meeting, unit=place.unit, by=request.user, now=now)
    page = page_of(place, grunnlag, request.POST, sending=sending, handling=handling)
    is_right = page.is_valid()
    saved = merge_grunnlag(
        grunnlag=grunnlag,
        data=page.data(),
        base=marks_in(request.POST.get("base", "")),
        by=request.user,
        now=now,
    )
    return Typed(page, saved, is_right)


def refuse_or_keep(request: HttpRequest, place: PaperPlace) -> HttpResponse | None:
    """When the paper is read-only: what was typed, shown back with the reason; 403 without any."""
    refuse_hidden_draft(place, request.user)
    try:
        refuse_read_only(place.meeting)
    except ValidationError as refusal:
        typed = typed_in(request, typed_labels(request)) if request.method == "POST" else []
        return show_unsaved(
            request,
            typed,
            reason=refusal.messages[0],
            back=place.path("grunnlag_detail"),
            link=_("Gå til grunnlaget"),
        )
    return None


@require_POST
def grunnlag_autosave(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Save what is written so far. 401 without a session: the page then keeps the text itself."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    place = author_place(request, meeting_id)
    try:
        typed = save_typed(request, place)
    except ValidationError as refusal:  # cancelled or closed meanwhile; the text stays in the page
        context = {"problem": refusal.messages[0], "unsaved": True}
        return render(request, "_ui/autosave.html", context)
    saved = typed.saved
    context = {
        "saved_at": saved.grunnlag.updated_at,
        "fields": json.dumps({"base": json.dumps(saved.marks)}),
        "unsaved": not typed.is_right,
        "page": page_of(place, saved.grunnlag),
        "place": place,
        **_problem(place, typed),
    }
    return render(request, "meetings/grunnlag_autosave.html", context)


def _problem(place: PaperPlace, typed: Typed) -> dict[str, str]:
    """What the writer must know at once, said calmly in the line that tells what is saved."""
    saved = typed.saved
    if saved.conflicts:
        text = _("%(who)s har skrevet i det samme feltet. Begge tekstene er lagret.")
        own = _("Du har skrevet i det samme i et annet vindu. Begge tekstene er lagret.")
        other, url = saved.conflicts[0].other_by, place.path("grunnlag_conflict")
        is_own = other == saved.conflicts[0].written_by
        problem = own if is_own else text % {"who": other.get_short_name()}
        return {"problem": problem, "url": url, "link": _("Se begge")}
    if labels := typed.page.refused_labels():
        names = join_words([f"«{label}»" for label in labels])
        return {"problem": _("Ikke lagret: %(names)s. Resten er lagret.") % {"names": names}}
    if saved.other_by is not None and saved.others:
        text = _("Lagret. %(who)s har også skrevet i utkastet.")
        who = saved.other_by.get_short_name()
        url = place.path("grunnlag_edit")
        return {"problem": text % {"who": who}, "url": url, "link": _("Hent det nyeste")}
    return {}


def problem_page(
    request: HttpRequest, place: PaperPlace, typed: Typed, handling: str = ""
) -> HttpResponse | None:
    """What comes before what a button asks for: two texts to join, a number to take away, spots to
    look over, errors to put right.

    None when there is nothing in the way.
    """
    if typed.saved.conflicts:
        return redirect(place.path("grunnlag_conflict"))
    if typed.is_right and handling != LOOK:
        return None
    grunnlag, marks = typed.saved.grunnlag, typed.saved.marks
    paper = Paper(
        place=place,
        name=_("Veiledningsgrunnlag"),
        cannot_send=_("Grunnlaget kan ikke sendes ennå"),
        send=_("Send til veilederne"),
        saved_at=grunnlag.updated_at,
        hidden={"edit_version": grunnlag.edit_version, "base": json.dumps(marks)},
    )
    stopped = stop_or_look(request, paper, typed.page.parts, handling)
    return stopped or show_form(request, place, grunnlag, typed.page, marks=marks)
