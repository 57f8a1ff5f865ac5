"""Transparency: how far the own søknad has come and why, and why a unit takes part."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cohorts.access.soeknad import can_apply, can_read_why, is_writer
from cohorts.access.soeknad_sending import partner_of
from cohorts.models import Answer, Decision, DeltakendeUnit, Outcome, SoeknadVersion
from cohorts.queries.answer import state_of_offer
from cohorts.queries.opptak import opptak_dates
from cohorts.queries.soeknad_status import own_decision, progress_of
from cohorts.rules.answer import OfferState
from cohorts.rules.soeknad_status import chain
from cohorts.views.soeknad_place import seen_soeknad


@login_required
@require_safe
def soeknad_status(request: HttpRequest, pk: int) -> HttpResponse:
    """The own steps, the criteria, and the own outcome with its reason once it is released.

    Nothing of anybody else: no rank, no assessment, no other applicant's answer.
    """
    soeknad = seen_soeknad(request, pk)
    if not can_apply(request.user):
        raise PermissionDenied(_("Denne siden er for den som søker."))
    opptak = soeknad.candidate.embete.opptak
    decision = own_decision(request.user, soeknad)
    version = soeknad.versions.first()
    context = {
        "soeknad": soeknad,
        "version": version,
        "decision": decision,
        "answer": getattr(decision, "answer", None),
        "may_answer": _may_answer(decision),
        "steps": chain(progress_of(soeknad, decision), opptak_dates(opptak)),
        "criteria": opptak.criteria.filter(applies_to=soeknad.applicant),
        "writes": is_writer(request.user, soeknad),
        "partner": partner_of(request.user, soeknad),
        "title": _title(soeknad, decision, version),
    }
    return render(request, "cohorts/soeknad_status.html", context)


def _may_answer(decision: Decision | None) -> bool:
    """Whether there is an offer that still can be answered."""
    if decision is None or decision.outcome != Outcome.TILBUD:
        return False
    return state_of_offer(decision, timezone.localdate()) == OfferState.OPEN


def _title(soeknad, decision, version: SoeknadVersion | None) -> str:
    if soeknad.is_withdrawn:
        return _("Søknaden er trukket")
    if decision is not None:
        titles = {
            "tilbud": _("Dere er invitert til å delta"),
            "reserve": _("Dere står på reservelista"),
            "avslag": _("Dere fikk ikke plass denne gangen"),
        }
        return titles[decision.outcome]
    if version is None:
        return _("Søknaden er ikke sendt ennå")
    if soeknad.forwarded_at is not None:
        return _("Udir bestemmer hvem som inviteres")
    return _("Statsforvalteren vurderer søknaden")


@login_required
@require_safe
def unit_why(request: HttpRequest, pk: int) -> HttpResponse:
    """Why a unit takes part: what was applied for, its own part, the criteria and the reason."""
    units = DeltakendeUnit.objects.visible_to(request.user)
    unit = get_object_or_404(units.select_related("unit", "deltakelse__owner"), pk=pk)
    if not can_read_why(request.user):
        raise PermissionDenied(
            _("Bare enheten, eieren, veilederne og de som avgjorde søknaden, leser dette.")
        )
    answer = Answer.objects.filter(deltakelse=unit.deltakelse_id).select_related(
        "decision__soeknad__candidate__embete__opptak__pulje"
    )
    decision = getattr(answer.first(), "decision", None)
    version = decision.soeknad.versions.first() if decision else None
    if version is None or decision.released_at is None:
        raise Http404
    content = version.content
    opptak = decision.soeknad.candidate.embete.opptak
    context = {
        "unit": unit,
        "decision": decision,
        "opptak": opptak,
        "version": version,
        "challenges": _answer_in(content, "challenges"),
        "part": _own_part(content, unit.unit_id),
        "criteria": opptak.criteria.filter(applies_to=decision.soeknad.applicant),
    }
    return render(request, "cohorts/unit_why.html", context)


def _answer_in(content: dict, key: str) -> dict | None:
    rows = [row for part in content.get("parts", []) for row in part["answers"]]
    return next((row for row in rows if row["key"] == key), None)


def _own_part(content: dict, unit: int) -> dict | None:
    """What the unit's leader wrote; the meeting's date is not for this page."""
    found = next((each for each in content.get("units", []) if each["unit"] == unit), None)
    part = found["part"] if found else None
    return part | {"staff_meeting_on": None} if part else None
