"""A copy of a paper with parts blacked out, for somebody who asks for innsyn."""

from copy import copy as shallow_copy
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from cohorts.forms.errors import refusals_on
from cohorts.models import PlanVersion
from cohorts.rules.look_over import is_small
from cohorts.views.pdf_response import pdf_response
from meetings.access.privacy import home_of, kind_of, subject_of
from meetings.access.register import Paper
from meetings.actions.register import make_redacted_copy
from meetings.forms.privacy_words import part_label
from meetings.forms.register import RedactForm
from meetings.models import RedactedCopy
from meetings.rules.redaction import Passage, Piece, passages, people_in
from meetings.views.paper_sheet import sheet_of
from meetings.views.plan_sheet import plan_sheet
from meetings.views.register import copies_of, find_paper
from meetings.views.register_facts import register_facts, title_of

MARKED = "sladd"
"""The name of the tick boxes; their values are keys of pieces."""


@dataclass(frozen=True)
class Shown:
    """A part of the paper on the page, with what it is called and which pieces are ticked."""

    label: str
    pieces: list[tuple[Piece, bool]]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def redacted_create(request: HttpRequest, kind: str, version_id: int) -> HttpResponse:
    """Tick what is to be blacked out; sentences that look risky are ticked already."""
    version = find_paper(request, kind, version_id)
    found = _passages(version)
    known = {piece.key for each in found for piece in each.pieces}
    marked = frozenset(request.POST.getlist(MARKED)) & known
    initial = {"without_names": True, "legal_basis": version.legal_basis}
    form = RedactForm(request.POST or None, initial=initial, marked=marked)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            make_redacted_copy(
                version=version,
                marked=marked,
                **form.cleaned_data,
                by=request.user,
                now=timezone.now(),
            )
            messages.success(request, _("Den sladdede kopien er laget."))
            return redirect("meetings:paper_register", kind, version_id)
    context = {
        "form": form,
        "version": version,
        "kind": kind,
        "title": title_of(version),
        "shown": _shown(found, version, marked if form.is_bound else None),
        "people": people_in(version.content),
        "copies": copies_of(request, kind, version),
    }
    return render(request, "meetings/redacted_create.html", context)


@login_required
@require_safe
def redacted_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """A copy as PDF, for the owner's office to hand out."""
    copy = _find_copy(request, pk)
    version = _version_of(copy)
    return pdf_response(
        request,
        _html(copy, version, as_pdf=True),
        language=version.language,
        title=_title(version),
        filename=f"sladdet-{version.receipt}-{copy.pk}",
        print_url=reverse("meetings:redacted_print", args=[copy.pk]),
        subject=f"{subject_of(version)} redactedcopy:{copy.pk}",
    )


@login_required
@require_safe
def redacted_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a page to print."""
    copy = _find_copy(request, pk)
    return HttpResponse(_html(copy, _version_of(copy), as_pdf=False))


def _find_copy(request: HttpRequest, pk: int) -> RedactedCopy:
    """A copy of a version that is neither hidden nor removed; 404 for any other office."""
    copy = get_object_or_404(RedactedCopy.objects.visible_to(request.user), pk=pk)
    version = _version_of(copy)
    find_paper(request, kind_of(version).key, version.pk)
    return copy


def _version_of(copy: RedactedCopy) -> Paper:
    version: Paper = copy.grunnlag_version or copy.referat_version or copy.plan_version
    return version


def _passages(version: Paper) -> list[Passage]:
    unit = home_of(version).unit
    return passages(version.content, small=unit is not None and is_small(unit.unit.children))


def _shown(found: list[Passage], version: Paper, marked: frozenset[str] | None) -> list[Shown]:
    """The parts with their ticks: those of the form that came back, else the suggested ones."""
    parts: dict[str, list[tuple[Piece, bool]]] = {}
    for passage in found:
        parts.setdefault(passage.part, []).extend(
            (piece, piece.suggested if marked is None else piece.key in marked)
            for piece in passage.pieces
        )
    return [Shown(_label(part, version), pieces) for part, pieces in parts.items()]


def _label(part: str, version: Paper) -> str:
    """«Sak 2, Overganger», «Praksisfortelling eller situasjon»; the meeting's own facts."""
    return _("Møtet") if part.startswith("meeting.") else part_label(part, version.content)


def _title(version: Paper) -> str:
    with override(version.language):
        return _("Sladdet kopi: %(title)s") % {"title": title_of(version)}


def _html(copy: RedactedCopy, version: Paper, *, as_pdf: bool) -> str:
    """The copy in the language of the paper, made of the content of the copy alone."""
    name = kind_of(version).key
    with override(version.language):
        context: dict[str, Any] = {
            "copy": copy,
            "sheet": _sheet(copy, version),
            "title": _title(version),
            "register": register_facts(version),
            "as_pdf": as_pdf,
        }
        return render_to_string(f"pdf/{name}.html", context)


def _sheet(copy: RedactedCopy, version: Paper) -> Any:
    """The sheet of the version as if it had the content of the copy; nothing is saved."""
    blacked_out = shallow_copy(version)
    blacked_out.content = copy.content
    if isinstance(blacked_out, PlanVersion):
        return plan_sheet(blacked_out)
    return sheet_of(blacked_out)
