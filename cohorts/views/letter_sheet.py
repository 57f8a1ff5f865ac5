"""A letter as a page, a print page and a PDF: held ones as they would read today."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from cohorts.models import Decision
from cohorts.queries.letter import PLACE, build_letter
from cohorts.rules.letter import short_sum
from cohorts.rules.letter_content import Content
from cohorts.views.pdf_response import PDF_LANGUAGE, pdf_response
from lmp.lib.hashing import content_hash
from lmp.lib.wording import dag


@dataclass(frozen=True)
class LetterSheet:
    """What the templates of a letter need. `content` is all its words, in its own målform."""

    content: Content
    day: date
    control_sum: str

    @property
    def language(self) -> str:
        return self.content["language"]

    @property
    def lang(self) -> str:
        """The language as an HTML and PDF language tag."""
        return PDF_LANGUAGE[self.language]

    @property
    def day_words(self) -> str:
        """«18. desember 2026»."""
        return dag(self.day, year=True)


def sheet_of(decision: Decision, today: date) -> LetterSheet:
    """The letter as it was sent; one that is held as it reads on the local date `today`."""
    letter = getattr(decision, "letter", None)
    content = letter.content if letter is not None else build_letter(decision, today)
    sha256 = letter.sha256 if letter is not None else content_hash(content)
    return LetterSheet(content, date.fromisoformat(content["date"]), short_sum(sha256))


def body_of(sheet: LetterSheet) -> SafeString:
    """The letter as a part of a page, one heading level down, in its own målform."""
    with override(sheet.language):
        context = {"sheet": sheet, "content": sheet.content, "h": 2, "h_below": 3}
        return render_to_string("cohorts/_letter_body.html", context)


@login_required
@require_safe
def letter_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as a tagged PDF."""
    decision = find_decision(request, pk)
    sheet = sheet_of(decision, timezone.localdate())
    return pdf_response(
        request,
        _html(sheet, as_pdf=True),
        language=sheet.language,
        title=_title(sheet),
        filename=f"brev-{sheet.content['reference'].replace('/', '-')}",
        print_url=reverse("cohorts:letter_print", args=[pk]),
        subject=f"letter:{pk}",
    )


@login_required
@require_safe
def letter_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a page to print."""
    sheet = sheet_of(find_decision(request, pk), timezone.localdate())
    return HttpResponse(_html(sheet, as_pdf=False))


def find_decision(request: HttpRequest, pk: int) -> Decision:
    """The decision with its letter, or 404 when the role does not see it."""
    found = Decision.objects.visible_to(request.user).select_related(*PLACE, "letter", "read_by")
    return get_object_or_404(found, pk=pk)


def _html(sheet: LetterSheet, *, as_pdf: bool) -> str:
    with override(sheet.language):
        context: dict[str, Any] = {
            "sheet": sheet,
            "content": sheet.content,
            "title": _title(sheet),
            "as_pdf": as_pdf,
            "h": 1,
            "h_below": 2,
        }
        return render_to_string("pdf/letter.html", context)


def _title(sheet: LetterSheet) -> str:
    """The name of the document: that it is an answer and to whom, never the outcome."""
    with override(sheet.language):
        values = {"reference": sheet.content["reference"], "owner": sheet.content["to"][0]}
        return _("Svar på søknaden, %(owner)s, %(reference)s") % values
