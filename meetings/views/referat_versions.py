"""Two versions of a referat side by side."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from meetings.models import ReferatVersion
from meetings.rules.referat import may_change
from meetings.rules.versions import compare_parts, parts_of
from meetings.views.merknad import sent_referat
from meetings.views.paper_sheet import sheet_of

WHOLE = "alt"


@login_required
@require_safe
def referat_versions(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """What has changed from one version to another; by default from the last but one to the last.

    A version that is hidden from the reader is not among the choices.
    """
    place, referat = sent_referat(request, meeting_id)
    shown = referat.versions.shown_to(request.user).select_related("sent_by")
    versions = list(shown.prefetch_related("merknader__written_by"))
    if not versions:
        raise Http404
    new = _chosen(request, "til", versions, versions[0])
    old = _chosen(request, "fra", versions, next(iter(_before(versions, new)), new))
    old, new = sorted((old, new), key=lambda version: version.number)
    parts = compare_parts(*(parts_of(each.content, timezone.localtime) for each in (old, new)))
    changed = [part for part in parts if part.is_changed]
    context: dict[str, Any] = {
        "place": place,
        "referat": referat,
        "versions": [(sheet_of(each), _taken_in(each, versions)) for each in versions],
        "numbers": [each.number for each in versions],
        "old": old,
        "new": new,
        "more_may_come": may_change(referat.status),
        "whole": request.GET.get("vis") == WHOLE,
        "parts": parts if request.GET.get("vis") == WHOLE else changed,
        "changed": changed,
        "same": [part for part in parts if not part.is_changed],
        "back": place.path("referat_detail"),
    }
    return render(request, "meetings/referat_versions.html", context)


def _chosen(
    request: HttpRequest, name: str, versions: list[ReferatVersion], default: ReferatVersion
) -> ReferatVersion:
    asked = request.GET.get(name, "")
    return next((each for each in versions if str(each.number) == asked), default)


def _before(versions: list[ReferatVersion], new: ReferatVersion) -> list[ReferatVersion]:
    return [each for each in versions if each.number < new.number]


def _taken_in(version: ReferatVersion, versions: list[ReferatVersion]) -> list[str]:
    """Whose merknad to the version before was taken in by this one."""
    before = next(iter(_before(versions, version)), None)
    if before is None:
        return []
    return [str(m.written_by) for m in before.merknader.all() if m.status == "taken_in"]
