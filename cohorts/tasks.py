"""What runs by itself in a recruitment."""

from celery import shared_task
from django.utils import timezone

from actors.tasks import deliver_notices
from cohorts.actions.answer_lapse import lapse_unanswered_offers
from cohorts.actions.letter import drop_withdrawn_letters
from cohorts.actions.letter import release_due_letters as release


@shared_task
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
def lapse_offers() -> int:
    """Let the offers that nobody answered in time fall away; return how many."""
    lapsed = lapse_unanswered_offers(now=timezone.now())
    if lapsed:
        deliver_notices.delay()
    return lapsed
