"""The page where a grunnlag is written, and what stands round the form."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from actors.access import Artefact
from actors.rules.roles import RoleKind
from cohorts.rules.soeknad_attachment import size_in_words
from lmp.lib.forms import Line
from lmp.lib.wording import join_words
from meetings.access.papers import can_submit_grunnlag
from meetings.actions.grunnlag_copy import line_of
from meetings.actions.grunnlag_joint import other_units
from meetings.actions.paper_notices import receivers
from meetings.forms.grunnlag_page import GrunnlagPage
from meetings.models import GrunnlagAttachment, Referat, Veiledningsgrunnlag
from meetings.queries.grunnlag_before import heard_since, previous_grunnlag
from meetings.rules.attachment import MOST
from meetings.views.grunnlag_form import label_of
from meetings.views.paper_place import PaperPlace
from meetings.views.papers import due_day_of
from meetings.views.who_sees import who_sees

FOR_ALL = "for_alle"  # the tick «samme tekst for …» of a leader with several units in the meeting


def show_form(
    request: HttpRequest,
    place: PaperPlace,
    grunnlag: Veiledningsgrunnlag,
    page: GrunnlagPage,
    *,
    marks: dict[str, str] | None = None,
    file_error: str = "",
) -> HttpResponse:
    """The form. `marks` are those the typed texts were made from, when it is shown again."""
    can_submit = can_submit_grunnlag(request.user, place.unit)
    context = {
        "place": place,
        "grunnlag": grunnlag,
        "page": page,
        "form": page.form,
        "has_errors": bool(file_error) or (page.form.is_bound and bool(page.error_lines())),
        "base": json.dumps(page.marks() if marks is None else marks),
        "edit_version": grunnlag.edit_version,
        "can_submit": can_submit,
        "others": _other_units(place, request.user) if can_submit else "",
        "for_all": bool(request.POST.get(FOR_ALL)),
        "saved_by": _other_writer(grunnlag, request.user),
        "two_texts": _two_texts(grunnlag, page),
        "due": due_day_of(place),
        "today": timezone.localdate(),
        "sees": who_sees(
            Artefact.GRUNNLAG, is_sent=grunnlag.sent_at is not None, user=request.user
        ),
        **_around(place, grunnlag),
        **_files(place, grunnlag, file_error),
    }
    return render(request, "meetings/grunnlag_edit.html", context)


def _other_units(place: PaperPlace, user) -> str:
    """The names of the units of a joint meeting that the same leader has besides this one."""
    if not place.is_joint:
        return ""
    found = other_units(place.meeting, place.unit, user, timezone.localdate())
    return join_words([str(unit) for unit, _role in found])


def _other_writer(grunnlag: Veiledningsgrunnlag, user) -> str:
    """Who saved last, when it was not the person who looks."""
    is_other = grunnlag.pk is not None and grunnlag.updated_by_id != user.pk
    return grunnlag.updated_by.name if is_other else ""


def _two_texts(grunnlag: Veiledningsgrunnlag, page: GrunnlagPage) -> str:
    """The names of the fields in which two texts wait."""
    if grunnlag.pk is None:
        return ""
    keys = grunnlag.conflicts.filter(resolved_at=None).values_list("key", flat=True)
    return join_words([f"«{label}»" for label in dict.fromkeys(label_of(k, page) for k in keys)])


def _around(place: PaperPlace, grunnlag: Veiledningsgrunnlag) -> dict[str, Any]:
    """The meeting and its people, the papers before this one, and who was heard since then."""
    meeting, unit, today = place.meeting, place.unit, timezone.localdate()
    before = Referat.objects.filter(unit=unit, meeting__start__lt=meeting.start)
    people = {
        name: [role.user.name for role in receivers(offices, meeting, unit, today)]
        for name, offices in (
            ("veiledere", [RoleKind.VEILEDER]),
            ("others", [RoleKind.EIER, RoleKind.PPT]),
        )
    }
    heard = heard_since(meeting, unit, today)
    return {
        "people": people,
        "earlier": before.sent().order_by("-meeting__start").select_related("meeting").first(),
        "previous": previous_grunnlag(meeting, unit),
        "heard": [
            {"pk": row.pk, "line": line_of(row)}
            for row in heard
            if line_of(row) not in grunnlag.voices
        ],
        "copy_url": place.path("grunnlag_copy"),
        "place_path": place.path("grunnlag_edit"),
        "autosave_url": place.path("grunnlag_autosave"),
    }


def _files(place: PaperPlace, grunnlag: Veiledningsgrunnlag, error: str) -> dict[str, Any]:
    """The files that go with the draft, and where one more is sent."""
    rows = grunnlag.attachments.kept() if grunnlag.pk else GrunnlagAttachment.objects.none()
    files = [
        {
            "name": row.name,
            "size": size_in_words(row.size),
            "url": file_path(place, "grunnlag_attachment", row.pk),
            "remove": file_path(place, "grunnlag_attachment_remove", row.pk),
        }
        for row in rows
    ]
    return {
        "files": files,
        "has_room": len(files) < MOST,
        "file_error": error,
        "file_lines": [Line(error, "id_file")] if error else [],
        "file_url": place.path("grunnlag_attachment_add"),
        "conflict_url": place.path("grunnlag_conflict"),
    }


def file_path(place: PaperPlace, name: str, pk: int) -> str:
    """The path of a page about one file, of the right unit in a joint meeting."""
    path = reverse(f"meetings:{name}", args=[place.meeting.pk, pk])
    return f"{path}?enhet={place.unit.pk}" if place.is_joint else path
