"""One letter: Udir reads and changes it before it leaves; the applicant reads it afterwards."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from actors.rules.roles import RoleKind
from cohorts.access.decision import can_change_letter, may_see_decisions
from cohorts.actions.decision import change_letter, seen_of
from cohorts.actions.letter import read_letter
from cohorts.forms.decision import LetterForm
from cohorts.models import Decision, Outcome
from cohorts.queries.answer import state_of_offer
from cohorts.queries.decision import held_in
from cohorts.queries.letter import units_of_decision
from cohorts.rules.answer import OfferState
from cohorts.rules.errors import StaleEdit
from cohorts.views.decision_rows import outcome_tag
from cohorts.views.letter_sheet import body_of, find_decision, sheet_of
from cohorts.views.permission import require


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def letter_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as its receiver reads it; Udir may change one that is held."""
    decision = find_decision(request, pk)
    may_change = can_change_letter(request.user, decision)
    form = None
    if may_change or request.method == "POST":
        require(may_change, _pulje(decision))
        form = _form(decision, request.POST or None)
    if request.method == "POST" and form is not None and form.is_valid():
        if _change(request, decision, form):
            return redirect(decision)
        decision = find_decision(request, pk)
    return render(request, "cohorts/letter_detail.html", _context(request, decision, form))


def _pulje(decision: Decision):
    return decision.soeknad.candidate.embete.opptak.pulje


def _form(decision: Decision, data) -> LetterForm:
    initial = {
        "reason": decision.reason,
        "conditions": decision.conditions,
        "units_offered": decision.units_offered,
        "answer_due": decision.answer_due,
        "seen": seen_of(decision),
    }
    units = len(units_of_decision(decision))
    return LetterForm(data, decision=decision, units=units, initial=initial)


def _change(request: HttpRequest, decision: Decision, form: LetterForm) -> bool:
    try:
        change_letter(
            decision=decision,
            values=form.values,
            seen=form.cleaned_data["seen"],
            by=request.user,
            now=timezone.now(),
        )
    except StaleEdit as error:
        form.data = form.data.copy()
        form.data["seen"] = seen_of(error.current)
        form.add_error(None, _stale_words(error.current))
        return False
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, _("Brevet er lagret. Les det før det slippes."))
    return True


def _stale_words(current: Decision) -> str:
    text = _(
        "En annen endret brevet mens du skrev. Begrunnelsen er nå: «%(reason)s». Teksten din står "
        "i skjemaet. Lagre igjen hvis den skal gjelde."
    )
    return text % {"reason": current.reason}


def _context(request: HttpRequest, decision: Decision, form: LetterForm | None) -> dict[str, Any]:
    sheet = sheet_of(decision, timezone.localdate())
    is_udir = may_see_decisions(request.user)
    is_held = decision.is_current and decision.released_at is None
    return {
        "decision": decision,
        "pulje": _pulje(decision),
        "sheet": sheet,
        "letter": body_of(sheet),
        "outcome": outcome_tag(decision.outcome),
        "is_udir": is_udir,
        "is_held": is_held,
        "now": timezone.now(),
        "today": timezone.localdate(),
        "form": form,
        "may_read": is_held and form is not None and decision.read_at is None,
        "next_unread": _next_unread(decision) if is_udir and is_held else None,
        "answer_url": _answer_url(request, decision),
        "offer_state": _state_of(decision),
    }


def _next_unread(decision: Decision) -> Decision | None:
    waiting = held_in(decision.soeknad.candidate.embete.opptak)
    return waiting.filter(read_at=None).exclude(pk=decision.pk).first()


def _state_of(decision: Decision) -> OfferState | None:
    """What has become of an offer that was sent; None for every other letter."""
    if decision.outcome != Outcome.TILBUD or decision.released_at is None:
        return None
    return state_of_offer(decision, timezone.localdate())


def _answer_url(request: HttpRequest, decision: Decision) -> str:
    """Where the owner answers an offer, and where it reads its answer; "" for everybody else."""
    role = request.user.role
    is_theirs = role.kind == RoleKind.EIER and role.owner_id == decision.owner_id
    is_offer = decision.is_current and decision.outcome == Outcome.TILBUD
    if not (is_theirs and is_offer and decision.released_at):
        return ""
    return reverse("cohorts:answer_edit", args=[decision.pk])


@login_required
@require_POST
def letter_read(request: HttpRequest, pk: int) -> HttpResponse:
    """«Jeg har lest brevet»: a deed, so that nothing leaves unseen."""
    decision = find_decision(request, pk)
    require(can_change_letter(request.user, decision), _pulje(decision))
    try:
        read_letter(decision=decision, by=request.user, now=timezone.now())
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect(decision)
    text = _("Brevet til %(owner)s er lest og kan godkjennes.") % {"owner": decision.owner}
    messages.success(request, text)
    following = _next_unread(decision)
    if request.POST.get("next") == "1" and following is not None:
        return redirect(following)
    return redirect("cohorts:letter_outbox", _pulje(decision).number)
