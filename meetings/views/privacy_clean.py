"""The page of the author of a text that is hidden: what was reported, and the cleaned edition."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cohorts.rules.errors import NotReady
from meetings.access.privacy import kind_of
from meetings.actions.privacy_clean import (
    clean_text,
    content_of,
    has_newer,
    is_about_files,
    next_number_of,
    remove_text,
)
from meetings.actions.privacy_notices import contacts_of, page_of
from meetings.forms.privacy import CleanForm
from meetings.models import PrivacyReport
from meetings.rules.privacy import text_fields
from meetings.views.privacy_notes import WHY_OWN, HiddenNote, headline
from meetings.views.privacy_words import people_before, people_words, reported

REMOVE = "fjern"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def privacy_clean(request: HttpRequest, pk: int) -> HttpResponse:
    """What was reported beside the author's own words, and the texts to clean."""
    reports = PrivacyReport.objects.to_clean_by(request.user).with_texts()
    report, now = get_object_or_404(reports, pk=pk), timezone.now()
    text = report.text
    if text.removed_at is not None or text.hidden_at is None:
        return redirect(page_of(text))
    if request.method == "POST" and request.POST.get("handling") == REMOVE:
        return _remove(request, report)
    content = content_of(text)
    same = PrivacyReport.objects.about(kind_of(text).field, text).open()
    form = CleanForm(
        request.POST or None,
        parts=list(same.values_list("part", flat=True)),
        texts=text_fields(content),
        content=content,
    )
    if request.method == "POST" and form.is_valid() and _send(request, report, form, now):
        return redirect(page_of(text))
    return render(request, "meetings/privacy_clean.html", _context(report, form, same, now))


def _send(request: HttpRequest, report: PrivacyReport, form: CleanForm, now: datetime) -> bool:
    """Send the cleaned edition; False with the reason in the form when it cannot be done."""
    try:
        edition = clean_text(
            report=report, texts=form.texts(), confirmed=True, by=request.user, now=now
        )
    except NotReady:
        form.add_error(None, _("Teksten er ikke endret. Ta bort det som kan peke på en person."))
        return False
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    text = _("Versjon %(new)s er sendt. Versjon %(old)s er fjernet fra portalen.")
    messages.success(request, text % {"new": edition.number, "old": report.text.number})
    return True


def _remove(request: HttpRequest, report: PrivacyReport) -> HttpResponse:
    """Remove an older version that a newer one has taken the place of."""
    try:
        remove_text(report=report, by=request.user, now=timezone.now())
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        text = _("Versjon %(old)s er fjernet fra portalen.")
        messages.success(request, text % {"old": report.text.number})
    return redirect(page_of(report.text))


def _context(report: PrivacyReport, form: CleanForm, same: Any, now: datetime) -> dict[str, Any]:
    text = report.text
    count = people_before(report)
    return {
        "report": report,
        "shown": reported(report, now),
        "reports": [reported(each, now) for each in same],
        "form": form,
        "number": next_number_of(text),
        "about_files": is_about_files(report),
        "can_remove": has_newer(text),
        "contacts": [role.user for role in contacts_of(report, now)],
        "opened": people_words(count),
        "opened_count": count,
        "back": page_of(text),
        "hidden": [HiddenNote(headline(text), str(WHY_OWN), "#ren")],
        "now": now,
    }
