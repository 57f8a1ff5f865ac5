"""Reporting that somebody can be recognised, and the pages of the one who decides."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actors.actions.events import record_event
from actors.models import Opening
from cohorts.forms.errors import refusals_on
from lmp.lib.csv import to_csv
from lmp.lib.wording import klokka, kortdato
from meetings.access.privacy import ADDENDUM, GRUNNLAG, KINDS, Text, can_report, home_of, subject_of
from meetings.actions.privacy import assess_report, close_report, report_text
from meetings.actions.privacy_clean import content_of
from meetings.actions.privacy_notices import page_of
from meetings.forms.privacy import AssessForm, ReportForm
from meetings.forms.privacy_words import part_label, parts_of
from meetings.models import PrivacyReport
from meetings.rules.privacy import ATTACHMENTS, UNKNOWN, text_fields
from meetings.views.privacy_notes import NAMES, refuse_hidden
from meetings.views.privacy_words import (
    paper_words,
    people_before,
    people_words,
    reported,
)

MOST_ROWS = 10


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def privacy_report(request: HttpRequest, kind: str, version_id: int) -> HttpResponse:
    """A reader says that somebody can be recognised; the text is hidden when it is sent."""
    text = _readable(request, kind, version_id)
    form = ReportForm(request.POST or None, parts=_parts(kind, text))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            report_text(
                text=text,
                part=form.cleaned_data["part"],
                signs=form.cleaned_data["signs"],
                explanation=form.cleaned_data["explanation"],
                by=request.user,
                now=timezone.now(),
            )
            messages.success(
                request, _("Takk. Teksten er skjult, og personvernkontakten ser på den.")
            )
            return redirect(page_of(text))
    context = {
        "form": form,
        "name": NAMES[kind],
        "paper": paper_words(text),
        "back": page_of(text),
        "home": home_of(text),
    }
    return render(request, "meetings/privacy_report.html", context)


def _readable(request: HttpRequest, kind: str, version_id: int) -> Text:
    """The text; 403 with the reason when it is hidden already, 404 for who does not read it."""
    if kind not in KINDS:
        raise Http404
    rows = KINDS[kind].model._default_manager
    text: Any = get_object_or_404(rows, pk=version_id)
    if can_report(request.user, text):
        return text
    paper = text.referat if kind == ADDENDUM else text.plan if kind == "plan" else text.paper
    if type(paper).objects.visible_to(request.user).filter(pk=paper.pk).exists():
        refuse_hidden(text, request.user)
    raise Http404


def _parts(kind: str, text: Text) -> list[tuple[str, str]]:
    content = content_of(text)
    parts = parts_of(text_fields(content), content)
    if kind == GRUNNLAG:
        parts.append((ATTACHMENTS, part_label(ATTACHMENTS, content)))
    return [*parts, (UNKNOWN, part_label(UNKNOWN, content))]


@login_required
@require_safe
def privacy_list(request: HttpRequest) -> HttpResponse:
    """The reports that the role decides about, the open ones first."""
    reports = PrivacyReport.objects.visible_to(request.user).with_texts()
    if not request.user.role or request.user.role.kind not in ("personvernkontakt", "eier"):
        raise PermissionDenied(_("Meldingene er for personvernkontakten hos eieren."))
    now = timezone.now()
    rows = [reported(report, now) for report in reports]
    context = {
        "open": [row for row in rows if row.report.status != "closed"],
        "closed": [row for row in rows if row.report.status == "closed"],
    }
    return render(request, "meetings/privacy_list.html", context)


def _own(request: HttpRequest, pk: int) -> PrivacyReport:
    """A report that the role decides about; else 404."""
    reports = PrivacyReport.objects.visible_to(request.user).with_texts()
    return get_object_or_404(reports.select_related("reported_by", "cleaned_by"), pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def privacy_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The clock, who has opened the text, and what the contact decides."""
    report, now = _own(request, pk), timezone.now()
    form = AssessForm(
        request.POST or None,
        initial=_decided(report),
        is_removed=report.text.removed_at is not None,
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            assess_report(report=report, **form.decision(), by=request.user, now=now)
            messages.success(request, _("Vurderingen er lagret."))
            return redirect("meetings:privacy_detail", report.pk)
    return render(request, "meetings/privacy_detail.html", _context(request, report, form, now))


def _decided(report: PrivacyReport) -> dict[str, str]:
    """What was saved before, to be changed."""
    if report.decided_at is None:
        return {}
    words = {True: "yes", False: "no"}
    return {
        "recognisable": words[bool(report.recognisable)],
        "authority": words[bool(report.authority_told)],
        "reason": report.decision,
    }


def _context(
    request: HttpRequest, report: PrivacyReport, form: AssessForm, now: datetime
) -> dict[str, Any]:
    shown = reported(report, now)
    rows = list(Opening.objects.of(subject_of(shown.text)))
    show_all = request.GET.get("alle") == "1" or len(rows) <= MOST_ROWS
    return {
        "shown": shown,
        "report": report,
        "form": form,
        "rows": rows if show_all else rows[:MOST_ROWS],
        "count": len(rows),
        "show_all": show_all,
        "opened": people_words(people_before(report)),
        "is_closed": report.status == "closed",
        "can_close": report.status == "cleaned" and report.decided_at is not None,
        "now": now,
    }


@login_required
@require_safe
def privacy_access_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has opened the text, in which role, when and how, as CSV; taking it is recorded."""
    report = _own(request, pk)
    head = [_("Hvem"), _("Rolle"), _("Først åpnet"), _("Sist åpnet"), _("Hvordan"), _("Ganger")]
    rows = [
        [
            str(row.user),
            row.opened_as,
            f"{kortdato(row.first_at)} {klokka(row.first_at)}",
            f"{kortdato(row.last_at)} {klokka(row.last_at)}",
            row.get_way_display(),
            row.times,
        ]
        for row in Opening.objects.of(subject_of(report.text))
    ]
    if request.method == "GET":
        record_event(
            by=request.user,
            verb="take_access_report",
            subject=f"privacy:{report.pk}",
            now=timezone.now(),
        )
    response = HttpResponse(to_csv([head, *rows]), content_type="text/csv; charset=utf-8")
    name = _("tilgangsrapport")
    response["Content-Disposition"] = f'attachment; filename="{name}-{report.number}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_POST
def privacy_close(request: HttpRequest, pk: int) -> HttpResponse:
    """The contact has seen the cleaned text and is done."""
    report = _own(request, pk)
    try:
        close_report(report=report, by=request.user, now=timezone.now())
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("Meldingen er avsluttet."))
    return redirect("meetings:privacy_detail", report.pk)
