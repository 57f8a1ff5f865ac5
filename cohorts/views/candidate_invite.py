"""Inviting candidates to apply: who, a message they share, and how the letter will look."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from actors.rules.invitations import language_of
from cohorts.access.candidate import can_invite_candidates
from cohorts.actions.candidate_invite import Contact, NotInvited, invite_candidates
from cohorts.forms.candidate_invite import ContactRowForm, InviteForm
from cohorts.models import Candidate, EmbeteOpptak
from cohorts.queries.candidate_board import known_contacts, with_card_facts
from cohorts.queries.candidate_owners import together_with
from cohorts.queries.opptak import application_deadline
from cohorts.rules.candidate_invite import MAY_BE_INVITED, USUAL_EXPIRY, proposed_message
from cohorts.rules.opptak import is_late
from cohorts.views.candidate_place import own_embete, require_open
from cohorts.views.candidate_preview import previews
from lmp.lib.forms import Line, summary_lines
from lmp.lib.wording import tallord

MOST_AT_ONCE = 60


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def candidate_invite(request: HttpRequest, number: int) -> HttpResponse:
    """Invite the candidates ticked (`?kandidat=1&kandidat=2`); without any, choose them first."""
    embete = own_embete(request, number)
    require_open(request, embete)
    if not can_invite_candidates(request.user, embete):
        raise PermissionDenied(_("Opptaket er ikke åpnet ennå."))
    candidates = _chosen(request, embete)
    if not candidates:
        return _choose(request, embete)
    apply_by = application_deadline(embete)
    rows = _row_forms(request, candidates)
    form = _common_form(request, number, candidates, apply_by)
    sending = request.method == "POST" and request.POST.get("skjema") == "send"
    right = sending and all([form.is_valid(), *[row.is_valid() for row in rows]])
    if right and _send(request, embete, form, rows):
        return redirect("cohorts:candidate_list", number)
    context = {
        "opptak": embete.opptak,
        "embete": embete,
        "form": form,
        "rows": rows,
        "late": "late_reason" in form.fields,
        "apply_by": apply_by,
        "previews": previews(request.user, rows, form, timezone.now()),
        "has_errors": sending,
        "summary": _summary(form, rows) if sending else [],
        "title": _title(len(rows)),
    }
    return render(request, "cohorts/candidate_invite.html", context)


def _chosen(request: HttpRequest, embete: EmbeteOpptak) -> list[Candidate]:
    """The candidates of the own embete that were ticked; others are passed over."""
    sent = request.POST if request.method == "POST" else request.GET
    keys = [key for key in sent.getlist("kandidat") if key.isascii() and key.isdecimal()]
    found = embete.candidates.filter(pk__in=[int(key) for key in keys if len(key) < 10])
    found = found.annotate(together_with=together_with(owner=OuterRef("owner"), embete=embete))
    return list(found.select_related("owner__kommune")[:MOST_AT_ONCE])


def _choose(request: HttpRequest, embete: EmbeteOpptak) -> HttpResponse:
    found = with_card_facts(embete.candidates.filter(stage__in=MAY_BE_INVITED))
    context = {"opptak": embete.opptak, "embete": embete, "candidates": found}
    return render(request, "cohorts/candidate_choose.html", context)


def _common_form(
    request: HttpRequest, number: int, candidates: list[Candidate], apply_by: date | None
) -> InviteForm:
    return InviteForm(
        request.POST or None,
        late=is_late(timezone.localdate(), apply_by),
        languages={language_of(each.owner) for each in candidates},
        initial={
            "message_bm": proposed_message("nb", number, apply_by),
            "message_nn": proposed_message("nn", number, apply_by),
        },
    )


def _row_forms(request: HttpRequest, candidates: list[Candidate]) -> list[ContactRowForm]:
    """A row for each, with the contact that is known when there is one."""
    known = known_contacts(candidates, timezone.localdate()) if request.method != "POST" else {}
    forms = []
    for each in candidates:
        name, email = known.get(each.owner_id, ("", ""))
        initial = {"name": name, "email": email}
        forms.append(ContactRowForm(request.POST or None, candidate=each, initial=initial))
    return forms


def _send(
    request: HttpRequest, embete: EmbeteOpptak, form: InviteForm, rows: list[ContactRowForm]
) -> bool:
    """Invite all of them; False with the reasons in the forms when it cannot be done."""
    contacts = [Contact(candidate=row.candidate, **row.cleaned_data) for row in rows]
    data = form.cleaned_data
    try:
        invite_candidates(
            embete=embete,
            contacts=contacts,
            message_bm=data["message_bm"],
            message_nn=data["message_nn"],
            expires_in_days=data["expires_in_days"] or USUAL_EXPIRY,
            late_reason=data.get("late_reason", ""),
            by=request.user,
            now=timezone.now(),
        )
    except NotInvited as error:
        for row in rows:
            if text := error.rows.get(row.candidate.pk):
                row.add_error("email", text)
        return False
    except ValidationError as error:
        form.add_error(None, error.messages[0])
        return False
    messages.success(request, _("%(owners)s er invitert.") % {"owners": _names(rows)})
    return True


def _names(rows: list[ContactRowForm]) -> str:
    if len(rows) == 1:
        return str(rows[0].candidate)
    return _("%(count)s eiere") % {"count": tallord(len(rows)).capitalize()}


def _summary(form: InviteForm, rows: list[ContactRowForm]) -> list[Line]:
    """What is to be put right, each line of a row with the owner it is about."""
    lines = summary_lines(form)
    for row in rows:
        owner = row.candidate.owner
        lines += [Line(f"{owner}: {line.text}", line.target) for line in summary_lines(row)]
    return lines


def _title(count: int) -> str:
    text = ngettext("Inviter %(count)s eier", "Inviter %(count)s eiere", count)
    return text % {"count": tallord(count)}
