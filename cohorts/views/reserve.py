"""Udir gives a free place to the next on the reserve list; nothing moves by itself."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cohorts.access.answer import can_move_reserve
from cohorts.actions.decision import offer_to_reserve
from cohorts.forms.errors import take_errors
from cohorts.forms.reserve import ReserveForm
from cohorts.models import Decision, Opptak
from cohorts.queries.programme import programme_of
from cohorts.queries.reserve import FreeRow, choices_in, reserve_rows
from lmp.lib.forms import summary_lines
from lmp.lib.wording import tallord

TIME_TO_ANSWER = timedelta(days=14)


@dataclass(frozen=True)
class Choice:
    """A reserve that may be offered the place, with its own form."""

    decision: Decision
    form: ReserveForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reserve_next(request: HttpRequest, number: int) -> HttpResponse:
    """Free places per embete with the next in line; confirming puts the letter in the outbox."""
    visible = Opptak.objects.visible_to(request.user).select_related("pulje")
    opptak = get_object_or_404(visible, pulje__number=number)
    if not can_move_reserve(request.user, opptak):
        raise PermissionDenied(_("Bare Udir gir ledige plasser til reservene."))
    rows = reserve_rows(opptak)
    sent = _form(opptak, rows, request.POST) if request.method == "POST" else None
    if sent is not None and sent.is_valid() and _offer(request, sent):
        return redirect("cohorts:reserve_next", number)
    lines = summary_lines(sent)
    context = {
        "opptak": opptak,
        "pulje": opptak.pulje,
        "rows": [
            (row, [_choice(opptak, rows, each, sent) for each in row.choices]) for row in rows
        ],
        "title": _in_words(sum(row.free for row in rows)),
        "error_lines": lines,
        "form": sent,
    }
    return render(request, "cohorts/reserve_next.html", context)


def _in_words(count: int) -> str:
    if not count:
        return _("Ingen plasser er ledige")
    text = ngettext("%(n)s plass er ledig", "%(n)s plasser er ledige", count)
    return text % {"n": tallord(count).capitalize()}


def _form(opptak: Opptak, rows: list[FreeRow], data, **kwargs) -> ReserveForm:
    return ReserveForm(data, choices=choices_in(rows), today=timezone.localdate(), **kwargs)


def _choice(
    opptak: Opptak, rows: list[FreeRow], decision: Decision, sent: ReserveForm | None
) -> Choice:
    if sent is not None and sent.data.get("decision") == str(decision.pk):
        return Choice(decision, sent)
    initial = {"decision": decision.pk, "answer_due": _suggested(opptak)}
    return Choice(decision, _form(opptak, rows, None, initial=initial, auto_id=f"{decision.pk}_%s"))


def _suggested(opptak: Opptak) -> date:
    """A working day two weeks ahead."""
    calendar = programme_of(opptak.pulje).calendar_rules.calendar
    return calendar.shift(timezone.localdate() + TIME_TO_ANSWER, "next")


def _offer(request: HttpRequest, form: ReserveForm) -> bool:
    chosen = form.cleaned_data["decision"]
    due = form.cleaned_data["answer_due"]
    try:
        offer_to_reserve(decision=chosen, answer_due=due, by=request.user, now=timezone.now())
    except ValidationError as error:
        take_errors(form, error)
        return False
    text = _("Tilbudet til %(owner)s ligger i utboksen. Les brevet og slipp det der.")
    messages.success(request, text % {"owner": chosen.owner})
    return True
