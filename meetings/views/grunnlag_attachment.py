"""The files of a grunnlag: adding and removing them, and reading one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cohorts.views.typed import sign_in_or_keep
from meetings.actions.grunnlag_attachment import add_attachment, remove_attachment
from meetings.models import GrunnlagAttachment, GrunnlagAttachmentFile, Veiledningsgrunnlag
from meetings.rules.attachment import LARGEST
from meetings.views.grunnlag_form import page_of, typed_labels
from meetings.views.grunnlag_save import author_place, problem_page, refuse_or_keep, save_typed
from meetings.views.grunnlag_show import show_form
from meetings.views.paper_place import find_place


def attach_chosen(request: HttpRequest, grunnlag: Veiledningsgrunnlag) -> str:
    """Store the file that came with the form, whatever button was pressed, and say so.

    Returns why it was refused; empty when it was not, or none was chosen.
    """
    upload = request.FILES.get("file")
    if upload is None:
        return ""
    try:
        row = add_attachment(
            grunnlag=grunnlag,
            name=upload.name or "",
            content=upload.read(LARGEST + 1),
            by=request.user,
            now=timezone.now(),
        )
    except ValidationError as refusal:
        return refusal.messages[0]
    messages.success(request, _("«%(name)s» er lagt ved.") % {"name": row.name})
    return ""


@sign_in_or_keep(labels=typed_labels)
@require_POST
def grunnlag_attachment_add(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """«Legg ved»: save what is written, and store the chosen file with the draft."""
    place = author_place(request, meeting_id)
    if refused := refuse_or_keep(request, place):
        return refused
    typed = save_typed(request, place)
    grunnlag = typed.saved.grunnlag
    chosen = "file" in request.FILES
    error = attach_chosen(request, grunnlag) if chosen else _("Velg en fil først.")
    if stopped := problem_page(request, place, typed):
        if error:
            messages.error(request, error)
        return stopped
    if error:
        return show_form(request, place, grunnlag, page_of(place, grunnlag), file_error=error)
    return redirect(f"{place.path('grunnlag_edit')}#vedlegg")


@sign_in_or_keep(labels=typed_labels)
@require_POST
def grunnlag_attachment_remove(request: HttpRequest, meeting_id: int, pk: int) -> HttpResponse:
    """«Fjern»: save what is written, and take the file out of the draft."""
    place = author_place(request, meeting_id)
    if refused := refuse_or_keep(request, place):
        return refused
    kept = GrunnlagAttachment.objects.visible_to(request.user).select_related("paper")
    row = get_object_or_404(kept, pk=pk, paper__meeting=place.meeting, paper__unit=place.unit)
    typed = save_typed(request, place)
    remove_attachment(attachment=row, by=request.user, now=timezone.now())
    messages.success(request, _("«%(name)s» er fjernet.") % {"name": row.name})
    if stopped := problem_page(request, place, typed):
        return stopped
    return redirect(f"{place.path('grunnlag_edit')}#vedlegg")


@login_required
@require_safe
def grunnlag_attachment(request: HttpRequest, meeting_id: int, pk: int) -> HttpResponse:
    """The file itself, to download, never shown in the page and never cached on the way."""
    place = find_place(request, meeting_id, "before")
    found = GrunnlagAttachment.objects.visible_to(request.user)
    row = get_object_or_404(found, pk=pk, paper__meeting=place.meeting, paper__unit=place.unit)
    stored = get_object_or_404(GrunnlagAttachmentFile, attachment=row)
    response = HttpResponse(bytes(stored.content), content_type=row.content_type)
    response["Content-Disposition"] = content_disposition_header(True, row.name)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
