"""The versions of a plan: reading one, comparing two, on paper and as PDF."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from actors.models import Opening
from actors.rules.roles import RoleKind, role_title
from cohorts.forms.plan import MaalForm, PlanTextsForm, TiltakForm
from cohorts.models import PlanVersion
from cohorts.rules.plan_compare import changes_between
from cohorts.views.pdf_response import order_pdf, pdf_response
from lmp.lib.compare import new_side, old_side
from meetings.views.paper_html import refuse_hidden_file
from meetings.views.plan_place import PlanPlace, find_plan
from meetings.views.plan_sheet import plan_sheet, sheet_title
from meetings.views.privacy_notes import hidden_notes, note_opening, refuse_hidden
from meetings.views.register_facts import register_facts

FORBIDDEN = 403
LABELS = {
    **{name: field.label for name, field in PlanTextsForm.base_fields.items()},
    **{name: field.label for name, field in TiltakForm.base_fields.items()},
    **{name: field.label for name, field in MaalForm.base_fields.items()},
    "title": _("Kort navn"),
    "evaluation": _("Når vurderer vi det?"),
    "status_name": _("Status"),
}


def find_plan_version(
    request: HttpRequest, unit_id: int, number: int, way: str
) -> tuple[PlanPlace, PlanVersion]:
    """A version that the person may read, noted in the access log; 404 when it is not there.

    Raises `PlanHidden` when it is hidden to the role, or removed.
    """
    place = find_plan(request, unit_id)
    if place.plan is None:
        raise Http404
    rows = place.plan.versions.select_related("sent_by", "plan__unit__unit")
    version = get_object_or_404(rows, number=number)
    try:
        refuse_hidden(version, request.user)
    except PermissionDenied as refusal:
        raise PlanHidden(place, version) from refusal
    note_opening(request, version, way)
    return place, version


class PlanHidden(PermissionDenied):
    """A version of a plan that the role may not read now, because a person could be recognised."""

    def __init__(self, place: PlanPlace, version: PlanVersion) -> None:
        super().__init__(place, version)
        self.place, self.version = place, version


def calm_when_hidden(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Say calmly that a version is hidden, who cleans it and where the plan is; still a 403."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except PlanHidden as refusal:
            unit = refusal.place.unit
            context = {
                "unit": unit,
                "version": refusal.version,
                "leader": role_title(RoleKind.LEDER, unit.unit.kind),
            }
            page = "meetings/plan_version_hidden.html"
            return render(request, page, context, status=FORBIDDEN)

    return answer


@login_required
@require_safe
@calm_when_hidden
def plan_version(request: HttpRequest, unit_id: int, number: int) -> HttpResponse:
    """One version as it was saved, with its receipt."""
    place, version = find_plan_version(request, unit_id, number, Opening.Way.PORTAL)
    is_own = request.user.pk == version.sent_by_id
    if is_own and not version.is_hidden:
        order_pdf(_html(version, as_pdf=True), **_document(version))
    context = {
        "place": place,
        "unit": place.unit,
        "version": version,
        "sheet": plan_sheet(version),
        "register": register_facts(version, request.user),
        "is_latest": version == place.plan.versions.shown_to(request.user).first(),
        "is_fresh": is_own and localdate(version.sent_at) == localdate(),
        "hidden": hidden_notes([version], request.user),
    }
    return render(request, "meetings/plan_version.html", context)


@login_required
@require_safe
def plan_versions(request: HttpRequest, unit_id: int) -> HttpResponse:
    """All versions, and what changed from one to another: `?fra=1&til=2`, else the last two."""
    place = find_plan(request, unit_id)
    shown = place.plan.versions.shown_to(request.user) if place.plan else PlanVersion.objects.none()
    versions = list(shown.select_related("sent_by").order_by("-number"))
    old, new = _chosen(request, versions)
    for version in (old, new) if old and new else ():
        note_opening(request, version)
    context = {
        "place": place,
        "unit": place.unit,
        "versions": versions,
        "numbers": [each.number for each in versions],
        "old": old,
        "new": new,
        "changes": _changes(old, new) if old and new else [],
    }
    return render(request, "meetings/plan_versions.html", context)


def _chosen(
    request: HttpRequest, versions: list[PlanVersion]
) -> tuple[PlanVersion | None, PlanVersion | None]:
    """Which two are compared, the older first; None when there are not two."""
    by_number = {str(each.number): each for each in versions}
    new = by_number.get(request.GET.get("til", "")) or (versions[0] if versions else None)
    before = [each for each in versions if new and each.number < new.number]
    old = by_number.get(request.GET.get("fra", "")) or (before[0] if before else None)
    if old and new and old.number > new.number:
        old, new = new, old
    return (old, new) if old != new else (None, new)


def _changes(old: PlanVersion, new: PlanVersion) -> list[dict[str, Any]]:
    """The changes with the labels of their fields, both sides of each text."""
    return [
        {
            "change": each,
            "parts": [
                {
                    "label": LABELS[part.part],
                    "old": old_side(part.marks),
                    "new": new_side(part.marks),
                }
                for part in each.parts
            ],
        }
        for each in changes_between(old.content, new.content)
    ]


@login_required
@require_safe
@calm_when_hidden
def plan_pdf(request: HttpRequest, unit_id: int, number: int) -> HttpResponse:
    """A version as PDF."""
    place, version = find_plan_version(request, unit_id, number, Opening.Way.PDF)
    refuse_hidden_file(version)
    return pdf_response(
        request,
        _html(version, as_pdf=True),
        filename=f"framdriftsplan-{version.receipt}",
        print_url=place.path("plan_print", version.number),
        **_document(version),
    )


@login_required
@require_safe
@calm_when_hidden
def plan_print(request: HttpRequest, unit_id: int, number: int) -> HttpResponse:
    """The same as a page to print."""
    _place, version = find_plan_version(request, unit_id, number, Opening.Way.PRINT)
    refuse_hidden_file(version)
    return HttpResponse(_html(version, as_pdf=False))


def _document(version: PlanVersion) -> dict[str, str]:
    """What the store of PDF files knows of a version."""
    return {
        "language": version.language,
        "title": sheet_title(version),
        "subject": f"planversion:{version.pk}",
    }


def _html(version: PlanVersion, *, as_pdf: bool) -> str:
    """The sheet in the language of the plan, whatever language the reader has chosen."""
    with override(version.language):
        context = {
            "sheet": plan_sheet(version),
            "title": sheet_title(version),
            "register": register_facts(version),
            "as_pdf": as_pdf,
        }
        return render_to_string("pdf/plan.html", context)
