"""The owner's answer to an offer, and its receipt at the same address."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actors.models.register import OwnerKind
from cohorts.access.answer import can_answer
from cohorts.actions.answer import accept_offer, decline_offer
from cohorts.forms.answer import AnswerForm, AnswerForms, AnswerUnitForm
from cohorts.forms.errors import take_errors
from cohorts.models import Answer, Decision, SoeknadUnit
from cohorts.queries.answer import (
    matches_for,
    offers_visible_to,
    ppt_serving,
    state_of_offer,
    units_to_confirm,
)
from cohorts.rules.answer import OfferState
from lmp.lib.forms import summary_lines


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form while the offer is open; the receipt when it is answered; else whom to ask."""
    offer = get_object_or_404(offers_visible_to(request.user), pk=pk)
    state = state_of_offer(offer, timezone.localdate())
    if state == OfferState.ANSWERED:
        return _receipt(request, offer)
    if not can_answer(request.user, offer):
        raise PermissionDenied(_("Bare eieren som har fått tilbudet, kan svare på det."))
    if state != OfferState.OPEN:
        return render(request, "cohorts/answer_closed.html", _place(offer) | {"state": state})
    forms = _forms(request, offer)
    if request.method == "POST" and forms.is_valid() and _give(request, offer, forms):
        return redirect("cohorts:answer_edit", offer.pk)
    lines = summary_lines(*forms.units, forms.answer) if request.method == "POST" else []
    context = {
        "forms": forms,
        "error_lines": lines,
        "has_errors": bool(lines),
        "today": timezone.localdate(),
        "private": offer.owner.kind == OwnerKind.PRIVAT,
    }
    return render(request, "cohorts/answer_edit.html", _place(offer) | context)


def _place(offer: Decision) -> dict:
    embete = offer.soeknad.candidate.embete
    return {"offer": offer, "pulje": embete.opptak.pulje, "embete": embete.statsforvalter}


def _forms(request: HttpRequest, offer: Decision) -> AnswerForms:
    user, data = request.user, request.POST or None
    answer = AnswerForm(
        data,
        serving=ppt_serving(offer.owner, timezone.localdate()),
        private=offer.owner.kind == OwnerKind.PRIVAT,
        initial={"leader_name": user.name, "leader_email": user.email},
    )
    return AnswerForms(answer, [_unit_form(data, offer, row) for row in units_to_confirm(offer)])


def _unit_form(data, offer: Decision, row: SoeknadUnit) -> AnswerUnitForm:
    matches = matches_for(offer, row.kind) if row.unit is None else None
    return AnswerUnitForm(data, row=row, matches=matches)


def _give(request: HttpRequest, offer: Decision, forms: AnswerForms) -> bool:
    """Store the answer; a refusal stands on the form with everything that was typed."""
    by, now = request.user, timezone.now()
    try:
        if forms.answer.says_yes:
            accept_offer(decision=offer, yes=forms.acceptance(), by=by, now=now)
        else:
            reason = forms.answer.cleaned_data["reason"]
            decline_offer(decision=offer, reason=reason, by=by, now=now)
    except ValidationError as error:
        take_errors(forms.answer, error)
        return False
    return True


def _receipt(request: HttpRequest, offer: Decision) -> HttpResponse:
    answers = Answer.objects.select_related("ppt", "answered_by", "deltakelse")
    answer = get_object_or_404(answers, decision=offer)
    context = {
        "answer": answer,
        "units": list(answer.units.select_related("soeknad_unit").order_by("pk")),
        "mine": can_answer(request.user, offer),
    }
    return render(request, "cohorts/answer_receipt.html", _place(offer) | context)
