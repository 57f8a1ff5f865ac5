"""The pages of a referat: write, read, receipt, approve."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cohorts.rules.paper import is_late
from meetings.access.papers import (
    artefact_of,
    can_add_merknad,
    can_approve_referat,
    can_read_referat,
    can_write_addendum,
    can_write_referat,
    why_status_only,
)
from meetings.actions.paper_notices import receivers
from meetings.actions.referat import readers_of
from meetings.actions.referat_lock import approve_referat
from meetings.models import Merknad, Referat, ReferatVersion
from meetings.rules.referat import may_change
from meetings.views.paper_place import (
    PaperPlace,
    find_place,
    find_version,
)
from meetings.views.paper_sheet import addenda_of, sheet_of
from meetings.views.papers import due_day_of
from meetings.views.pdf import order_paper_pdf
from meetings.views.privacy_notes import HiddenNote, hidden_notes, note_opening
from meetings.views.referat_points import shown_points
from meetings.views.register_facts import register_facts
from meetings.views.who_sees import who_sees


def find_referat(place: PaperPlace) -> Referat | None:
    """The referat of the place, sent or not; None when nobody has begun."""
    rows = Referat.objects.select_related("updated_by", "approved_by", "unit__unit")
    referat = rows.filter(meeting=place.meeting, unit=place.unit).first()
    if referat is not None:
        referat.meeting = place.meeting
    return referat


def refuse_unread(request: HttpRequest, place: PaperPlace) -> None:
    """403 with the reason when the role may see the status alone."""
    if not can_read_referat(request.user, place.meeting, place.unit):
        raise PermissionDenied(why_status_only(request.user))


@login_required
@require_safe
def referat_detail(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """What has been sent, its merknader, and what the reader may do with it."""
    place = find_place(request, meeting_id, "after")
    refuse_unread(request, place)
    referat, user = find_referat(place), request.user
    is_open = not (place.meeting.pulje.is_closed or place.meeting.is_cancelled)
    writes = can_write_referat(user, place.demand, place.meeting, place.unit)
    is_author = writes and is_open
    versions = list(referat.versions.select_related("sent_by")) if referat else []
    if not versions and is_author and place.meeting.start <= timezone.now():
        return redirect(place.path("referat_edit"))
    sent = referat if versions else None
    version = sent.versions.shown_to(user).first() if sent else None
    if version is not None:
        note_opening(request, version)
    due = due_day_of(place)
    context = {
        "place": place,
        "referat": sent,
        "versions": versions,
        "newest": version or next(iter(versions), None),
        "is_author": is_author,
        "is_late": sent is not None and is_late(_first_sent_on(sent), due),
        "due": due,
        "today": timezone.localdate(),
        "sees": who_sees(
            artefact_of(place.unit), is_sent=sent is not None, user=user, writes=writes
        ),
    }
    if sent is not None:
        context |= _texts(place, sent, version, user, is_author=is_author)
        context["hidden"] = _hidden(sent, versions, user)
        context |= _doors(place, sent, versions[0], user, is_author=is_author)
        is_shown = is_open and version == versions[0]
        context |= _answers(place, sent, user) if is_shown else {}
    return render(request, "meetings/referat_detail.html", context)


def _texts(
    place: PaperPlace, referat: Referat, version: ReferatVersion | None, user, *, is_author: bool
) -> dict[str, Any]:
    """What the role reads of a sent referat; `version` is None when all of it is hidden."""
    shown: dict[str, Any] = {
        "merknader": _merknader(referat, user),
        "addenda": addenda_of(referat, user),
    }
    if version is not None:
        shown["sheet"] = sheet_of(version)
        shown["register"] = register_facts(version, user)
        shown["points"] = shown_points(place, referat, version, user, is_author=is_author)
    return shown


def _doors(
    place: PaperPlace, referat: Referat, newest: ReferatVersion, user, *, is_author: bool
) -> dict[str, str]:
    """Where the role goes from a sent referat; an address is empty when it may not."""
    can_change = is_author and may_change(referat.status) and not newest.is_hidden
    can_add = not place.meeting.is_cancelled and can_write_addendum(user, place.demand, referat)
    return {
        "edit_url": place.path("referat_edit") if can_change else "",
        "addendum_url": place.path("addendum_create") if can_add else "",
        "versions_url": place.path("referat_versions"),
    }


def _answers(place: PaperPlace, referat: Referat, user) -> dict[str, Any]:
    """What a reader may say about the version that stands."""
    today = timezone.localdate()
    return {
        "can_add": can_add_merknad(user, place.demand, referat, today),
        "can_approve": can_approve_referat(user, place.demand, referat, today),
        "merknad_url": place.path("merknad_create"),
        "approve_url": place.path("referat_approve"),
    }


def _hidden(referat: Referat, versions: list[ReferatVersion], user) -> list[HiddenNote]:
    """What is hidden of the referat and its addenda."""
    return [*hidden_notes(versions, user), *hidden_notes(referat.addenda.all(), user)]


def _merknader(referat: Referat, user) -> QuerySet[Merknad]:
    """Merknader to the versions that the role reads; they may repeat what is hidden."""
    shown = referat.versions.shown_to(user).values("pk")
    return referat.merknader.filter(version__in=shown).select_related("written_by")


def _first_sent_on(referat: Referat) -> date:
    return timezone.localtime(referat.versions.last().sent_at).date()


@login_required
@require_safe
def referat_receipt(request: HttpRequest, meeting_id: int, receipt: str) -> HttpResponse:
    """What was sent, when, with which checksum, and who can read it."""
    version = find_version(request, ReferatVersion, meeting_id, receipt=receipt)
    note_opening(request, version)
    order_paper_pdf(version, request.user)
    place = find_place(request, meeting_id, "after", version.paper.unit_id)
    sent_on = timezone.localtime(version.sent_at).date()
    context = {
        "version": version,
        "sheet": sheet_of(version),
        "place": place,
        "referat": version.paper,
        "is_late": is_late(sent_on, due_day_of(place)),
        "read_url": place.path("referat_detail"),
        "edit_url": place.path("referat_edit") if may_change(version.paper.status) else "",
        "people": receivers(
            readers_of(version.paper), place.meeting, place.unit, timezone.localdate()
        ),
        "sees": who_sees(artefact_of(place.unit), is_sent=True, user=request.user),
    }
    return render(request, "meetings/referat_receipt.html", context)


@login_required
@require_POST
def referat_approve(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """A veileder says that the referat is right."""
    place = find_place(request, meeting_id, "after")
    refuse_unread(request, place)
    referat = find_referat(place)
    if referat is None or referat.sent_at is None:
        raise Http404
    if not can_approve_referat(request.user, place.demand, referat, timezone.localdate()):
        raise PermissionDenied(_("Det er en veileder som godkjenner referatet, før fristen."))
    try:
        approve_referat(referat=referat, by=request.user, now=timezone.now())
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("Referatet er godkjent."))
    return redirect(place.path("referat_detail"))
