"""The candidates of an opptak as a table: the embete's own, or stages alone for Udir."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from actors.rules.roles import RoleKind
from cohorts.access.candidate import can_edit_candidates, can_invite_candidates
from cohorts.forms.candidate import CandidateFilterForm
from cohorts.models import Candidate, EmbeteOpptak, Opptak
from cohorts.queries.candidate_board import SORTS, advisers, filtered, with_card_facts
from cohorts.rules.candidate_board import list_title
from cohorts.rules.candidate_invite import MAY_BE_INVITED
from cohorts.views.candidate_board import deadlines_of, next_step, private_warnings
from cohorts.views.candidate_place import own_embete

PER_PAGE = 100


@login_required
def candidate_list(request: HttpRequest, number: int) -> HttpResponse:
    """The own embete works in its table; Udir reads name, stage and who is responsible."""
    role = request.user.role
    if role is not None and role.kind == RoleKind.UDIR:
        return _for_udir(request, number)
    embete = own_embete(request, number)
    today = timezone.localdate()
    form = CandidateFilterForm(request.GET, advisers=advisers(embete, today))
    found = with_card_facts(_filtered(embete.candidates.all(), form, request.user, today))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("side"))
    rows = _rows(page, embete, today)
    narrowed = any(value for key, value in form.chosen().items() if key != "sort")
    context = {
        "opptak": embete.opptak,
        "embete": embete,
        "title": list_title(page.paginator.count, narrowed=narrowed),
        "form": form,
        "page": page,
        "query": _query(request),
        "rows": rows,
        "filtered": narrowed,
        "may_edit": can_edit_candidates(request.user, embete),
        "may_invite": can_invite_candidates(request.user, embete)
        and any(row["may_invite"] for row in rows),
        "private_warnings": private_warnings(embete),
    }
    return render(request, "cohorts/candidate_list.html", context)


def _filtered(candidates, form: CandidateFilterForm, user, today: date):
    chosen = form.chosen()
    show = chosen.get("show", "")
    found = filtered(
        candidates,
        text=chosen.get("q", ""),
        stage=chosen.get("stage", ""),
        responsible=user if show == "mine" else chosen.get("responsible"),
        overdue_on=today if show == "overdue" else None,
        embete=chosen.get("embete", ""),
    )
    return found.order_by(*SORTS[chosen.get("sort") or "navn"])


def _rows(page, embete: EmbeteOpptak, today: date) -> list[dict]:
    seen = deadlines_of(embete, today)
    return [
        {
            "candidate": each,
            "step": next_step(each, seen),
            "may_invite": each.stage in MAY_BE_INVITED,
        }
        for each in page
    ]


def _for_udir(request: HttpRequest, number: int) -> HttpResponse:
    visible = Opptak.objects.visible_to(request.user).select_related("pulje")
    opptak = get_object_or_404(visible, pulje__number=number)
    embeter = opptak.embeter.values_list("statsforvalter__code", "statsforvalter__name")
    form = CandidateFilterForm(request.GET, embeter=embeter.order_by("statsforvalter__sort_name"))
    candidates = Candidate.objects.visible_to(request.user).filter(embete__opptak=opptak)
    found = _filtered(candidates, form, request.user, timezone.localdate())
    found = found.select_related("owner__kommune", "responsible", "embete__statsforvalter")
    # The embete's working notes never leave the database for Udir.
    found = found.defer("reason", "next_step", "next_step_on", "dismissed_reason")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("side"))
    context = {
        "opptak": opptak,
        "form": form,
        "page": page,
        "query": _query(request),
        "filtered": any(value for key, value in form.chosen().items() if key != "sort"),
    }
    return render(request, "cohorts/candidate_list_udir.html", context)


def _query(request: HttpRequest) -> str:
    """What links between the pages of the table keep."""
    kept = request.GET.copy()
    kept.pop("side", None)
    return kept.urlencode()
