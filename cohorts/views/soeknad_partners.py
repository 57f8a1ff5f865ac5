"""Kommuner that apply together: the lead asks, the others answer for themselves."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cohorts.access.soeknad import is_writer
from cohorts.access.soeknad_sending import partner_of
from cohorts.actions.soeknad_answers import save_answers
from cohorts.actions.soeknad_partners import (
    answer_partner,
    ask_partner,
    take_back_question,
    withdraw_partner,
)
from cohorts.forms.deltakelse import SearchForm
from cohorts.forms.errors import take_errors
from cohorts.forms.soeknad_partners import AskForm, GroupForm, PartnerAnswerForm, ReasonForm
from cohorts.models import Soeknad, SoeknadPartner
from cohorts.queries.applicants import partners_for
from cohorts.rules.search import SHORTEST, marked, orgnr_in_words
from cohorts.rules.soeknad_form import STYRINGSGRUPPE
from cohorts.views.deltakelse import MOST_HITS
from cohorts.views.soeknad_links import part_place
from cohorts.views.soeknad_place import own_soeknad, require_writing, seen_soeknad, why_closed
from cohorts.views.soeknad_typed import sign_in_or_keep

Status = SoeknadPartner.Status
TAGS = {
    Status.ASKED: ("planned", "info"),
    Status.CONFIRMED: ("ok", "success"),
    Status.DECLINED: ("cancelled", "neutral"),
    Status.WITHDRAWN: ("cancelled", "neutral"),
}


@sign_in_or_keep(AskForm, PartnerAnswerForm, ReasonForm)
@require_http_methods(["GET", "HEAD", "POST"])
def soeknad_partners(request: HttpRequest, pk: int) -> HttpResponse:
    """The lead asks and sees the answers; an asked owner answers on the same address."""
    soeknad = seen_soeknad(request, pk)
    if is_writer(request.user, soeknad):
        return _lead(request, soeknad)
    partner = partner_of(request.user, soeknad)
    if partner is None:
        raise PermissionDenied(_("Bare de som søker, ser denne siden."))
    return _partner(request, soeknad, partner)


def _lead(request: HttpRequest, soeknad: Soeknad) -> HttpResponse:
    may_ask = soeknad.applicant == "kommune" and soeknad.candidate.embete.opptak.joint_allowed
    owners = partners_for(soeknad)
    asking = _asking(request, soeknad, owners) if may_ask else None
    if request.method == "POST":
        require_writing(soeknad)
        if asking and asking.is_valid() and _ask(request, soeknad, asking):
            return redirect("cohorts:soeknad_partners", soeknad.pk)
    rows = list(soeknad.partners.select_related("owner"))
    context = {
        "soeknad": soeknad,
        "place": part_place(soeknad, "sammen") if soeknad.applicant == "kommune" else None,
        "rows": [_row(row) for row in rows],
        "may_ask": may_ask,
        "form": asking,
        "chosen": _chosen(asking, owners),
        "group_form": _group_form(soeknad, rows),
        "closed": why_closed(soeknad),
        **_search(request, owners),
    }
    return render(request, "cohorts/soeknad_partners.html", context)


def _row(row: SoeknadPartner) -> dict:
    icon, color = TAGS[Status(row.status)]
    tag = {"icon": icon, "color": color, "word": row.get_status_display()}
    return {"row": row, "tag": tag, "waits": row.status == Status.ASKED}


def _asking(request: HttpRequest, soeknad: Soeknad, owners) -> AskForm | None:
    """The form for the owner that was chosen among the hits, or posted."""
    if request.method == "POST":
        again = soeknad.partners.filter(status=Status.ASKED).values("owner")
        allowed = owners.model.objects.filter(pk__in=owners.values("pk"))
        return AskForm(request.POST, owners=allowed | owners.model.objects.filter(pk__in=again))
    chosen = request.GET.get("eier", "")
    if chosen.isascii() and chosen.isdecimal() and owners.filter(pk=int(chosen)).exists():
        return AskForm(owners=owners, initial={"owner": int(chosen)})
    return None


def _chosen(form: AskForm | None, owners):
    """The owner the form is about, by name."""
    value = form["owner"].value() if form else None
    return owners.filter(pk=value).first() if str(value or "").isdecimal() else None


def _ask(request: HttpRequest, soeknad: Soeknad, form: AskForm) -> bool:
    values = form.cleaned_data
    known = soeknad.partners.filter(owner=values["owner"]).first()
    if known is not None and known.status == Status.ASKED and not values["contact_email"]:
        values = values | {"contact_name": known.contact_name, "contact_email": known.contact_email}
    try:
        ask_partner(soeknad=soeknad, by=request.user, now=timezone.now(), **values)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return True
    messages.success(request, _("%(owner)s er spurt.") % {"owner": values["owner"]})
    return True


def _group_form(soeknad: Soeknad, rows: list[SoeknadPartner], data=None) -> GroupForm | None:
    if not any(row.status == Status.CONFIRMED for row in rows):
        return None
    value = soeknad.answers.filter(key=STYRINGSGRUPPE).values_list("value", flat=True).first()
    return GroupForm(data, initial={"styringsgruppe": value})


def _search(request: HttpRequest, owners) -> dict:
    form = SearchForm(request.GET or None)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    found = list(owners.search(query)[: MOST_HITS + 1]) if len(query) >= SHORTEST else []
    hits = [
        {"owner": each, "name": marked(each.name, query), "facts": orgnr_in_words(each.orgnr)}
        for each in found[:MOST_HITS]
    ]
    return {"q": query, "hits": hits, "more": len(found) > MOST_HITS}


@login_required
@require_POST
def soeknad_styringsgruppe(request: HttpRequest, pk: int) -> HttpResponse:
    """One styringsgruppe for the kommuner, or one each; the last choice holds."""
    soeknad = own_soeknad(request, pk)
    require_writing(soeknad)
    form = GroupForm(request.POST)
    if form.is_valid():
        found = soeknad.answers.filter(key=STYRINGSGRUPPE).first()
        save_answers(
            soeknad=soeknad,
            part="sammen",
            values={STYRINGSGRUPPE: form.cleaned_data["styringsgruppe"]},
            versions={STYRINGSGRUPPE: found.version if found else 0},
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("Valget er lagret."))
    else:
        messages.error(request, _("Velg om dere vil ha felles eller egne styringsgrupper."))
    return redirect("cohorts:soeknad_partners", soeknad.pk)


@login_required
@require_POST
def partner_take_back(request: HttpRequest, pk: int, partner_pk: int) -> HttpResponse:
    """The lead no longer asks."""
    soeknad = own_soeknad(request, pk)
    require_writing(soeknad)
    partner = get_object_or_404(soeknad.partners.select_related("owner"), pk=partner_pk)
    try:
        take_back_question(partner=partner, by=request.user, now=timezone.now())
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        text = _("%(owner)s er ikke lenger spurt.") % {"owner": partner.owner}
        messages.success(request, text)
    return redirect("cohorts:soeknad_partners", soeknad.pk)


def _partner(request: HttpRequest, soeknad: Soeknad, partner: SoeknadPartner) -> HttpResponse:
    """The asked owner's page: answer, or leave later."""
    form_class = PartnerAnswerForm if partner.status == Status.ASKED else ReasonForm
    form = form_class(request.POST or None)
    if form.is_valid() and _answer(request, partner, form):
        if partner.status == Status.CONFIRMED:
            return redirect("cohorts:soeknad_partners", soeknad.pk)
        return redirect("reports:my_page")
    context = {
        "soeknad": soeknad,
        "lead": soeknad.candidate.owner,
        "partner": partner,
        "asked": partner.status == Status.ASKED,
        "form": form,
        "others": soeknad.partners.filter(status=Status.CONFIRMED).exclude(pk=partner.pk),
    }
    return render(request, "cohorts/soeknad_partner_answer.html", context)


def _answer(request: HttpRequest, partner: SoeknadPartner, form) -> bool:
    """Store the answer; the row then holds it."""
    values, now = form.cleaned_data, timezone.now()
    do = {"partner": partner, "reason": values.get("reason", ""), "by": request.user, "now": now}
    try:
        if isinstance(form, ReasonForm):
            done = withdraw_partner(**do)
        else:
            done = answer_partner(**do, confirmed=values["answer"] == "ja")
    except ValidationError as error:
        take_errors(form, error)
        return False
    partner.status = done.status
    words = {
        Status.CONFIRMED: _("Dere søker sammen."),
        Status.DECLINED: _("Dere har svart nei."),
        Status.WITHDRAWN: _("Dere har trukket dere. De andre søker fortsatt."),
    }
    messages.success(request, words[Status(done.status)])
    return True
