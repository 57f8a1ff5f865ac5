"""Offers that nobody answered in time fall away; nothing moves up by itself."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from actors.actions.events import record_event
from cohorts.actions.answer_notices import tell_of_lapse
from cohorts.actions.stage import refresh_stages
from cohorts.models import Decision, SoeknadStatus


def lapse_unanswered_offers(*, now: datetime) -> int:
    """Let the offers whose last day to answer has passed fall away at `now`; return how many.

    One at a time and locked, so that an answer on the way in and two workers do no harm.
    """
    today = timezone.localdate(now)
    waiting = Decision.objects.offers_waiting().filter(answer_due__lt=today)
    waiting = waiting.exclude(soeknad__status=SoeknadStatus.WITHDRAWN)
    return sum(_lapse(pk, now) for pk in list(waiting.values_list("pk", flat=True)))


@transaction.atomic
def _lapse(pk: int, now: datetime) -> int:
    Decision.objects.select_for_update().get(pk=pk)
    waiting = Decision.objects.offers_waiting().filter(pk=pk)
    decision = waiting.select_related("owner", "soeknad__candidate__embete__opptak__pulje").first()
    if decision is None:
        return 0
    decision.lapsed_at = now
    decision.save(update_fields=["lapsed_at"])
    refresh_stages([decision.soeknad.candidate_id])
    record_event(by=None, verb="lapse-offer", subject=f"decision:{pk}", now=now)
    tell_of_lapse(decision, now=now)
    return 1
