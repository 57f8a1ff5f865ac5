"""The outbox: letters that wait, approved by one person and released by another."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from actors.models import User
from actors.rules.roles import RoleKind
from cohorts.access.decision import can_decide
from cohorts.actions.letter import (
    approve_letters,
    release_letters,
    release_letters_later,
    take_back_approval,
)
from cohorts.forms.letter_outbox import ApproveForm, LettersForm, ReleaseForm
from cohorts.models import Decision, Opptak
from cohorts.queries.decision import held_in, still_applying
from cohorts.queries.letter import languages_of
from cohorts.queries.opptak import opptak_dates
from cohorts.rules.decision import leaves_late
from cohorts.views.decision import get_opptak
from cohorts.views.decision_rows import outcome_tag
from cohorts.views.permission import require
from lmp.lib.wording import dato, klokka, tallord

TEMPLATE = "cohorts/letter_outbox.html"
LANGUAGES = {"nb": gettext_lazy("Bokmål"), "nn": gettext_lazy("Nynorsk")}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def letter_outbox(request: HttpRequest, number: int) -> HttpResponse:
    """Every letter that waits. POST: the first person approves those that are ticked."""
    opptak = get_opptak(request, number)
    form = ApproveForm(request.POST or None, letters=_unapproved(opptak))
    if request.method == "POST":
        require(can_decide(request.user, opptak), opptak.pulje)
        if _others(request.user) and form.is_valid() and _approve(request, form):
            return redirect("cohorts:letter_outbox", number)
    return render(request, TEMPLATE, _context(request, opptak, form))


def _unapproved(opptak: Opptak):
    return Decision.objects.held().filter(
        soeknad__candidate__embete__opptak=opptak, approved_by=None
    )


def _others(user: User) -> list[User]:
    """Those who may be the second person today."""
    people = User.objects.holding(RoleKind.UDIR, None, timezone.localdate())
    return list(people.exclude(pk=user.pk))


def _approve(request: HttpRequest, form: ApproveForm) -> bool:
    try:
        rows = approve_letters(
            decisions=form.cleaned_data["brev"], by=request.user, now=timezone.now()
        )
    except ValidationError as error:
        form.add_error("brev", error)
        return False
    text = ngettext(
        "%(n)s brev er godkjent. En annen hos dere må slippe det.",
        "%(n)s brev er godkjent. En annen hos dere må slippe dem.",
        len(rows),
    )
    messages.success(request, text % {"n": tallord(len(rows), "n").capitalize()})
    return True


@login_required
@require_POST
def letter_release(request: HttpRequest, number: int, approved_by: int) -> HttpResponse:
    """The second person releases the letters that `approved_by` has approved, now or later."""
    opptak = get_opptak(request, number)
    require(can_decide(request.user, opptak), opptak.pulje)
    waiting = Decision.objects.held().filter(
        soeknad__candidate__embete__opptak=opptak, approved_by=approved_by, released_by=None
    )
    approver = User.objects.filter(pk=approved_by).first()
    decide_by = opptak_dates(opptak).avgjoerelse
    form = ReleaseForm(
        request.POST,
        letters=waiting,
        now=timezone.now(),
        approved_by=str(approver or ""),
        decide_by=decide_by,
        late=_some_late(waiting, decide_by),
    )
    if form.is_valid() and _release(request, form, approver):
        return redirect("cohorts:letter_outbox", number)
    context = _context(request, opptak, ApproveForm(letters=_unapproved(opptak)), form, approved_by)
    return render(request, TEMPLATE, context)


def _release(request: HttpRequest, form: ReleaseForm, approver: User) -> bool:
    chosen = {
        "decisions": form.cleaned_data["brev"],
        "approved_by": approver,
        "late_reason": form.cleaned_data["late_reason"],
        "by": request.user,
        "now": timezone.now(),
    }
    try:
        if form.release_at is None:
            _tell(request, len(release_letters(**chosen)))
        else:
            rows = release_letters_later(**chosen, release_at=form.release_at)
            values = {"n": len(rows), "day": dato(form.release_at), "at": klokka(form.release_at)}
            messages.success(request, _("%(n)s brev slippes %(day)s %(at)s.") % values)
    except ValidationError as error:
        form.add_error(None if hasattr(error, "error_dict") else "brev", error)
        return False
    return True


def _some_late(decisions: Iterable[Decision], decide_by: date | None) -> bool:
    """Whether one of the letters leaves after the last day to decide if it leaves today."""
    today = timezone.localdate()
    return any(
        leaves_late(today, decide_by, replaces=each.replaces_id is not None) for each in decisions
    )


def _tell(request: HttpRequest, count: int) -> None:
    text = ngettext("%(n)s brev er sendt.", "%(n)s brev er sendt.", count)
    messages.success(request, text % {"n": tallord(count, "n").capitalize()})


@login_required
@require_POST
def letter_stop(request: HttpRequest, number: int) -> HttpResponse:
    """Approved letters wait again, also those that were to leave later."""
    opptak = get_opptak(request, number)
    require(can_decide(request.user, opptak), opptak.pulje)
    waiting = Decision.objects.held().filter(
        soeknad__candidate__embete__opptak=opptak, approved_by__isnull=False
    )
    form = LettersForm(request.POST, letters=waiting)
    if form.is_valid():
        take_back_approval(decisions=form.cleaned_data["brev"], by=request.user, now=timezone.now())
        messages.success(request, _("Brevene er stanset. De ligger i utboksen."))
    else:
        messages.error(request, _("Brevene er sendt eller endret. Se over lista på nytt."))
    return redirect("cohorts:letter_outbox", number)


def _context(
    request: HttpRequest,
    opptak: Opptak,
    form: ApproveForm,
    release: ReleaseForm | None = None,
    released_of: int = 0,
) -> dict[str, Any]:
    letters = list(held_in(opptak))
    languages, stays = languages_of(letters), still_applying(letters)
    chosen = set(form.data.getlist("brev")) if form.is_bound else None
    pick = request.GET.get("velg") != "ingen"
    rows = [_row(each, languages[each.pk], each.pk in stays, chosen, pick) for each in letters]
    open_rows = [row for row in rows if row["can_be_picked"]]
    decide_by = opptak_dates(opptak).avgjoerelse
    approved = _approved(request, rows, release, released_of, decide_by)
    has_panel = any(panel["form"] is release and not panel["is_mine"] for panel in approved)
    return {
        "opptak": opptak,
        "pulje": opptak.pulje,
        "now": timezone.now(),
        "rows": rows,
        "title": _title(len(rows)),
        "lead": _lead(rows),
        "picked": sum(row["checked"] for row in open_rows),
        "none_picked": not pick,
        "has_open": bool(open_rows),
        "form": form,
        "has_errors": bool((form.is_bound and form.errors) or (release and release.errors)),
        "approved": approved,
        "decide_by": decide_by,
        "refused": None if has_panel else release,
        "scheduled": _scheduled(rows),
        "others": _others(request.user),
        "may_decide": can_decide(request.user, opptak),
        "deadlines": sorted({row["answer_due"] for row in rows if row["answer_due"]}),
        "nb": list(languages.values()).count("nb"),
        "nn": list(languages.values()).count("nn"),
    }


def _row(
    decision: Decision, language: str, stays: bool, chosen: set[str] | None, pick: bool
) -> dict[str, Any]:
    is_open = stays and decision.approved_by_id is None
    ticked = pick and decision.read_at is not None
    return {
        "decision": decision,
        "pk": decision.pk,
        "owner": str(decision.owner),
        "tag": outcome_tag(decision.outcome),
        "language": str(LANGUAGES[language]),
        "is_withdrawn": not stays,
        "can_be_picked": is_open,
        "checked": is_open and (ticked if chosen is None else str(decision.pk) in chosen),
        "answer_due": decision.answer_due,
    }


def _title(count: int) -> str:
    if not count:
        return _("Ingen brev venter")
    text = ngettext(
        "%(n)s brev venter. Det er ikke sendt.", "%(n)s brev venter. Ingen er sendt.", count
    )
    return text % {"n": count}


def _lead(rows: list[dict[str, Any]]) -> str:
    read = sum(row["decision"].read_at is not None for row in rows)
    unread = len(rows) - read
    words = []
    if read:
        text = ngettext("%(n)s er lest og kan slippes.", "%(n)s er lest og kan slippes.", read)
        words.append(text % {"n": tallord(read, "n").capitalize()})
    if unread:
        text = ngettext("%(n)s må noen lese først.", "%(n)s må noen lese først.", unread)
        words.append(text % {"n": tallord(unread, "n").capitalize()})
    return " ".join(words)


def _approved(
    request: HttpRequest,
    rows: list[dict[str, Any]],
    bound: ReleaseForm | None,
    bound_of: int,
    decide_by: date | None,
) -> list[dict[str, Any]]:
    """One panel for each person who has approved letters that nobody has released yet."""
    waiting = [row for row in rows if _state(row) == "approved"]
    waiting.sort(key=lambda row: row["decision"].approved_by_id)
    panels = []
    for key, group in groupby(waiting, lambda row: row["decision"].approved_by_id):
        letters = list(group)
        approver = letters[0]["decision"].approved_by
        form = bound if bound is not None and bound_of == key else None
        if form is None:
            form = ReleaseForm(
                letters=Decision.objects.none(),
                now=timezone.now(),
                approved_by=str(approver),
                decide_by=decide_by,
                late=_some_late((row["decision"] for row in letters), decide_by),
            )
        panels.append(
            {
                "approver": approver,
                "letters": letters,
                "is_mine": key == request.user.pk,
                "form": form,
            }
        )
    return panels


def _scheduled(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The letters that leave by themselves, by when."""
    waiting = [row for row in rows if _state(row) == "scheduled"]
    waiting.sort(key=lambda row: row["decision"].release_at)
    return [
        {"release_at": at, "letters": list(group)}
        for at, group in groupby(waiting, lambda row: row["decision"].release_at)
    ]


def _state(row: dict[str, Any]) -> str:
    decision = row["decision"]
    if decision.approved_by_id is None or row["is_withdrawn"]:
        return ""
    return "scheduled" if decision.released_by_id is not None else "approved"
