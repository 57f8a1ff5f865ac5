"""Everything that was sent for a meeting as one file: the papers the reader may read, in order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from actors.models import Opening
from cohorts.views.pdf_response import PDF_LANGUAGE, pdf_response
from lmp.lib.wording import kortdato
from meetings.access.papers import why_status_only
from meetings.actions.paper_notices import paper_path
from meetings.models import ReferatVersion, VeiledningsgrunnlagVersion
from meetings.views.paper_html import beside, name_of, subjects_of
from meetings.views.paper_place import PaperPlace, find_place
from meetings.views.paper_sheet import Sheet, Version, sheet_of
from meetings.views.privacy_notes import note_opening
from meetings.views.register_facts import RegisterFacts, register_facts

MODELS = {"before": VeiledningsgrunnlagVersion, "after": ReferatVersion}


@dataclass(frozen=True)
class Part:
    """One sent paper of the folder, with what stands beside it."""

    sheet: Sheet
    beside: dict[str, Any]
    register: RegisterFacts

    @property
    def name(self) -> str:
        """«grunnlag» or «referat»."""
        return name_of(self.sheet.version)

    @property
    def subjects(self) -> str:
        """The names of the texts it shows."""
        return subjects_of(self.sheet.version, self.beside)


@dataclass(frozen=True)
class Folder:
    """The papers of one meeting and unit that the reader may read, the earliest first."""

    place: PaperPlace
    parts: tuple[Part, ...]

    @property
    def last(self) -> Sheet:
        """The latest paper: its facts of the meeting and its language hold for the folder."""
        return self.parts[-1].sheet

    @property
    def language(self) -> str:
        return self.last.version.language

    @property
    def made_at(self) -> datetime:
        """When the latest of the papers was sent: the date of the folder (aware UTC)."""
        return max(part.sheet.version.sent_at for part in self.parts)

    @property
    def attendance(self) -> dict[str, Any]:
        """Who was there, as the referat says; empty before there is one."""
        found: dict[str, Any] = self.last.content.get("attendance", {})
        return found

    @property
    def title(self) -> str:
        """The name of the document: whose meeting and which day."""
        place = self.last.facts["unit"] or self.last.facts["owner"]
        with override(self.language):
            values = {"day": kortdato(self.last.facts["start"]), "place": place}
            return _("Møtemappe %(day)s, %(place)s") % values


@login_required
@require_safe
def bundle_pdf(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The folder of a meeting (of a joint one: of the unit in `?enhet=`) as one PDF."""
    folder = find_folder(request, meeting_id)
    place = folder.place
    response = pdf_response(
        request,
        _html(folder, as_pdf=True),
        language=folder.language,
        title=folder.title,
        filename=f"moetemappe-{folder.last.version.receipt}",
        print_url=paper_path("bundle_print", place.meeting, place.unit if place.is_joint else None),
        subject=" ".join(part.subjects for part in folder.parts),
    )
    if response.status_code == HTTPStatus.OK:
        _note_openings(request, folder, Opening.Way.PDF)
    return response


@login_required
@require_safe
def bundle_print(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The same as a page to print."""
    folder = find_folder(request, meeting_id)
    _note_openings(request, folder, Opening.Way.PRINT)
    return HttpResponse(_html(folder, as_pdf=False))


def _note_openings(request: HttpRequest, folder: Folder, way: str) -> None:
    """Each paper of the folder is opened by it; 404 when one was withdrawn in the same moment."""
    for part in folder.parts:
        note_opening(request, part.sheet.version, way)


def find_folder(request: HttpRequest, meeting_id: int) -> Folder:
    """The folder, or 404 when nothing is sent; 403 when the role sees only that it is."""
    places = dict(_places(request, meeting_id))
    found = {key: _version(request, key, place) for key, place in places.items()}
    parts = tuple(_part(request, version) for version in found.values() if version is not None)
    if parts:
        return Folder(list(places.values())[-1], parts)
    if any(_sent(key, place).exists() for key, place in places.items()):
        raise PermissionDenied(why_status_only(request.user))
    raise Http404


def _places(request: HttpRequest, meeting_id: int) -> Iterator[tuple[str, PaperPlace]]:
    for key in MODELS:
        try:
            yield key, find_place(request, meeting_id, key)
        except Http404:
            continue


def _sent(key: str, place: PaperPlace):
    """The sent versions of a paper of the meeting that are not hidden or removed."""
    model = MODELS[key]
    return model.objects.filter(
        paper__meeting=place.meeting, paper__unit=place.unit, hidden_at=None, removed_at=None
    )


def _version(request: HttpRequest, key: str, place: PaperPlace) -> Version | None:
    shown = MODELS[key].objects.visible_to(request.user).values("pk")
    versions = _sent(key, place).filter(pk__in=shown)
    found: Version | None = versions.select_related(
        "paper__meeting__deltakelse__owner", "paper__unit__unit__owner", "sent_by"
    ).first()
    return found


def _part(request: HttpRequest, version: Version) -> Part:
    with override(version.language):
        facts = register_facts(version)
    return Part(sheet_of(version), beside(version, request.user), facts)


def _html(folder: Folder, *, as_pdf: bool) -> str:
    with override(folder.language):
        context = {
            "folder": folder,
            "lang": PDF_LANGUAGE[folder.language],
            "title": folder.title,
            "as_pdf": as_pdf,
        }
        return render_to_string("pdf/bundle.html", context)
