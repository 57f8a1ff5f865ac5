"""A sent version as PDF, and the same sheet as a page to print."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from actors.models import Opening
from cohorts.views.pdf_response import order_pdf, pdf_response
from meetings.models import ReferatVersion, VeiledningsgrunnlagVersion
from meetings.views.paper_html import (
    beside,
    name_of,
    paper_html,
    paper_title,
    refuse_hidden_file,
    subjects_of,
)
from meetings.views.paper_place import find_version
from meetings.views.paper_sheet import Version, sheet_of
from meetings.views.privacy_notes import note_opening


@login_required
@require_safe
def grunnlag_pdf(request: HttpRequest, meeting_id: int, version_id: int) -> HttpResponse:
    """A sent veiledningsgrunnlag with its saksliste as PDF."""
    version = find_version(request, VeiledningsgrunnlagVersion, meeting_id, pk=version_id)
    return _pdf(request, version)


@login_required
@require_safe
def grunnlag_print(request: HttpRequest, meeting_id: int, version_id: int) -> HttpResponse:
    """The same as a page to print."""
    version = find_version(request, VeiledningsgrunnlagVersion, meeting_id, pk=version_id)
    return _print(request, version)


@login_required
@require_safe
def referat_pdf(request: HttpRequest, meeting_id: int, version_id: int) -> HttpResponse:
    """A sent referat as PDF, with the merknader that stand beside it and its addenda."""
    version = find_version(request, ReferatVersion, meeting_id, pk=version_id)
    return _pdf(request, version)


@login_required
@require_safe
def referat_print(request: HttpRequest, meeting_id: int, version_id: int) -> HttpResponse:
    """The same as a page to print."""
    version = find_version(request, ReferatVersion, meeting_id, pk=version_id)
    return _print(request, version)


def order_paper_pdf(version: Version, user) -> None:
    """Ask a worker for the PDF of what was just sent, so that it is there when it is wanted."""
    if version.is_hidden:
        return
    around = beside(version, user)
    order_pdf(
        paper_html(version, around, as_pdf=True),
        language=version.language,
        title=paper_title(sheet_of(version)),
        subject=subjects_of(version, around),
    )


def _pdf(request: HttpRequest, version: Version) -> HttpResponse:
    refuse_hidden_file(version)
    name, around = name_of(version), beside(version, request.user)
    response = pdf_response(
        request,
        paper_html(version, around, as_pdf=True),
        language=version.language,
        title=paper_title(sheet_of(version)),
        filename=f"{name}-{version.receipt}",
        print_url=reverse(f"meetings:{name}_print", args=[version.paper.meeting_id, version.pk]),
        subject=subjects_of(version, around),
    )
    if response.status_code == HTTPStatus.OK:
        note_opening(request, version, Opening.Way.PDF)
    return response


def _print(request: HttpRequest, version: Version) -> HttpResponse:
    refuse_hidden_file(version)
    note_opening(request, version, Opening.Way.PRINT)
    return HttpResponse(paper_html(version, beside(version, request.user), as_pdf=False))
