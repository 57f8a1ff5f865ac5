"""Setting up an opptak (Udir): one part at a time, and then opening it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cohorts.access.opptak import can_set_deadline, can_set_up_opptak
from cohorts.actions.opptak import close_opptak, open_opptak, start_pulje
from cohorts.actions.opptak_criteria import remove_criterion
from cohorts.actions.opptak_embete import set_internal_deadline
from cohorts.forms.errors import take_errors
from cohorts.forms.opptak import DeadlineForm
from cohorts.models import EmbeteOpptak, Opptak
from cohorts.queries.opptak import opening_facts, opptak_dates, settings_of
from cohorts.queries.programme import programme_of
from cohorts.rules.letter_defaults import PLACEHOLDERS
from cohorts.rules.opptak import is_tight
from cohorts.rules.opptak_opening import opening_checks, quota_sum_in_words
from cohorts.views.opptak_parts import Part, parts_of, save_part
from cohorts.views.permission import require
from lmp.lib.wording import tallord


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def opptak_settings(request: HttpRequest, number: int) -> HttpResponse:
    """Every part with a form of its own; «del» in what is sent says which one."""
    opptak = _opptak(request, number)
    may_edit = opptak.closed_at is None and not opptak.pulje.is_closed
    if request.method == "POST":
        sent = request.POST.get("del", "")
        if sent in STEPS:
            require(True, opptak.pulje)
            return _step(request, opptak, sent)
        require(may_edit, opptak.pulje)
        if sent.startswith(REMOVE):
            return _remove(request, opptak, sent.removeprefix(REMOVE))
    parts = parts_of(opptak, request)
    part = parts.get(request.POST.get("del", ""))
    if part is not None and save_part(part, by=request.user, now=timezone.now()):
        messages.success(request, _("Endringen er lagret."))
        return _to(opptak, part.section)
    context = _context(opptak, parts) | {"may_edit": may_edit, "has_errors": part is not None}
    return render(request, "cohorts/opptak_settings.html", context)


REMOVE = "fjern-"


def _context(opptak: Opptak, parts: dict[str, Part]) -> dict[str, Any]:
    calendar = programme_of(opptak.pulje).calendar_rules.calendar
    checks = opening_checks(opening_facts(opptak, calendar, timezone.localdate()))
    places = parts["plasser"].form
    return {
        "opptak": opptak,
        "pulje": opptak.pulje,
        "parts": parts,
        "criteria": [each for name, each in parts.items() if name.startswith("kriterium-")],
        "letters": [each for name, each in parts.items() if name.startswith("brev-")],
        "checks": checks,
        "title": _title(opptak, sum(not check.ok for check in checks)),
        "quota_sum": quota_sum_in_words([each.quota for each in places.embeter], opptak.capacity),
        "placeholders": PLACEHOLDERS,
        "sections": _sections(),
    }


def _title(opptak: Opptak, missing: int) -> str:
    if opptak.closed_at is not None:
        return _("Opptaket er avsluttet")
    if opptak.opened_at is not None:
        return _("Opptaket er åpent")
    if not missing:
        return _("Opptaket er klart til å åpnes")
    text = ngettext(
        "%(count)s ting gjenstår før opptaket kan åpnes",
        "%(count)s ting gjenstår før opptaket kan åpnes",
        missing,
    )
    words = text % {"count": tallord(missing)}
    return words[0].upper() + words[1:]


def _sections() -> list[tuple[str, str, str]]:
    """The parts in order: name, heading, and a line about what it does."""
    return [
        ("informasjon", _("Informasjon"), _("Dette leser alle som kan søke.")),
        ("soekere", _("Hvem kan søke"), ""),
        ("datoer", _("Datoer"), _("Embetene kan sette sin egen søknadsfrist før lista skal inn.")),
        ("plasser", _("Plasser"), _("En kommune er én plass, også når flere søker sammen.")),
        ("kriterier", _("Kriterier"), _("Søknadene vurderes etter disse. Søkerne ser dem.")),
        ("brev", _("Brev"), _("Brevet følger målforma til søkeren.")),
        ("vedtak", _("Enkeltvedtak"), _("La det stå tomt når svaret er et tilbud.")),
    ]


def _open(request: HttpRequest, opptak: Opptak) -> str:
    open_opptak(opptak=opptak, by=request.user, now=timezone.now())
    return _("Opptaket er åpnet. Embetene ser det nå.")


def _close(request: HttpRequest, opptak: Opptak) -> str:
    close_opptak(opptak=opptak, by=request.user, now=timezone.now())
    return _("Opptaket er avsluttet.")


def _start(request: HttpRequest, opptak: Opptak) -> str:
    start_pulje(pulje=opptak.pulje, by=request.user, now=timezone.now())
    return _("Pulja har startet.")


STEPS: dict[str, Callable[[HttpRequest, Opptak], str]] = {
    "aapne": _open,
    "avslutt": _close,
    "start": _start,
}


def _step(request: HttpRequest, opptak: Opptak, step: str) -> HttpResponse:
    """Open or end the opptak, or start the pulje; what is missing is said where it is."""
    try:
        messages.success(request, STEPS[step](request, opptak))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return _to(opptak, "aapne")
    return redirect(opptak)


def _remove(request: HttpRequest, opptak: Opptak, key: str) -> HttpResponse:
    criterion = get_object_or_404(opptak.criteria, pk=int(key) if key.isdigit() else 0)
    try:
        remove_criterion(criterion=criterion, by=request.user, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("«%(criterion)s» er fjernet.") % {"criterion": criterion})
    return _to(opptak, "kriterier")


def _to(opptak: Opptak, section: str) -> HttpResponse:
    url = reverse("cohorts:opptak_settings", args=[opptak.pulje.number])
    return redirect(f"{url}#{section}")


def _opptak(request: HttpRequest, number: int) -> Opptak:
    visible = settings_of(Opptak.objects.visible_to(request.user))
    opptak = get_object_or_404(visible, pulje__number=number)
    if not can_set_up_opptak(request.user):
        raise PermissionDenied(_("Bare Utdanningsdirektoratet kan endre opptaket."))
    return opptak


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def opptak_deadline(request: HttpRequest, number: int) -> HttpResponse:
    """The embete's own deadline for applications (statsforvalter)."""
    opptak = get_object_or_404(Opptak.objects.visible_to(request.user), pulje__number=number)
    shares = EmbeteOpptak.objects.visible_to(request.user).select_related(
        "opptak__pulje", "statsforvalter"
    )
    embete = shares.filter(opptak=opptak).first()
    if embete is None or not can_set_deadline(request.user, embete):
        raise PermissionDenied(_("Bare statsforvalteren setter fristen, mens opptaket er åpent."))
    dates = opptak_dates(opptak)
    form = DeadlineForm(request.POST or None, initial={"deadline": embete.internal_deadline})
    if form.is_valid() and _save_deadline(request, embete, form):
        return redirect(opptak)
    calendar = programme_of(opptak.pulje).calendar_rules.calendar
    day = embete.internal_deadline or dates.soeknadsfrist
    context = {
        "opptak": opptak,
        "embete": embete,
        "form": form,
        "dates": dates,
        "tight": day is not None and is_tight(day, dates.prioritert_liste, calendar),
    }
    return render(request, "cohorts/opptak_deadline.html", context)


def _save_deadline(request: HttpRequest, embete: EmbeteOpptak, form: DeadlineForm) -> bool:
    deadline = form.cleaned_data["deadline"]
    try:
        set_internal_deadline(embete=embete, deadline=deadline, by=request.user, now=timezone.now())
    except ValidationError as error:
        take_errors(form, error)
        return False
    text = _("Fristen er endret.") if deadline else _("Embetet følger fristen i opptaket.")
    messages.success(request, text)
    return True
