"""The page of an owner, printed before the styringsgruppe meets."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from actors.access import Artefact
from cohorts.access.deltakelse import sees_groups
from reports.queries.owner_page import load_owner_page
from reports.rules.sentence import reasons, units_in_step
from reports.views.chosen import chosen_page


@login_required
def owner_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """«Slik står det til i Fjordvik»: units side by side and what to raise."""
    page = chosen_page(request, load_owner_page, pk)
    standings = [beside.line.standing for beside in page.units]
    lead = [units_in_step(standings), *reasons([*standings, page.standing])]
    context = {
        "page": page,
        "owner": page.deltakelse.owner,
        "lead": " ".join(filter(None, lead)),
        "sees_group": sees_groups(request.user, Artefact.STYRINGSGRUPPE),
    }
    return render(request, "reports/owner_detail.html", context)
