"""Putting owners on the list: from the register, or a private owner that is in none."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actors.actions.register_owner import create_private_owner
from actors.models import Owner
from cohorts.actions.candidate import add_candidates
from cohorts.forms.candidate import PrivateOwnerForm
from cohorts.forms.deltakelse import SearchForm
from cohorts.models import Candidate, EmbeteOpptak
from cohorts.queries.candidate_owners import ownerless_schools, owners_to_add
from cohorts.rules.candidate_board import other_names, owner_facts, together_words
from cohorts.rules.search import marked
from cohorts.views.candidate_board import private_warnings
from cohorts.views.candidate_place import own_embete, require_open
from lmp.lib.wording import tallord

MOST_HITS = 100


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def candidate_add(request: HttpRequest, number: int) -> HttpResponse:
    """Tick owners of the own embete; a private owner without a place is written in by hand."""
    embete = own_embete(request, number)
    require_open(request, embete)
    owners = owners_to_add(request.user, embete)
    pressed = request.POST.get("skjema", "")
    private = _private_form(request, embete, pressed)
    if request.method == "POST":
        if pressed == "privat":
            if private and private.is_valid() and _add_private(request, embete, private):
                return redirect("cohorts:candidate_add", number)
        else:
            added = _add_ticked(request, embete, owners)
            if added and pressed == "inviter":
                return redirect(_invite_url(number, added))
            return redirect("cohorts:candidate_add", number)
    return render(request, "cohorts/candidate_add.html", _context(request, embete, owners, private))


def _context(request: HttpRequest, embete: EmbeteOpptak, owners, private) -> dict:
    search = SearchForm(request.GET or None)
    query = search.cleaned_data["q"] if search.is_valid() else ""
    found = list(owners.search(query)[: MOST_HITS + 1])
    return {
        "opptak": embete.opptak,
        "embete": embete,
        "q": query,
        "hits": [_hit(owner, query) for owner in found[:MOST_HITS]],
        "more": len(found) > MOST_HITS,
        "listed": _listed(embete, query) if query else [],
        "private_form": private,
        "takes_private": "frittstaaende_skole" in embete.opptak.applicants,
        "has_errors": bool(private and private.errors),
        "private_warnings": private_warnings(embete),
    }


def _listed(embete: EmbeteOpptak, query: str):
    """Those that the query finds but that are on the list already."""
    owners = Owner.objects.search(query)
    return embete.candidates.filter(owner__in=owners).select_related("owner")[:MOST_HITS]


def _hit(owner: Owner, query: str) -> dict:
    kommune = owner.kommune
    facts = owner_facts(owner.kind, kommune.number if kommune else "", other_names(kommune))
    return {
        "owner": owner,
        "name": marked(owner.name, query),
        "facts": facts,
        "together": together_words(owner.together_with),
    }


def _private_form(
    request: HttpRequest, embete: EmbeteOpptak, pressed: str
) -> PrivateOwnerForm | None:
    """The form for a private owner, when the opptak is for private schools."""
    if "frittstaaende_skole" not in embete.opptak.applicants:
        return None
    data = request.POST if pressed == "privat" else None
    return PrivateOwnerForm(data, schools=ownerless_schools(embete), auto_id="privat_%s")


def _add_ticked(request: HttpRequest, embete: EmbeteOpptak, owners) -> list[Candidate]:
    """Put the ticked owners on the list; only those of the own embete count."""
    keys = [key for key in request.POST.getlist("eier") if key.isascii() and key.isdecimal()]
    ticked = owners.filter(pk__in=[int(key) for key in keys if len(key) < 10])
    added = add_candidates(embete=embete, owners=ticked, by=request.user, now=timezone.now())
    if not keys:
        messages.warning(request, _("Kryss av for dem du vil legge til."))
    elif added:
        messages.success(request, _("%(owner)s er lagt til.") % {"owner": _names(added)})
    return added


def _names(added: list[Candidate]) -> str:
    if len(added) == 1:
        return str(added[0])
    return _("%(count)s eiere") % {"count": tallord(len(added)).capitalize()}


def _add_private(request: HttpRequest, embete: EmbeteOpptak, form: PrivateOwnerForm) -> bool:
    """Make the owner and put it on the list; False with the reason in the form."""
    now = timezone.now()
    try:
        with transaction.atomic():
            owner = create_private_owner(by=request.user, now=now, **form.cleaned_data)
            add_candidates(embete=embete, owners=[owner], by=request.user, now=now)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, _("%(owner)s er lagt til.") % {"owner": owner})
    return True


def _invite_url(number: int, added: list[Candidate]) -> str:
    chosen = urlencode({"kandidat": [each.pk for each in added]}, doseq=True)
    return f"{reverse('cohorts:candidate_invite', args=[number])}?{chosen}"
