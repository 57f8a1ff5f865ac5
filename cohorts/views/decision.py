"""Udir decides: every embete's list side by side, and an outcome for those that are ticked."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cohorts.access.decision import can_decide, may_see_decisions
from cohorts.actions.decision import decide_many
from cohorts.forms.decision import BoardFilter, DecideForm
from cohorts.models import Opptak, Outcome, Soeknad
from cohorts.queries.decision import held_in
from cohorts.queries.decision_board import BoardEmbete, crowded, load_board
from cohorts.queries.opptak import opptak_dates
from cohorts.queries.reserve import reserve_rows
from cohorts.rules.decision import Places, crowded_note, heading, lead
from cohorts.rules.opptak_words import lists_headline
from cohorts.views.decision_map import places_on_map
from cohorts.views.decision_rows import embete_view
from cohorts.views.permission import require
from lmp.lib.wording import tallord


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decision_board(request: HttpRequest, number: int) -> HttpResponse:
    """All lists with the places used; POST makes letters, which wait in the outbox."""
    opptak = get_opptak(request, number)
    form = DecideForm(
        request.POST or None,
        soeknader=Soeknad.objects.visible_to(request.user).in_opptak(opptak),
    )
    if request.method == "POST":
        require(can_decide(request.user, opptak), opptak.pulje)
        if form.is_valid() and _decide(request, form):
            return redirect(request.get_full_path())
    return render(request, "cohorts/decision_board.html", _context(request, opptak, form))


def get_opptak(request: HttpRequest, number: int) -> Opptak:
    """The opptak for Udir's own pages: 404 when the role does not see it, else 403 for others."""
    found = Opptak.objects.visible_to(request.user).select_related("pulje")
    opptak = get_object_or_404(found, pulje__number=number)
    if not may_see_decisions(request.user):
        raise PermissionDenied(_("Bare Utdanningsdirektoratet avgjør hvem som får plass."))
    return opptak


def _decide(request: HttpRequest, form: DecideForm) -> bool:
    try:
        decided = decide_many(
            soeknader=form.cleaned_data["soeknad"],
            outcome=form.cleaned_data["outcome"],
            by=request.user,
            now=timezone.now(),
        )
    except ValidationError as error:
        form.add_error("soeknad", error)
        return False
    count = len(decided)
    if not count:
        messages.info(request, _("Ingen brev er endret: de du valgte, hadde det utfallet alt."))
        return True
    text = ngettext(
        "%(n)s brev ligger i utboksen. Det er ikke sendt.",
        "%(n)s brev ligger i utboksen. Ingen av dem er sendt.",
        count,
    )
    messages.success(request, text % {"n": tallord(count, "n").capitalize()})
    return True


def _context(request: HttpRequest, opptak: Opptak, form: DecideForm) -> dict[str, Any]:
    board = load_board(opptak)
    embeter = [(str(each.embete.pk), each.name) for each in board]
    chosen = BoardFilter(request.GET, embeter=embeter)
    chosen.is_valid()
    filters = chosen.cleaned_data
    undecided = sum(row.is_undecided for each in board for row in each.rows)
    places = Places(sum(each.places.used for each in board), opptak.capacity)
    free = {row.embete.pk: row for row in reserve_rows(opptak)}
    picked = set(form.data.getlist("soeknad")) if form.is_bound else set()
    return {
        "opptak": opptak,
        "pulje": opptak.pulje,
        "today": timezone.localdate(),
        "due": opptak_dates(opptak).avgjoerelse,
        "places": places,
        "title": heading(places),
        "lead": _lead(board, undecided),
        "filter_form": chosen,
        "embeter": [
            embete_view(each, filters, picked, free.get(each.embete.statsforvalter_id))
            for each in _shown(board, filters)
        ],
        "warnings": _warnings(board, opptak),
        "where": places_on_map(board),
        "held": held_in(opptak).count(),
        "may_decide": can_decide(request.user, opptak),
        "has_choice": any(row.can_be_decided for each in board for row in each.rows),
        "form": form,
        "has_errors": bool(form.is_bound and form.errors),
        "outcomes": _outcomes(form),
        "picked": len(picked),
    }


def _lead(board: list[BoardEmbete], undecided: int) -> str:
    """What is left to decide; before a list has come, that none has."""
    if not any(each.sent for each in board):
        return f"{lists_headline(0, len(board))}."
    return lead(undecided, [(each.name, each.places) for each in board if each.rows])


def _shown(board: list[BoardEmbete], filters: dict[str, Any]) -> list[BoardEmbete]:
    return [each for each in board if filters.get("embete") in ("", None, str(each.embete.pk))]


def _warnings(board: list[BoardEmbete], opptak: Opptak) -> list[str]:
    most = opptak.private_per_fylke
    found = crowded(board, most)
    return [crowded_note(fylke, count, most or 0) for fylke, count in sorted(found.items())]


def _outcomes(form: DecideForm) -> list[dict[str, Any]]:
    chosen = form.data.get("outcome") if form.is_bound else ""
    return [
        {"value": value, "label": label, "checked": value == chosen}
        for value, label in Outcome.choices
    ]
