"""Objecting to a referat, and answering an objection."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lmp.lib.compare import new_side, old_side, word_marks
from meetings.access.papers import artefact_of, can_add_merknad, can_change_referat
from meetings.actions.merknad import add_merknad, answer_merknad
from meetings.forms.merknad import TAKEN_IN, AnswerForm, MerknadForm
from meetings.models import Merknad, Referat
from meetings.views.paper_place import PaperPlace, find_place
from meetings.views.paper_sheet import Sheet, sheet_of
from meetings.views.privacy_notes import refuse_hidden
from meetings.views.referat import find_referat, refuse_unread
from meetings.views.who_sees import who_sees


def sent_referat(request: HttpRequest, meeting_id: int) -> tuple[PaperPlace, Referat]:
    """The place and its referat once it is sent; 404, or 403 with the reason, as for reading."""
    place = find_place(request, meeting_id, "after")
    refuse_unread(request, place)
    referat = find_referat(place)
    if referat is None or referat.sent_at is None:
        raise Http404
    return place, referat


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def merknad_create(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """A reader writes what is wrong or missing."""
    place, referat = sent_referat(request, meeting_id)
    if place.meeting.pulje.is_closed or not can_add_merknad(
        request.user, place.demand, referat, timezone.localdate()
    ):
        raise PermissionDenied(
            _("Fristen for merknader er ute, eller rollen din skriver ikke merknader.")
        )
    refuse_hidden(referat.versions.first(), request.user)
    sheet = sheet_of(referat.versions.first())
    form = MerknadForm(request.POST or None, titles=titles_in(sheet), small=place.is_small)
    if request.method == "POST" and form.is_valid() and _add(request, referat, form):
        messages.success(request, _("Merknaden er sendt. Den står sammen med referatet."))
        return redirect(place.path("referat_detail"))
    context = {
        "place": place,
        "referat": referat,
        "sheet": sheet,
        "form": form,
        "today": timezone.localdate(),
        "back": place.path("referat_detail"),
    }
    return render(request, "meetings/merknad_create.html", context)


def titles_in(sheet: Sheet) -> list[str]:
    """The names of the saker of a referat, in order."""
    return [sak["title"] for sak in sheet.content["saker"]]


def _add(request: HttpRequest, referat: Referat, form: MerknadForm) -> bool:
    try:
        add_merknad(
            referat=referat,
            sak=form.position(),
            text=form.cleaned_data["text"],
            proposal=form.cleaned_data["proposal"],
            by=request.user,
            now=timezone.now(),
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    return True


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def merknad_answer(request: HttpRequest, meeting_id: int, merknad_id: int) -> HttpResponse:
    """The author takes a merknad in, or lets both texts stand."""
    place, referat = sent_referat(request, meeting_id)
    merknad = referat.merknader.select_related("written_by", "version").filter(pk=merknad_id)
    found = merknad.first()
    if found is None:
        raise Http404
    if place.meeting.pulje.is_closed or not can_change_referat(request.user, place.demand, referat):
        raise PermissionDenied(_("Det er den som skrev referatet, som svarer på merknader."))
    if found.status != Merknad.Status.OPEN:
        return redirect(place.path("referat_detail"))
    sheet = sheet_of(found.version)
    form = AnswerForm(
        request.POST or None,
        proposal=found.proposal,
        in_sak=found.sak is not None,
        next_version=referat.versions.first().number + 1,
        initial={"choice": TAKEN_IN},
        small=place.is_small,
    )
    if request.method == "POST" and form.is_valid() and _answer(request, found, form):
        return _after_answer(request, place, found)
    context = {
        "place": place,
        "referat": referat,
        "merknad": found,
        "sheet": sheet,
        "form": form,
        "today": timezone.localdate(),
        "back": place.path("referat_detail"),
        "sees": who_sees(artefact_of(place.unit), is_sent=True, user=request.user),
        **_two_sides(found, sheet),
    }
    return render(request, "meetings/merknad_answer.html", context)


def _two_sides(merknad: Merknad, sheet: Sheet) -> dict[str, Any]:
    """The sak as it stands and as it is proposed, with the words that differ."""
    if merknad.sak is None:
        return {"saker": list(enumerate(sheet.content["saker"], start=1))}
    sak = sheet.content["saker"][merknad.sak - 1]
    marks = word_marks(sak["summary"], merknad.proposal or sak["summary"])
    return {"saker": [(merknad.sak, sak)], "old": old_side(marks), "new": new_side(marks)}


def _answer(request: HttpRequest, merknad: Merknad, form: AnswerForm) -> bool:
    try:
        answer_merknad(
            merknad=merknad,
            taken_in=form.is_taken_in,
            text=form.text(),
            answer=form.cleaned_data["answer"],
            by=request.user,
            now=timezone.now(),
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    return True


def _after_answer(request: HttpRequest, place: PaperPlace, merknad: Merknad) -> HttpResponse:
    merknad.refresh_from_db()
    newest = merknad.referat.versions.first()
    if merknad.status == Merknad.Status.BOTH_STAND:
        messages.success(request, _("Begge tekstene står. Merknaden følger referatet."))
    elif newest.number > merknad.version.number:
        text = _("Versjon %(n)s er sendt. Alle som leser referatet, får beskjed.")
        messages.success(request, text % {"n": newest.number})
    else:
        messages.success(request, _("Skriv inn det som skal endres, og send en ny versjon."))
        return redirect(place.path("referat_edit"))
    return redirect(place.path("referat_detail"))
