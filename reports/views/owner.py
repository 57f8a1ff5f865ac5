"""The page of an owner, printed before the styringsgruppe meets."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from reports.forms.filters import number_in
from reports.queries.owner_page import load_owner_page
from reports.rules.sentence import reasons, units_in_step


@login_required
def owner_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """«Slik står det til i Fjordvik»: units side by side and what to raise."""
    page = load_owner_page(
        pk,
        request.user,
        pulje=number_in(request.GET, "pulje"),
        semester=number_in(request.GET, "semester"),
        now=timezone.now(),
    )
    if page is None:
        raise Http404
    standings = [beside.line.standing for beside in page.units]
    lead = [units_in_step(standings), *reasons([*standings, page.standing])]
    context = {"page": page, "owner": page.deltakelse.owner, "lead": " ".join(filter(None, lead))}
    return render(request, "reports/owner_detail.html", context)
