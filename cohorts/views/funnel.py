"""The funnel: candidates by stage in each embete, on a page and as files."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cohorts.access.opptak import can_see_funnel
from cohorts.models import Opptak, Stage
from cohorts.queries.funnel import funnel_candidates, funnel_of
from cohorts.queries.opptak import settings_of
from cohorts.rules.funnel import Funnel, FunnelCell, FunnelRow, as_table
from lmp.lib.csv import to_csv
from lmp.lib.wording import tallord
from lmp.lib.xlsx import CONTENT_TYPE, to_xlsx


@login_required
@require_safe
def opptak_funnel(request: HttpRequest, number: int) -> HttpResponse:
    """How many stand where; each number is a link to those it counts."""
    opptak = _opptak(request, number)
    found = funnel_of(opptak, request.user)
    context = {
        "opptak": opptak,
        "pulje": opptak.pulje,
        "title": _title(found),
        **funnel_context(opptak, found),
    }
    return render(request, "cohorts/funnel_detail.html", context)


@login_required
@require_safe
def opptak_funnel_csv(request: HttpRequest, number: int) -> HttpResponse:
    """The numbers, or with `?innhold=kandidater` one line a candidate."""
    opptak = _opptak(request, number)
    if request.GET.get("innhold") == "kandidater":
        rows, name = funnel_candidates(opptak, request.user), "kandidater"
    else:
        rows, name = _numbers(opptak, request), "trakt"
    return _file(to_csv(rows), "text/csv; charset=utf-8", f"{name}-pulje-{number}.csv")


@login_required
@require_safe
def opptak_funnel_xlsx(request: HttpRequest, number: int) -> HttpResponse:
    """The numbers and the candidates, each on a sheet."""
    opptak = _opptak(request, number)
    book = to_xlsx(
        {
            _("Trakt"): _numbers(opptak, request),
            _("Kandidater"): funnel_candidates(opptak, request.user),
        }
    )
    return _file(book, CONTENT_TYPE, f"trakt-pulje-{number}.xlsx")


def funnel_context(opptak: Opptak, found: Funnel) -> dict[str, Any]:
    """The funnel with the address of every number: the list of exactly those."""
    url = reverse("cohorts:candidate_list", args=[opptak.pulje.number])
    return {
        "funnel": found,
        "funnel_rows": [_with_links(row, url) for row in found.rows],
        "funnel_sums": _with_links(found.sums, url),
    }


def _with_links(row: FunnelRow, url: str) -> dict[str, Any]:
    place = f"embete={row.embete}" if row.embete is not None else ""
    return {
        "row": row,
        "url": f"{url}?{place}" if place else url,
        "cells": [
            (cell.count, _link(cell, url, place), Stage(cell.stage).label) for cell in row.cells
        ],
    }


def _link(cell: FunnelCell, url: str, place: str) -> str:
    return f"{url}?stage={cell.stage}{'&' + place if place else ''}"


def _title(found: Funnel) -> str:
    """How many of those that are considered have come as far as a søknad that was sent."""
    total = sum(cell.count for cell in found.sums.cells if cell.stage != Stage.UAKTUELL)
    sent = sum(cell.count for cell in found.sums.cells if cell.stage in SENT)
    values = {"sent": tallord(sent), "total": tallord(total)}
    if not total:
        return _("Ingen er satt opp som aktuelle ennå")
    if not sent:
        return _("Ingen har søkt ennå")
    words = _("%(sent)s av %(total)s aktuelle har søkt") % values
    return words[0].upper() + words[1:]


SENT = {Stage.SOEKT, Stage.VURDERT, Stage.PRIORITERT, Stage.AVGJORT, Stage.JA, Stage.NEI}


def _numbers(opptak: Opptak, request: HttpRequest) -> list[list[object]]:
    return as_table(funnel_of(opptak, request.user), _("Embete"), _("I alt"))


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _opptak(request: HttpRequest, number: int) -> Opptak:
    visible = settings_of(Opptak.objects.visible_to(request.user))
    opptak = get_object_or_404(visible, pulje__number=number)
    if not can_see_funnel(request.user):
        raise PermissionDenied(_("Bare Udir og statsforvalterne ser tallene fra opptaket."))
    return opptak
