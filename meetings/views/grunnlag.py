"""Reading a veiledningsgrunnlag that was sent, and its receipt."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actors.access import Artefact
from actors.rules.roles import RoleKind
from cohorts.rules.paper import is_late
from cohorts.rules.soeknad_attachment import size_in_words
from meetings.access.grunnlag import can_answer_comment, can_comment_grunnlag
from meetings.access.papers import (
    can_edit_grunnlag,
    can_read_grunnlag,
    can_submit_grunnlag,
    reading_offices,
    why_status_only,
)
from meetings.actions.grunnlag_withdraw import can_withdraw
from meetings.actions.paper_notices import receivers
from meetings.forms.grunnlag import CommentForm
from meetings.models import GrunnlagComment, Veiledningsgrunnlag, VeiledningsgrunnlagVersion
from meetings.queries.grunnlag_read import comments_on, readings
from meetings.views.grunnlag_show import file_path
from meetings.views.paper_place import PaperPlace, find_place, find_version
from meetings.views.paper_sheet import sheet_of
from meetings.views.papers import due_day_of
from meetings.views.pdf import order_paper_pdf
from meetings.views.privacy_notes import hidden_notes, note_opening, opens
from meetings.views.register_facts import register_facts
from meetings.views.who_sees import who_sees


@login_required
@require_safe
def grunnlag_detail(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """What the unit has sent, for those who may read it; an author with a draft goes on writing."""
    place = find_place(request, meeting_id, "before")
    if not can_read_grunnlag(request.user, place.unit):
        raise PermissionDenied(why_status_only(request.user))
    grunnlag = Veiledningsgrunnlag.objects.filter(meeting=place.meeting, unit=place.unit).first()
    is_sent = grunnlag is not None and grunnlag.sent_at is not None
    if not is_sent and can_edit_grunnlag(request.user, place.unit) and _is_open(place):
        return redirect(place.path("grunnlag_edit"))
    return show_detail(request, place, grunnlag)


def _is_open(place: PaperPlace) -> bool:
    return not (place.meeting.pulje.is_closed or place.meeting.is_cancelled)


def show_detail(
    request: HttpRequest,
    place: PaperPlace,
    grunnlag: Veiledningsgrunnlag | None,
    *,
    form: CommentForm | None = None,
    answered: GrunnlagComment | None = None,
) -> HttpResponse:
    """The page of a sent grunnlag. `form` is a comment with errors, to `answered` if any."""
    user, version = request.user, None
    if grunnlag is not None and grunnlag.sent_at is not None:
        version = grunnlag.versions.shown_to(user).select_related("sent_by").first()
    if version is not None and not opens(request, version):
        version = None  # withdrawn or hidden while the page was asked for
    can_edit = can_edit_grunnlag(user, place.unit)
    rows = grunnlag.versions.select_related("sent_by", "withdrawn_by") if grunnlag else []
    versions = list(rows)
    context = {
        "place": place,
        "grunnlag": grunnlag,
        "sheet": sheet_of(version) if version else None,
        "versions": versions,
        "hidden": hidden_notes(versions, user),
        "edit_url": place.path("grunnlag_edit") if can_edit and _is_open(place) else "",
        "is_changed": can_edit and version is not None and grunnlag.updated_at > version.sent_at,
        "due": due_day_of(place),
        "today": timezone.localdate(),
        "now": timezone.now(),
        "sees": who_sees(Artefact.GRUNNLAG, is_sent=version is not None, user=user),
    }
    if version is not None:
        context |= _sent(place, grunnlag, version, user)
        context |= _comments(request, place, grunnlag, form, answered)
    return render(request, "meetings/grunnlag_detail.html", context)


def _sent(
    place: PaperPlace, grunnlag: Veiledningsgrunnlag, version: VeiledningsgrunnlagVersion, user
) -> dict[str, Any]:
    """What follows from a version: late or not, its files, who has opened it, taking it back."""
    standing = list(grunnlag.versions.standing())
    writes = can_edit_grunnlag(user, place.unit)
    veiledere = receivers([RoleKind.VEILEDER], place.meeting, place.unit, timezone.localdate())
    takes_back = can_submit_grunnlag(user, place.unit) and _is_open(place)
    return {
        "is_late": is_late(_first_sent_on(grunnlag), due_day_of(place)),
        "register": register_facts(version, user),
        "is_moved": sheet_of(version).facts["start"] != place.meeting.start,
        "files": [
            {
                "name": row.name,
                "size": size_in_words(row.size),
                "url": file_path(place, "grunnlag_attachment", row.pk),
            }
            for row in version.attachments.all()
        ],
        "readings": readings(standing, [role.user for role in veiledere]) if writes else [],
        "withdraw_url": place.path("grunnlag_withdraw")
        if takes_back and can_withdraw(grunnlag, timezone.now())
        else "",
    }


def _comments(
    request: HttpRequest,
    place: PaperPlace,
    grunnlag: Veiledningsgrunnlag,
    form: CommentForm | None,
    answered: GrunnlagComment | None,
) -> dict[str, Any]:
    """The comments, each with a form to answer it in, and one for a new comment."""
    user, is_open = request.user, _is_open(place)
    answers = is_open and can_answer_comment(user, place.unit)
    comments = [
        {
            "row": row,
            "form": (form if row == answered else CommentForm(auto_id=f"svar{row.pk}_%s"))
            if answers
            else None,
        }
        for row in comments_on(grunnlag, user)
    ]
    new = None
    if is_open and can_comment_grunnlag(user, place.unit):
        new = form if form is not None and answered is None else CommentForm()
    return {
        "comments": comments,
        "comment_form": new,
        "comment_url": place.path("grunnlag_comment"),
        "failed": form,
    }


def _first_sent_on(grunnlag: Veiledningsgrunnlag) -> date:
    first = grunnlag.versions.standing().order_by("number").first()
    return timezone.localtime(first.sent_at).date()


@login_required
@require_safe
def grunnlag_receipt(request: HttpRequest, meeting_id: int, receipt: str) -> HttpResponse:
    """What was sent, when, with which checksum, and who can read it."""
    version = find_version(request, VeiledningsgrunnlagVersion, meeting_id, receipt=receipt)
    note_opening(request, version)
    order_paper_pdf(version, request.user)
    place = find_place(request, meeting_id, "before", version.paper.unit_id)
    takes_back = can_submit_grunnlag(request.user, place.unit) and _is_open(place)
    context = {
        "version": version,
        "sheet": sheet_of(version),
        "place": place,
        "is_late": is_late(timezone.localtime(version.sent_at).date(), due_day_of(place)),
        "read_url": place.path("grunnlag_detail"),
        "edit_url": place.path("grunnlag_edit"),
        "withdraw_url": place.path("grunnlag_withdraw")
        if takes_back and can_withdraw(version.paper, timezone.now())
        else "",
        "people": receivers(
            reading_offices(Artefact.GRUNNLAG), place.meeting, place.unit, timezone.localdate()
        ),
        "sees": who_sees(Artefact.GRUNNLAG, is_sent=True, user=request.user),
    }
    return render(request, "meetings/grunnlag_receipt.html", context)
