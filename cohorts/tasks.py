"""What runs by itself: letters and answers of a recruitment, and PDF files."""

import logging
from typing import Any

from celery import shared_task
from django.utils import timezone

from actors.tasks import deliver_notices, job
from cohorts.actions.answer_lapse import lapse_unanswered_offers
from cohorts.actions.letter import drop_withdrawn_letters
from cohorts.actions.letter import release_due_letters as release
from cohorts.actions.pdf import forget_old_pdfs as forget
from cohorts.actions.pdf import make_pdf
from cohorts.models import PdfFile
from cohorts.rules.pdf import ATTEMPTS, CLAIM_LASTS, SWEPT_AFTER

logger = logging.getLogger(__name__)

RETRY_AFTER = 5
"""Seconds before a PDF that went wrong is tried anew."""

TIME_LIMIT = 180
"""Seconds after which a PDF that does not get finished is given up; the sweep tries it anew."""

AT_ONCE = 50
"""The most PDF files that one tick of the sweep makes, so that ticks do not pile up."""


@shared_task
@job("letters")
def release_due_letters() -> int:
    """Release the letters that were to leave at a time that has come; return how many.

    Those whose applicant has withdrawn leave the outbox.
    """
    now = timezone.now()
    drop_withdrawn_letters(now=now)
    sent = release(now=now)
    if sent:
        deliver_notices.delay()
    return sent


@shared_task
@job("lapsing")
def lapse_offers() -> int:
    """Let the offers that nobody answered in time fall away; return how many."""
    lapsed = lapse_unanswered_offers(now=timezone.now())
    if lapsed:
        deliver_notices.delay()
    return lapsed


@shared_task(bind=True, max_retries=ATTEMPTS - 1, time_limit=TIME_LIMIT)
def make_pdf_file(self: Any, key: str) -> bool:
    """Make one PDF file, unless somebody has; whether this task made it."""
    try:
        return make_pdf(key=key, now=timezone.now())
    except Exception as error:
        raise self.retry(exc=error, countdown=RETRY_AFTER) from error


@shared_task
@job("pdfs")
def make_waiting_pdfs() -> int:
    """Make the PDF files whose task was lost, or whose worker died; return how many."""
    now = timezone.now()
    free = PdfFile.objects.free(now - CLAIM_LASTS).filter(asked_at__lt=now - SWEPT_AFTER)
    return sum(_made(key) for key in free.values_list("key", flat=True)[:AT_ONCE])


def _made(key: str) -> bool:
    """Make one, so that one that cannot be made does not stop the others."""
    try:
        return make_pdf(key=key, now=timezone.now())
    except Exception:
        logger.exception("A PDF file could not be made: %s", key)
        return False


@shared_task
@job("old-pdfs")
def forget_old_pdfs() -> int:
    """Delete the PDF files that nobody has asked for in a month; return how many."""
    return forget(now=timezone.now())
