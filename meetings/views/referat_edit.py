"""Writing a referat: the form, and both texts when two have written in it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actors.access import Right, rights_of
from cohorts.queries.programme import programme_of
from cohorts.rules.errors import StaleEdit
from cohorts.rules.paper import Data
from lmp.lib.wording import klokka, kortdato
from meetings.access.papers import artefact_of, can_write_referat
from meetings.actions.paper_content import actor_name
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
from meetings.actions.referat_parts import data_of, invited_to
from meetings.forms.referat import ReferatPage
from meetings.models import Referat, VeiledningsgrunnlagVersion
from meetings.queries.template import form_of, questions_of
from meetings.rules.grunnlag import questions_in
from meetings.views.paper_conflict import keep_theirs, kept_fields, two_texts, with_choices
from meetings.views.paper_place import PaperPlace, edit_version_in, find_place, refuse_with_reason
from meetings.views.papers import due_day_of, who_sees
from meetings.views.referat import find_referat, refuse_unread

SEND, REMOVE = "send", "fjern_punkt:"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def referat_edit(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Write the referat: «Lagre utkast» and «Send» are buttons of the same page."""
    place, now = find_place(request, meeting_id, "after"), timezone.now()
    if not can_write_referat(request.user, place.demand, place.meeting, place.unit):
        refuse_unread(request, place)
        return redirect(place.path("referat_detail"))
    refuse_with_reason(refuse_too_early, place.meeting, now)
    referat = find_referat(place) or new_referat(place.meeting, place.unit, request.user)
    refuse_with_reason(refuse_locked, referat)
    if request.method == "POST":
        return _save_or_send(request, place)
    return _show(request, place, referat, _page(place, referat))


def _save_or_send(request: HttpRequest, place: PaperPlace) -> HttpResponse:
    """Save what was typed, whatever it is; send it when that was asked for and all is there."""
    handling, now = request.POST.get("handling", ""), timezone.now()
    sending = handling == SEND
    referat = start_referat(meeting=place.meeting, unit=place.unit, by=request.user, now=now)
    page = _page(place, referat, request, sending=sending, handling=handling)
    is_right = page.is_valid()
    data = keep_theirs(request.POST, page.data(), data_of(referat))
    write: dict[str, Any] = {
        "referat": referat,
        "edit_version": edit_version_in(request),
        "data": data,
        "by": request.user,
        "now": now,
    }
    try:
        if sending and is_right:
            version = submit_referat(**write)
            return redirect("meetings:referat_receipt", place.meeting.pk, version.receipt)
        save_referat(**write)
    except StaleEdit as stale:
        return _show_both(request, place, data, stale.current)
    if not is_right:
        return _show(request, place, find_referat(place), page)
    messages.success(request, _("Utkastet er lagret %(clock)s.") % {"clock": klokka(now)})
    row_changed = handling.startswith(REMOVE) or handling == "nytt_punkt"
    return redirect(place.path("referat_edit") + ("#avtalt" if row_changed else ""))


def _page(
    place: PaperPlace,
    referat: Referat,
    request: HttpRequest | None = None,
    *,
    sending: bool = False,
    handling: str = "",
) -> ReferatPage:
    row = handling.removeprefix(REMOVE) if handling.startswith(REMOVE) else ""
    return ReferatPage(
        saved=data_of(referat),
        day=place.meeting.day,
        people=_people(place),
        actors=_actors(place),
        with_mellomarbeid=place.unit is not None,
        post=with_choices(request.POST) if request else None,
        sending=sending,
        removed_row=int(row) if row.isdecimal() else None,
        edition=form_of(referat),
        questions=questions_of(referat),
    )


def _people(place: PaperPlace) -> list[tuple[str, str]]:
    """Everybody invited, with the role in the meeting."""
    language = get_language() or "nb"
    return [
        (str(row.pk), f"{row.name}, {_lower(place, row.actor, language)}")
        for row in invited_to(place.meeting, place.unit)
    ]


def _lower(place: PaperPlace, actor: str, language: str) -> str:
    name = actor_name(place.meeting, actor, place.unit, language)
    return name if name.isupper() else name[:1].lower() + name[1:]


def _actors(place: PaperPlace) -> list[tuple[str, str]]:
    """Who may get a follow-up point: the actors that may read this kind of referat."""
    language, artefact = get_language() or "nb", artefact_of(place.unit)
    return [
        (actor.id, actor_name(place.meeting, actor.id, place.unit, language))
        for actor in programme_of(place.meeting.pulje).actors
        if actor.role and Right.VIEW in rights_of(actor.role, artefact)
    ]


def _show(
    request: HttpRequest, place: PaperPlace, referat: Referat | None, page: ReferatPage
) -> HttpResponse:
    known = referat or new_referat(place.meeting, place.unit, request.user)
    asked = VeiledningsgrunnlagVersion.objects.filter(
        paper__meeting=place.meeting, paper__unit=place.unit
    ).first()
    context = {
        "place": place,
        "referat": known,
        "page": page,
        "form": page.form,
        "has_errors": bool(page.error_lines()) if page.form.is_bound else False,
        "edit_version": known.edit_version,
        "questions": questions_in(asked.content["questions"]) if asked else [],
        "grunnlag_url": place.path("grunnlag_detail") if asked else "",
        "people": receivers(readers_of(known), place.meeting, place.unit, timezone.localdate()),
        "open_merknader": known.merknader.exclude(status="both_stand") if known.pk else [],
        "due": due_day_of(place),
        "today": timezone.localdate(),
        "sees": who_sees(
            artefact_of(place.unit), is_sent=known.sent_at is not None, user=request.user
        ),
    }
    return render(request, "meetings/referat_edit.html", context)


def _show_both(
    request: HttpRequest, place: PaperPlace, mine: Data, current: Referat
) -> HttpResponse:
    """Somebody else has saved: both texts, field by field; nothing of either is lost."""
    page = _page(place, current)
    labels = {key: page.form.fields[key].label for key in mine if key in page.form.fields}
    labels |= {
        "saker": _("Sakene"),
        "agreed": _("Det vi avtalte"),
        "extra": _("Flere spørsmål"),
    }
    conflicts = two_texts(mine, data_of(current), labels, _worder(page))
    context = {
        "place": place,
        "conflicts": conflicts,
        "kept": kept_fields(with_choices(request.POST), conflicts),
        "other": current.updated_by,
        "saved_at": current.updated_at,
        "edit_version": current.edit_version,
        "back": place.path("referat_edit"),
        "has_errors": True,
    }
    return render(request, "meetings/_paper_conflict.html", context, status=409)


def _worder(page: ReferatPage):
    """Words for the values of a referat that are not texts."""
    people = dict(page.form.fields["attendance"].choices)

    def as_text(key: str, value: Any) -> str:
        if key == "attendance":
            return "\n".join(str(people.get(str(pk), "")) for pk in value)
        if key == "saker":
            return "\n\n".join(f"{row['title']}\n{row['summary']}" for row in value)
        if key == "extra":
            return "\n\n".join(text for text in value.values() if text)
        if key == "agreed":
            return "\n".join(f"{row['text']} ({row['responsible']}, {row['due']})" for row in value)
        if value is None:
            return ""
        return klokka(value) if key in ("held_from", "held_to") else kortdato(value)

    return as_text
