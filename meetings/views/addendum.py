"""Adding to a referat that is locked."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cohorts.forms.errors import refusals_on
from meetings.access.papers import can_write_addendum
from meetings.actions.addendum import addendum_receipt, write_addendum
from meetings.forms.addendum import AddendumForm
from meetings.models import Referat
from meetings.views.merknad import sent_referat
from meetings.views.paper_place import PaperPlace
from meetings.views.paper_sheet import Sheet, sheet_of
from meetings.views.privacy_notes import refuse_hidden
from meetings.views.referat_edit import told_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def addendum_create(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The author adds to a locked referat, with a reason; the text that is locked is quoted."""
    place, referat = sent_referat(request, meeting_id)
    if place.meeting.is_cancelled or not can_write_addendum(request.user, place.demand, referat):
        raise PermissionDenied(
            _("Det er den som skrev referatet, som skriver tillegg, og først når det er låst.")
        )
    refuse_hidden(referat.versions.first(), request.user)
    sheet = sheet_of(referat.versions.first())
    titles = [sak["title"] for sak in sheet.content["saker"]]
    form = AddendumForm(
        request.POST or None, titles=titles, initial=_asked_for(request), small=place.is_small
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            addendum = write_addendum(
                referat=referat,
                sak=form.position(),
                text=form.cleaned_data["text"],
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=timezone.now(),
            )
            text = _("Tillegget er sendt og har nummer %(number)s.")
            messages.success(request, text % {"number": addendum.receipt})
            return redirect(f"{place.path('referat_detail')}#tillegg-{addendum.number}")
    return _show(request, place, referat, sheet, form)


def _asked_for(request: HttpRequest) -> dict[str, str]:
    return {"sak": request.GET.get("sak", "")} if request.GET.get("sak") else {}


def _show(
    request: HttpRequest, place: PaperPlace, referat: Referat, sheet: Sheet, form: AddendumForm
) -> HttpResponse:
    context = {
        "place": place,
        "referat": referat,
        "sheet": sheet,
        "form": form,
        "number": addendum_receipt(sheet.version, referat.addenda.count() + 1),
        "people": told_of(referat, place, request.user),
        "back": place.path("referat_detail"),
    }
    return render(request, "meetings/addendum_create.html", context)
