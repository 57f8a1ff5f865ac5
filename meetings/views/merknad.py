"""Objecting to a referat, and answering an objection."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meetings.access.papers import artefact_of, can_add_merknad, can_change_referat
from meetings.actions.merknad import add_merknad, answer_merknad
from meetings.forms.referat import AnswerForm, MerknadForm
from meetings.models import Merknad, Referat
from meetings.views.paper_place import PaperPlace, find_place
from meetings.views.paper_sheet import sheet_of
from meetings.views.papers import who_sees
from meetings.views.referat import find_referat, refuse_unread


def _sent_referat(request: HttpRequest, meeting_id: int) -> tuple[PaperPlace, Referat]:
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
    place, referat = _sent_referat(request, meeting_id)
    if place.meeting.pulje.is_closed or not can_add_merknad(
        request.user, place.demand, referat, timezone.localdate()
    ):
        raise PermissionDenied(
            _("Fristen for merknader er ute, eller rollen din skriver ikke merknader.")
        )
    form = MerknadForm(request.POST or None, sending=True)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        try:
            add_merknad(referat=referat, text=text, by=request.user, now=timezone.now())
        except ValidationError as refusal:
            form.add_error("text", refusal)
        else:
            messages.success(request, _("Merknaden er sendt. Den står sammen med referatet."))
            return redirect(place.path("referat_detail"))
    context = {
        "place": place,
        "referat": referat,
        "sheet": sheet_of(referat.versions.first()),
        "form": form,
        "today": timezone.localdate(),
        "back": place.path("referat_detail"),
    }
    return render(request, "meetings/merknad_create.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def merknad_answer(request: HttpRequest, meeting_id: int, merknad_id: int) -> HttpResponse:
    """The author takes a merknad in, or lets both texts stand."""
    place, referat = _sent_referat(request, meeting_id)
    merknad = referat.merknader.select_related("written_by", "version").filter(pk=merknad_id)
    found = merknad.first()
    if found is None:
        raise Http404
    if place.meeting.pulje.is_closed or not can_change_referat(request.user, place.demand, referat):
        raise PermissionDenied(_("Det er den som skrev referatet, som svarer på merknader."))
    if found.status != Merknad.Status.OPEN:
        return redirect(place.path("referat_detail"))
    form = AnswerForm(request.POST or None, sending=True, initial={"choice": "taken_in"})
    if request.method == "POST" and form.is_valid():
        taken_in = form.cleaned_data["choice"] == "taken_in"
        answer = form.cleaned_data["answer"]
        now = timezone.now()
        try:
            answer_merknad(
                merknad=found, taken_in=taken_in, answer=answer, by=request.user, now=now
            )
        except ValidationError as refusal:
            form.add_error("answer", refusal)
        else:
            return _after_answer(request, place, taken_in=taken_in)
    context = {
        "place": place,
        "referat": referat,
        "merknad": found,
        "sheet": sheet_of(found.version),
        "form": form,
        "today": timezone.localdate(),
        "back": place.path("referat_detail"),
        "sees": who_sees(artefact_of(place.unit), is_sent=True, user=request.user),
    }
    return render(request, "meetings/merknad_answer.html", context)


def _after_answer(request: HttpRequest, place: PaperPlace, *, taken_in: bool) -> HttpResponse:
    if taken_in:
        messages.success(request, _("Skriv inn det som skal endres, og send en ny versjon."))
        return redirect(place.path("referat_edit"))
    messages.success(request, _("Begge tekstene står. Merknaden følger referatet."))
    return redirect(place.path("referat_detail"))
