"""What runs by itself: obligations kept up to date, reminders, and referater that lock."""

from celery import shared_task
from django.utils import timezone

from actors.tasks import deliver_notices, job
from cohorts.models import Opptak, Pulje, PuljeStatus, Semester
from meetings.actions.obligation import (
    extend_for_successors,
    sync_all_obligations,
    sync_empty_seats,
    sync_recruitment_obligations,
)
from meetings.actions.privacy import warn_of_deadlines
from meetings.actions.referat_lock import lock_expired_referater
from meetings.actions.reminder import cancel_settled_reminders, scan


@shared_task
@job("obligations")
def sync_obligations() -> int:
    """Bring what running puljer and their recruitment demand up to date.

    Return the number of semesters looked at.
    """
    now = timezone.now()
    begun = Semester.objects.filter(pulje__status="running", start__lte=timezone.localdate(now))
    semesters = list(begun.select_related("pulje"))
    for semester in semesters:
        sync_all_obligations(semester=semester, now=now)
    for pulje in Pulje.objects.filter(status=PuljeStatus.RUNNING):
        sync_empty_seats(pulje=pulje, now=now)
        extend_for_successors(pulje=pulje, now=now)
    announced = Opptak.objects.filter(opened_at__isnull=False)
    for opptak in announced.exclude(pulje__status=PuljeStatus.CLOSED).select_related("pulje"):
        sync_recruitment_obligations(opptak=opptak, now=now)
    return len(semesters)


@shared_task
@job("reminders")
def send_reminders() -> int:
    """Write the reminders that are due, stop those that are settled, and let the rest go out."""
    now = timezone.now()
    created = scan(now=now)
    cancel_settled_reminders(now=now)
    deliver_notices.delay()
    return created


@shared_task
@job("locking")
def lock_referater() -> int:
    """Lock the referater whose time for merknader has ended; return how many."""
    now = timezone.now()
    return lock_expired_referater(today=timezone.localdate(now), now=now)


@shared_task
@job("privacy")
def watch_privacy_clocks() -> int:
    """Warn who decides when 24 of the 72 hours are left and nothing is judged; return how many."""
    return warn_of_deadlines(now=timezone.now())
