"""A sent version as PDF, and the same sheet as a page to print."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from cohorts.views.pdf_response import pdf_response
from lmp.lib.wording import kortdato
from meetings.models import ReferatVersion, VeiledningsgrunnlagVersion
from meetings.views.paper_place import find_version
from meetings.views.paper_sheet import Sheet, Version, addenda_of, sheet_of


@login_required
@require_safe
def grunnlag_pdf(request: HttpRequest, meeting_id: int, version_id: int) -> HttpResponse:
    """A sent veiledningsgrunnlag with its saksliste as PDF."""
    version = find_version(request, VeiledningsgrunnlagVersion, meeting_id, pk=version_id)
    return _pdf(request, version, "grunnlag", {})


@login_required
@require_safe
def grunnlag_print(request: HttpRequest, meeting_id: int, version_id: int) -> HttpResponse:
    """The same as a page to print."""
    version = find_version(request, VeiledningsgrunnlagVersion, meeting_id, pk=version_id)
    return HttpResponse(_html(version, "grunnlag", {}, as_pdf=False))


@login_required
@require_safe
def referat_pdf(request: HttpRequest, meeting_id: int, version_id: int) -> HttpResponse:
    """A sent referat as PDF, with the merknader that stand beside it."""
    version = find_version(request, ReferatVersion, meeting_id, pk=version_id)
    return _pdf(request, version, "referat", _beside(request, version))


@login_required
@require_safe
def referat_print(request: HttpRequest, meeting_id: int, version_id: int) -> HttpResponse:
    """The same as a page to print."""
    version = find_version(request, ReferatVersion, meeting_id, pk=version_id)
    return HttpResponse(_html(version, "referat", _beside(request, version), as_pdf=False))


def _beside(request: HttpRequest, version: ReferatVersion) -> dict[str, Any]:
    """What stands beside the text: merknader that were not taken in, and addenda under it."""
    standing = version.merknader.filter(status="both_stand").select_related("written_by")
    return {"merknader": list(standing), "addenda": addenda_of(version.paper, request.user)}


def _pdf(request: HttpRequest, version: Version, name: str, more: dict[str, Any]) -> HttpResponse:
    return pdf_response(
        request,
        _html(version, name, more, as_pdf=True),
        language=version.language,
        title=_title(sheet_of(version), name),
        filename=f"{name}-{version.receipt}",
        print_url=reverse(f"meetings:{name}_print", args=[version.paper.meeting_id, version.pk]),
    )


def _html(version: Version, name: str, more: dict[str, Any], *, as_pdf: bool) -> str:
    """The sheet in the language of the paper, whatever language the reader has chosen."""
    sheet = sheet_of(version)
    with override(version.language):
        context = {"sheet": sheet, "title": _title(sheet, name), "as_pdf": as_pdf, **more}
        return render_to_string(f"pdf/{name}.html", context)


def _title(sheet: Sheet, name: str) -> str:
    """The name of the document: what it is and for which day, never its content."""
    with override(sheet.version.language):
        words = {"grunnlag": _("Veiledningsgrunnlag"), "referat": _("Referat")}
        return f"{words[name]} {kortdato(sheet.facts['start'])}, {sheet.version.receipt}"
