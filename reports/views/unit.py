"""The page of one unit."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from actors.access import Artefact, rights_of
from cohorts.access.deltakelse import sees_groups
from cohorts.access.plan import sees_review_date
from cohorts.access.soeknad import can_read_why
from cohorts.models import DeltakendeUnit
from cohorts.rules.plan_words import review_state
from reports.access import can_read_papers_of
from reports.queries.unit_page import load_unit_page
from reports.rules.sentence import reasons, unit_heading
from reports.views.chosen import chosen_page


@login_required
def unit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """How one unit stands: the semester, deadlines, meetings, group and papers."""
    page = chosen_page(request, load_unit_page, pk)
    context = {
        "page": page,
        "unit": page.taking_part.unit,
        "reads_why": page.taking_part.has_reason and can_read_why(request.user),
        "is_ours": request.user.role is not None
        and request.user.role.unit_id == page.taking_part.unit_id,
        "reads_papers": can_read_papers_of(request.user, page.taking_part.unit),
        "sees_kartlegging": bool(rights_of(request.user.role.kind, Artefact.KARTLEGGING)),
        "sees_group": sees_groups(request.user, Artefact.ARBEIDSGRUPPE),
        "plan_state": _plan_state(request.user, page.taking_part),
        "heading": unit_heading(page.standing),
        "lead": " ".join(reasons([page.standing])),
    }
    return render(request, "reports/unit_detail.html", context)


def _plan_state(user, unit: DeltakendeUnit) -> str:
    """When the unit's plan was reviewed; empty for a role that sees not even that."""
    if not sees_review_date(user):
        return ""
    plan = getattr(unit, "framdriftsplan", None)
    return review_state(plan.reviewed_on if plan else None)
