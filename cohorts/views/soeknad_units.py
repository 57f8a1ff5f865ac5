"""Choosing the units of a søknad from the register, and who leads them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from actors.models import Owner
from cohorts.actions.soeknad_units import (
    add_manual_unit,
    add_soeknad_unit,
    remove_soeknad_unit,
    save_leader,
    send_unit_link,
)
from cohorts.forms.errors import refusals_on, take_errors
from cohorts.forms.soeknad_units import LeaderForm, ManualUnitForm, PickForm, UnitSearchForm
from cohorts.models import Soeknad, SoeknadUnit
from cohorts.queries.applicants import applicants_of
from cohorts.queries.programme import programme_of
from cohorts.queries.soeknad_units import belongs, near_units, pickable_units
from cohorts.rules.search import SHORTEST, few_children, marked, orgnr_in_words
from cohorts.rules.soeknad_units import UnitFacts, both_levels, totals
from cohorts.views.deltakelse import MOST_HITS, unit_facts
from cohorts.views.soeknad_links import part_place
from cohorts.views.soeknad_place import own_soeknad, require_writing, why_closed
from cohorts.views.soeknad_typed import closed_meanwhile, sign_in_or_keep
from cohorts.views.unit_rows import row_facts

REMOVABLE_AT_ONCE = (SoeknadUnit.Part.NOT_STARTED,)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def soeknad_units(request: HttpRequest, pk: int) -> HttpResponse:
    """Search the register; «Legg til» brings a unit into the søknad."""
    if request.method == "POST":
        return _pick(request, own_soeknad(request, pk))
    soeknad = own_soeknad(request, pk)
    applicants = applicants_of(soeknad)
    rows = list(soeknad.units.select_related("unit__kommune", "unit__owner", "owner"))
    facts = [_counted(row) for row in rows if row.part != SoeknadUnit.Part.DECLINED]
    context = {
        "soeknad": soeknad,
        "place": part_place(soeknad, "enheter"),
        "rows": [_row(row, applicants) for row in rows],
        "totals": totals(facts),
        "both_levels": both_levels(facts),
        "closed": why_closed(soeknad),
        "alone": soeknad.applicant == "frittstaaende_skole",
        **_search(request, soeknad, applicants, {row.unit_id for row in rows}),
    }
    return render(request, "cohorts/soeknad_units.html", context)


def _counted(row: SoeknadUnit) -> UnitFacts:
    return UnitFacts(row.children, row.staff, row.grades)


def _row(row: SoeknadUnit, applicants: list[Owner]) -> dict:
    return {
        "row": row,
        "facts": row_facts(row),
        "few": few_children(row.children),
        "elsewhere": not belongs(row, applicants),
        "started": row.part not in REMOVABLE_AT_ONCE,
    }


def _search(
    request: HttpRequest, soeknad: Soeknad, applicants: list[Owner], chosen: set[int | None]
) -> dict:
    form = UnitSearchForm(request.GET)
    query, everywhere = ("", False)
    if form.is_valid():
        query, everywhere = form.cleaned_data["q"], form.cleaned_data["landet"]
    units = pickable_units(soeknad, applicants)
    if not everywhere:
        units = near_units(units, applicants)
    found = list(units.search(query)[: MOST_HITS + 1]) if len(query) >= SHORTEST else []
    return {
        "q": query,
        "everywhere": everywhere,
        "more": len(found) > MOST_HITS,
        "applicants": applicants,
        "hits": [
            {
                "unit": unit,
                "name": marked(unit.name, query),
                "facts": f"{unit_facts(unit)} · {orgnr_in_words(unit.orgnr)}",
                "few": few_children(unit.children),
                "added": unit.pk in chosen,
            }
            for unit in found[:MOST_HITS]
        ],
    }


def _pick(request: HttpRequest, soeknad: Soeknad) -> HttpResponse:
    require_writing(soeknad)
    form = PickForm(request.POST, units=pickable_units(soeknad, applicants_of(soeknad)))
    if not form.is_valid():
        messages.error(request, _("Enheten kan ikke legges til. Søk på nytt."))
        return redirect("cohorts:soeknad_units", soeknad.pk)
    unit = form.cleaned_data["unit"]
    try:
        row = add_soeknad_unit(soeknad=soeknad, unit=unit, by=request.user, now=timezone.now())
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("cohorts:soeknad_units", soeknad.pk)
    messages.success(request, _("%(unit)s er lagt til. Hvem leder enheten?") % {"unit": unit})
    return redirect("cohorts:soeknad_unit_edit", soeknad.pk, row.pk)


@sign_in_or_keep(ManualUnitForm)
@require_http_methods(["GET", "HEAD", "POST"])
def soeknad_unit_manual(request: HttpRequest, pk: int) -> HttpResponse:
    """«Skriv inn enheten selv»: a unit that is not in the register."""
    soeknad = own_soeknad(request, pk)
    if reason := why_closed(soeknad):
        return closed_meanwhile(request, soeknad, reason, ManualUnitForm)
    kinds = programme_of(soeknad.candidate.embete.opptak.pulje).unit_kinds
    if soeknad.applicant == "frittstaaende_skole":
        kinds = tuple(kind for kind in kinds if kind == "skole")
    form = ManualUnitForm(
        request.POST or None, owners=applicants_of(soeknad), kinds=sorted(kinds, reverse=True)
    )
    if form.is_valid():
        with refusals_on(form):
            row = add_manual_unit(
                soeknad=soeknad, by=request.user, now=timezone.now(), **form.cleaned_data
            )
            return redirect("cohorts:soeknad_unit_edit", soeknad.pk, row.pk)
    context = {"soeknad": soeknad, "form": form}
    return render(request, "cohorts/soeknad_unit_manual.html", context)


@sign_in_or_keep(LeaderForm)
@require_http_methods(["GET", "HEAD", "POST"])
def soeknad_unit_edit(request: HttpRequest, pk: int, unit_pk: int) -> HttpResponse:
    """Who leads the unit, its numbers, and «Send lenka»."""
    soeknad = own_soeknad(request, pk)
    if reason := why_closed(soeknad):
        return closed_meanwhile(request, soeknad, reason, LeaderForm)
    row = get_object_or_404(soeknad.units, pk=unit_pk)
    initial = {key: getattr(row, key) for key in LeaderForm.base_fields}
    form = LeaderForm(request.POST or None, initial=initial)
    if form.is_valid() and _save_leader(request, row, form):
        return redirect("cohorts:soeknad_units", soeknad.pk)
    context = {"soeknad": soeknad, "row": row, "facts": row_facts(row), "form": form}
    return render(request, "cohorts/soeknad_unit_edit.html", context)


def _save_leader(request: HttpRequest, row: SoeknadUnit, form: LeaderForm) -> bool:
    now = timezone.now()
    try:
        row = save_leader(row=row, by=request.user, now=now, **form.cleaned_data)
        if "send" in request.POST:
            send_unit_link(row=row, by=request.user, now=now)
    except ValidationError as error:
        take_errors(form, error)
        return False
    if "send" in request.POST:
        messages.success(request, _("Lenka er sendt til %(name)s.") % {"name": row.leader_name})
    else:
        messages.success(request, _("%(unit)s er lagret.") % {"unit": row})
    return True


@login_required
@require_POST
def unit_link_send(request: HttpRequest, pk: int, unit_pk: int) -> HttpResponse:
    """«Send lenka på nytt»: a fresh link, the old one stops working."""
    soeknad = own_soeknad(request, pk)
    require_writing(soeknad)
    row = get_object_or_404(soeknad.units, pk=unit_pk)
    try:
        send_unit_link(row=row, by=request.user, now=timezone.now())
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("Lenka er sendt til %(name)s.") % {"name": row.leader_name})
    back = "soeknad_unit_part_list" if request.POST.get("next") == "deler" else "soeknad_units"
    return redirect(reverse(f"cohorts:{back}", args=[soeknad.pk]))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def soeknad_unit_remove(request: HttpRequest, pk: int, unit_pk: int) -> HttpResponse:
    """Take a unit out; asked once more when its leader has begun to write."""
    soeknad = own_soeknad(request, pk)
    require_writing(soeknad)
    row = soeknad.units.filter(pk=unit_pk).first()
    if row is None:  # the second press of a double click
        return redirect("cohorts:soeknad_units", soeknad.pk)
    if request.method != "POST":
        return render(request, "cohorts/soeknad_unit_remove.html", {"soeknad": soeknad, "row": row})
    name = row.name
    remove_soeknad_unit(row=row, by=request.user, now=timezone.now())
    messages.success(request, _("%(unit)s er tatt bort.") % {"unit": name})
    return redirect("cohorts:soeknad_units", soeknad.pk)
