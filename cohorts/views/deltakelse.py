"""Who takes part in a pulje: the list, picking an owner, and the page of one deltakelse."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from actors.models import Owner, Unit
from cohorts.access.deltakelse import (
    can_assign_veileder,
    can_edit_deltakelse,
    can_establish_group,
    can_pick_participants,
    is_open_to_change,
)
from cohorts.actions.deltakelse import add_deltakelse, add_unit
from cohorts.forms.deltakelse import OppdragForm, OwnerPickForm, SearchForm, UnitPickForm
from cohorts.models import Deltakelse, DeltakendeUnit, Pulje, Veilederoppdrag
from cohorts.queries.programme import programme_of
from cohorts.queries.register import owners_for, units_for
from cohorts.queries.veiledere import veiledere
from cohorts.rules.participants import pair_warning
from cohorts.rules.search import (
    SHORTEST,
    few_children,
    marked,
    orgnr_in_words,
    unit_in_words,
)
from cohorts.views.permission import require
from lmp.lib.wording import tallord

MOST_HITS = 20


@login_required
def deltakelse_list(request: HttpRequest, number: int) -> HttpResponse:
    """Owners in the pulje with their units and veiledere, as far as the role sees them."""
    pulje = get_object_or_404(Pulje.objects.visible_to(request.user), number=number)
    rows = [_list_row(each) for each in _with_parts(request, pulje.deltakelser)]
    context = {
        "pulje": pulje,
        "rows": rows,
        "title": _owners_in_words(len(rows)),
        "units": sum(len(row["active"]) for row in rows),
        "may_pick": can_pick_participants(request.user) and is_open_to_change(pulje),
    }
    return render(request, "cohorts/deltakelse_list.html", context)


def _owners_in_words(count: int) -> str:
    text = ngettext("%(number)s eier deltar", "%(number)s eiere deltar", count)
    return text % {"number": tallord(count).capitalize() if count else _("Ingen")}


def _with_parts(request: HttpRequest, deltakelser) -> list[Deltakelse]:
    """Deltakelser with the units the role sees and those who follow them today."""
    units = DeltakendeUnit.objects.visible_to(request.user).select_related("unit__owner")
    following = Veilederoppdrag.objects.active(timezone.localdate()).select_related("veileder")
    found = deltakelser.visible_to(request.user).select_related("owner", "pulje")
    return list(
        found.prefetch_related(
            Prefetch("units", units.order_by("unit__sort_name"), to_attr="seen_units"),
            Prefetch("oppdrag", following, to_attr="followed_by"),
        )
    )


def _list_row(deltakelse: Deltakelse) -> dict:
    active = [unit for unit in deltakelse.seen_units if unit.status == "active"]
    people = {each.veileder_id: each.veileder for each in deltakelse.followed_by}
    return {
        "deltakelse": deltakelse,
        "active": active,
        "withdrawn": len(deltakelse.seen_units) - len(active),
        "veiledere": list(people.values()),
        "warning": pair_warning(len(people)),
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def deltakelse_create(request: HttpRequest, number: int) -> HttpResponse:
    """Search the register for an owner; «Legg til» brings it into the pulje."""
    pulje = get_object_or_404(Pulje.objects.visible_to(request.user), number=number)
    if not can_pick_participants(request.user):
        raise PermissionDenied(_("Du kan ikke velge hvem som deltar."))
    owners = owners_for(request.user)
    if request.method == "POST":
        require(True, pulje)
        form = OwnerPickForm(request.POST, owners=owners)
        if form.is_valid() and (added := _add_owner(request, pulje, form.cleaned_data["owner"])):
            return redirect("cohorts:deltakelse_edit", added.pk)
    search = SearchForm(request.GET or None)
    query = search.cleaned_data["q"] if search.is_valid() else ""
    hits = _owner_hits(owners, query, pulje) if len(query) >= SHORTEST else []
    context = {
        "pulje": pulje,
        "search": search,
        "q": query,
        "hits": hits[:MOST_HITS],
        "more": len(hits) > MOST_HITS,
        "open": is_open_to_change(pulje),
    }
    return render(request, "cohorts/deltakelse_create.html", context)


def _add_owner(request: HttpRequest, pulje: Pulje, owner: Owner) -> Deltakelse | None:
    try:
        added = add_deltakelse(pulje=pulje, owner=owner, by=request.user, now=timezone.now())
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return None
    values = {"owner": owner, "pulje": str(pulje).lower()}
    messages.success(request, _("%(owner)s er med i %(pulje)s. Velg enhetene.") % values)
    return added


def _owner_hits(owners, query: str, pulje: Pulje) -> list[dict]:
    taking_part = dict(pulje.deltakelser.values_list("owner", "pk"))
    return [
        {
            "owner": owner,
            "name": marked(owner.name, query),
            "facts": f"{owner.get_kind_display().capitalize()} · {orgnr_in_words(owner.orgnr)}",
            "deltakelse": taking_part.get(owner.pk),
        }
        for owner in owners.search(query)[: MOST_HITS + 1]
    ]


@login_required
def deltakelse_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Units, veiledere and groups of one deltakelse; who may not change it reads it."""
    return show_deltakelse(request, get_seen(request, pk))


def get_seen(request: HttpRequest, pk: int) -> Deltakelse:
    """The deltakelse, or 404 when the role does not see it."""
    found = Deltakelse.objects.visible_to(request.user)
    return get_object_or_404(found.select_related("owner__kommune", "pulje"), pk=pk)


def show_deltakelse(
    request: HttpRequest, deltakelse: Deltakelse, oppdrag_form: OppdragForm | None = None
) -> HttpResponse:
    """The page, with the form for a veileder as it was sent when there is one."""
    user, today = request.user, timezone.localdate()
    units = _units(request, deltakelse)
    may_edit = can_edit_deltakelse(user, deltakelse)
    may_assign = can_assign_veileder(user, deltakelse)
    following = list(deltakelse.oppdrag.following(deltakelse, today))
    context = {
        "deltakelse": deltakelse,
        "pulje": deltakelse.pulje,
        "units": [_unit_row(request, deltakelse, unit) for unit in units],
        "active_count": sum(unit.status == "active" for unit in units),
        "may_edit": may_edit,
        "following": following,
        "earlier": _earlier(deltakelse, today),
        "warning": pair_warning(len({each.veileder_id for each in following})),
        "may_assign": may_assign,
        "form": oppdrag_form or (_oppdrag_form(deltakelse, today) if may_assign else None),
        "may_establish": can_establish_group(user, deltakelse),
        "has_errors": bool(oppdrag_form and oppdrag_form.errors),
        **(_unit_search(request, deltakelse, units) if may_edit else {}),
    }
    return render(request, "cohorts/deltakelse_edit.html", context)


def _units(request: HttpRequest, deltakelse: Deltakelse) -> list[DeltakendeUnit]:
    units = DeltakendeUnit.objects.visible_to(request.user).filter(deltakelse=deltakelse)
    return list(units.select_related("unit__owner", "unit__kommune").order_by("unit__sort_name"))


def _unit_row(request: HttpRequest, deltakelse: Deltakelse, unit: DeltakendeUnit) -> dict:
    return {
        "row": unit,
        "facts": unit_facts(unit.unit),
        "few": few_children(unit.unit.children),
        "may_establish": can_establish_group(request.user, deltakelse, unit),
    }


def unit_facts(unit: Unit) -> str:
    """What the register says of a unit, in one line."""
    return unit_in_words(
        unit.kind,
        unit.ownership,
        (unit.grade_from, unit.grade_to),
        unit.children,
        str(unit.owner or ""),
    )


def _earlier(deltakelse: Deltakelse, today: date) -> list[Veilederoppdrag]:
    """Assignments that are over, and those that have not begun."""
    rows = deltakelse.oppdrag.select_related("veileder", "unit__unit").order_by("valid_from")
    over = [each for each in rows if each.valid_to is not None and each.valid_to < today]
    return over + [each for each in rows if each.valid_from > today]


def _oppdrag_form(deltakelse: Deltakelse, today: date, data=None) -> OppdragForm:
    return OppdragForm(
        data,
        veiledere=veiledere(today),
        units=deltakelse.units.active().select_related("unit"),
        initial={"valid_from": today, "function": Veilederoppdrag.Function.LEAD},
    )


def _unit_search(request: HttpRequest, deltakelse: Deltakelse, units: list[DeltakendeUnit]) -> dict:
    """The search in the register, within what the owner may take part with."""
    search = SearchForm(request.GET or None)
    query = search.cleaned_data["q"] if search.is_valid() else ""
    pickable = units_for(deltakelse.owner, programme_of(deltakelse.pulje).unit_kinds)
    taking_part = {unit.unit_id for unit in units if unit.status == "active"}
    found = list(pickable.search(query)[: MOST_HITS + 1]) if len(query) >= SHORTEST else []
    return {
        "search": search,
        "q": query,
        "hits": [
            {
                "unit": unit,
                "name": marked(unit.name, query),
                "facts": f"{unit_facts(unit)} · {orgnr_in_words(unit.orgnr)}",
                "few": few_children(unit.children),
                "added": unit.pk in taking_part,
            }
            for unit in found[:MOST_HITS]
        ],
        "more": len(found) > MOST_HITS,
        "semesters": list(deltakelse.pulje.semesters.all()),
    }


@login_required
@require_POST
def unit_add(request: HttpRequest, pk: int) -> HttpResponse:
    """«Legg til» on a hit: the unit takes part, from the chosen semester on."""
    deltakelse = get_seen(request, pk)
    require(can_edit_deltakelse(request.user, deltakelse), deltakelse.pulje)
    form = UnitPickForm(
        request.POST,
        units=units_for(deltakelse.owner, programme_of(deltakelse.pulje).unit_kinds),
        semesters=list(deltakelse.pulje.semesters.all()),
    )
    if form.is_valid():
        _add_unit(request, deltakelse, form)
    else:
        messages.error(request, _("Enheten kan ikke legges til. Søk på nytt."))
    return redirect("cohorts:deltakelse_edit", deltakelse.pk)


def _add_unit(request: HttpRequest, deltakelse: Deltakelse, form: UnitPickForm) -> None:
    unit = form.cleaned_data["unit"]
    try:
        add_unit(
            deltakelse=deltakelse,
            unit=unit,
            first_semester=form.cleaned_data["first_semester"] or 0,
            sfo_takes_part=bool(unit.has_sfo),
            by=request.user,
            now=timezone.now(),
        )
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("%(unit)s er lagt til.") % {"unit": unit})
