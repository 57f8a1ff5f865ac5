"""The draft of a referat as it will look when it is sent."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from meetings.access.papers import can_write_referat
from meetings.actions.paper_content import referat_content
from meetings.actions.referat_parts import data_of
from meetings.models import Referat, ReferatVersion
from meetings.queries.language import language_of
from meetings.views.paper_place import find_place
from meetings.views.paper_sheet import sheet_of
from meetings.views.referat import find_referat, refuse_unread


@login_required
@require_safe
def referat_preview(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The draft on the sheet of a sent referat, for its author alone; nothing is stored."""
    place = find_place(request, meeting_id, "after")
    referat = find_referat(place)
    if not can_write_referat(request.user, place.demand, place.meeting, place.unit):
        refuse_unread(request, place)
        raise Http404
    if referat is None:
        raise Http404
    version = _unsent(referat)
    with override(version.language):
        context = {
            "sheet": sheet_of(version),
            "title": _("Utkast til referat"),
            "back": place.path("referat_edit"),
            "as_pdf": False,
        }
        return HttpResponse(render_to_string("meetings/referat_preview.html", context))


def _unsent(referat: Referat) -> ReferatVersion:
    """A version that is not stored, with what is written so far; half written points are left."""
    language = language_of(referat.meeting, referat.unit)
    data = data_of(referat)
    whole = ("text", "responsible", "due")
    data["agreed"] = [row for row in data["agreed"] if all(row[key] for key in whole)]
    with override(language):
        content = referat_content(referat.meeting, referat.unit, data, language)
    return ReferatVersion(
        paper=referat,
        number=referat.versions.count() + 1,
        content=content,
        language=language,
        sha256="",
        sent_at=timezone.now(),
        sent_by=referat.updated_by,
    )
