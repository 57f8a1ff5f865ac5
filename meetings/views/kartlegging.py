"""Where a unit stands: how it found out, what to keep and develop, and the worksheet."""

from datetime import date, datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from actors.access import Artefact
from cohorts.access.kartlegging import can_edit_kartlegging
from cohorts.models import DeltakendeUnit, Omraade
from cohorts.queries.kartlegging import Worksheet, can_influence, lines_of, load_worksheet
from cohorts.queries.plan import semester_on
from cohorts.rules.kartlegging import KIND, worksheet_words
from meetings.queries.own_work import records_without_own
from meetings.views.own_place import find_own_place, why_no_text


@login_required
@require_GET
def kartlegging_detail(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The page of those who read it; others see whether it is done, and when.

    `?tema=` chooses the topic of the worksheet, `?ny=` the column where writing goes on.
    """
    place = find_own_place(request, unit_id, Artefact.KARTLEGGING)
    today = timezone.localdate()
    if not place.reads:
        return _status(request, place.unit)
    unit = place.unit
    lines = lines_of(unit)
    sheet = load_worksheet(unit, lines, request.GET.get("tema", ""))
    context = {
        "unit": unit,
        "semester": semester_on(unit.deltakelse.pulje, today),
        "lead": worksheet_words(can_influence(unit, lines)),
        "kartlegginger": list(unit.kartlegginger.all()),
        "earlier": list(records_without_own(unit, KIND)),
        "lists": _lists(unit),
        "sheet": sheet,
        "saved_at": _saved_at(sheet, today),
        "writing": request.GET.get("ny", ""),
        "may_edit": can_edit_kartlegging(request.user, unit),
    }
    return render(request, "meetings/kartlegging_detail.html", context)


def _saved_at(sheet: Worksheet | None, today: date) -> datetime | None:
    """When the worksheet was last written in, if that is today."""
    saved = sheet.last.created_at if sheet and sheet.last else None
    return saved if saved and timezone.localdate(saved) == today else None


def _lists(unit: DeltakendeUnit) -> list[dict[str, Any]]:
    rows = list(unit.omraader.all())
    return [
        {"kind": kind, "title": title, "rows": [row for row in rows if row.kind == kind]}
        for kind, title in Omraade.Kind.choices
    ]


def _status(request: HttpRequest, unit: DeltakendeUnit) -> HttpResponse:
    """Whether it is done and when, without a word of what it says."""
    days: set[date] = set(
        unit.kartlegginger.exclude(done_on=None).values_list("done_on", flat=True)
    )
    days |= {record.done_on for record in records_without_own(unit, KIND)}
    context = {"unit": unit, "days": sorted(days), "reason": why_no_text()}
    return render(request, "meetings/kartlegging_status.html", context)
