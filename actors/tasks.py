"""What the workers do for people: put notices in mails and send them."""

from celery import shared_task
from django.utils import timezone

from actors.actions.messages import bundle_notices, send_mails

# Few at a time, so that a slow mail server cannot keep a claim longer than it lasts.
BATCH = 20
ROUNDS = 25


@shared_task
def deliver_notices() -> None:
    """Make the mails that are due and send what waits; safe to run twice and in several workers."""
    bundle_notices(now=timezone.now())
    for _round in range(ROUNDS):
        if send_mails(now=timezone.now(), limit=BATCH).total < BATCH:
            return
