"""One candidate: how far it has come, what is to be done next, the log and the invitations."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from actors.actions.invitations import state_of
from actors.rules.invitations import may_resend
from cohorts.access.candidate import can_edit_candidates, can_invite_candidates, may_recruit
from cohorts.actions.candidate import change_candidate, dismiss_candidate, restore_candidate
from cohorts.actions.candidate_invite import (
    resend_candidate_invitation,
    withdraw_candidate_invitation,
)
from cohorts.forms.candidate import CandidateForm, DismissForm
from cohorts.models import Candidate, CandidateInvitation
from cohorts.queries.candidate_board import advisers, letters_of, with_card_facts
from cohorts.rules.candidate_board import other_names, owner_facts
from cohorts.rules.candidate_invite import MAY_BE_INVITED
from cohorts.rules.opptak import is_late
from cohorts.views.candidate_board import (
    contact_form,
    deadlines_of,
    log_row,
    next_step,
    why_here,
)
from cohorts.views.candidate_place import require_open
from cohorts.views.candidate_preview import HIDDEN
from cohorts.views.candidate_steps import steps_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def candidate_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one candidate; Udir reads the stage and who is responsible, and no more."""
    candidate = get_candidate(request, pk)
    if not may_recruit(request.user, candidate.embete):
        return render(request, "cohorts/candidate_udir.html", {"candidate": candidate})
    forms = _forms(request, candidate)
    if request.method == "POST":
        require_open(request, candidate.embete)
        if _handled(request, candidate, forms):
            return redirect(candidate)
    return render(request, "cohorts/candidate_detail.html", _context(request, candidate, forms))


def get_candidate(request: HttpRequest, pk: int) -> Candidate:
    """The candidate with its place, or 404 when the role does not see it."""
    visible = Candidate.objects.visible_to(request.user).select_related(
        "embete__opptak__pulje", "embete__statsforvalter"
    )
    return get_object_or_404(with_card_facts(visible), pk=pk)


def _forms(request: HttpRequest, candidate: Candidate) -> dict:
    """The forms of the page; the one whose button was pressed is filled with what was sent."""
    pressed = request.POST.get("skjema", "") if request.method == "POST" else ""
    today = timezone.localdate()
    initial = {
        "responsible": candidate.responsible_id,
        "reason": candidate.reason,
        "next_step": candidate.next_step,
        "next_step_on": candidate.next_step_on,
    }
    people = advisers(candidate.embete, today, also=candidate.responsible_id)
    return {
        "pressed": pressed,
        "change": CandidateForm(
            request.POST if pressed == "endre" else None, initial=initial, advisers=people
        ),
        "dismiss": DismissForm(request.POST if pressed == "legg-bort" else None, auto_id="bort_%s"),
    }


def _handled(request: HttpRequest, candidate: Candidate, forms: dict) -> bool:
    """Do what the button says; False when the form has something to put right."""
    form = {"endre": forms["change"], "legg-bort": forms["dismiss"]}.get(forms["pressed"])
    acting = {"candidate": candidate, "by": request.user, "now": timezone.now()}
    if form is None:
        if forms["pressed"] == "ta-tilbake":
            restore_candidate(**acting)
            messages.success(request, _("%(owner)s er på lista igjen.") % {"owner": candidate})
        return True
    if not form.is_valid():
        return False
    try:
        if form is forms["change"]:
            change_candidate(**acting, **form.cleaned_data)
            messages.success(request, _("Lagret."))
        else:
            dismiss_candidate(**acting, **form.cleaned_data)
            messages.success(request, _("%(owner)s er lagt bort.") % {"owner": candidate})
    except ValidationError as error:
        form.add_error(None, error.messages[0])
        return False
    return True


def _context(request: HttpRequest, candidate: Candidate, forms: dict) -> dict:
    now, today = timezone.now(), timezone.localdate()
    owner, embete = candidate.owner, candidate.embete
    seen = deadlines_of(embete, today)
    kommune = owner.kommune
    contacts = candidate.contacts.select_related("candidate__owner__kommune", "by")
    sent = candidate.invitations.select_related("invitation__accepted_by")
    log_form = contact_form(embete, today)
    log_form.fields["candidate"].initial = candidate.pk
    soeknad = getattr(candidate, "soeknad", None)
    return {
        "candidate": candidate,
        "opptak": embete.opptak,
        "facts": owner_facts(owner.kind, kommune.number if kommune else "", other_names(kommune)),
        "why": why_here(candidate),
        "step": next_step(candidate, seen),
        "apply_by": seen.apply_by if candidate.stage in MAY_BE_INVITED else None,
        "apply_by_passed": is_late(today, seen.apply_by),
        "form": forms["change"],
        "dismiss_form": forms["dismiss"],
        "has_errors": bool(forms["pressed"]),
        "log_form": log_form,
        "log": [log_row(each, today) for each in contacts],
        "invitations": [invitation_row(each, now) for each in sent],
        "steps": steps_of(candidate, now),
        "soeknad": soeknad if soeknad and soeknad.sent_at else None,
        "started": soeknad is not None,
        "may_edit": can_edit_candidates(request.user, embete),
        "may_invite": can_invite_candidates(request.user, embete)
        and candidate.stage in MAY_BE_INVITED,
    }


def invitation_row(invited: CandidateInvitation, now: datetime) -> dict:
    """An invitation with what has become of it."""
    invitation = invited.invitation
    return {
        "invited": invited,
        "invitation": invitation,
        "state": state_of(invitation, now),
        "may_resend": may_resend(invitation.sent_at, now),
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_sent(request: HttpRequest, pk: int, invited_pk: int) -> HttpResponse:
    """What was sent, word by word, and sending it again or taking it back."""
    readable = Candidate.objects.readable_by(request.user)
    found = CandidateInvitation.objects.filter(candidate__in=readable).select_related(
        "candidate__owner",
        "candidate__embete__opptak__pulje",
        "invitation__accepted_by",
        "invitation__owner__kommune__fylke",
        "invitation__invited_by",
    )
    invited = get_object_or_404(found, pk=invited_pk, candidate=pk)
    embete = invited.candidate.embete
    if request.method == "POST":
        require_open(request, embete)
        _again_or_back(request, invited)
        return redirect("cohorts:invitation_sent", pk, invited_pk)
    context = {
        **invitation_row(invited, timezone.now()),
        "candidate": invited.candidate,
        "opptak": embete.opptak,
        "letters": [_letter(mail, invited) for mail in letters_of(invited.invitation)],
        "may_edit": can_edit_candidates(request.user, embete),
    }
    return render(request, "cohorts/candidate_invitation.html", context)


def _letter(mail, invited: CandidateInvitation) -> dict:
    """A mail as text; the personal link is left out, because it opens somebody else's door."""
    return {"mail": mail, "text": mail.text.replace(invited.invitation.token, HIDDEN)}


def _again_or_back(request: HttpRequest, invited: CandidateInvitation) -> None:
    email = {"email": invited.invitation.email}
    try:
        if request.POST.get("skjema") == "trekk":
            withdraw_candidate_invitation(invited=invited, by=request.user, now=timezone.now())
            messages.success(request, _("Invitasjonen til %(email)s er trukket.") % email)
        else:
            resend_candidate_invitation(invited=invited, by=request.user, now=timezone.now())
            messages.success(request, _("Invitasjonen er på vei til %(email)s.") % email)
    except ValidationError as error:
        messages.warning(request, error.messages[0])
