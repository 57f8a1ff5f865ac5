"""Approving a sent referat, and locking it when the time for merknader is over (domain 3.12)."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import User
from cohorts.rules.errors import NotPossible
from meetings.actions.obligation import sync_referat_obligations
from meetings.actions.paper_notices import REFERAT_APPROVED, tell_offices
from meetings.actions.referat import locked_row, refuse_read_only
from meetings.models import Merknad, Referat
from meetings.queries.demand import paper_demand
from meetings.rules.referat import APPROVED, LOCKED, may_get_merknad


@transaction.atomic
def approve_referat(*, referat: Referat, by: User, now: datetime) -> Referat:
    """A veileder says that the sent referat is right; from then on it is read-only.

    Doing it twice changes nothing. Raises `NotPossible` when it is not open to readers or has a
    merknad without an answer, `PuljeClosed`.
    """
    current = locked_row(referat)
    refuse_read_only(current.meeting)
    if current.status == APPROVED:
        return current
    if not may_get_merknad(current.status, current.merknad_due, timezone.localtime(now).date()):
        raise NotPossible(_("Referatet kan ikke godkjennes nå."))
    if current.merknader.filter(status=Merknad.Status.OPEN).exists():
        raise NotPossible(_("Referatet har en merknad som venter på svar."))
    current.status, current.approved_at, current.approved_by = APPROVED, now, by
    current.save(update_fields=["status", "approved_at", "approved_by"])
    sync_referat_obligations(referat=current, now=now)
    record_event(by=by, verb="approve_referat", subject=f"referat:{current.pk}", now=now)
    demand = paper_demand(current.meeting, "after")
    if demand is not None and demand.office:
        tell_offices(
            offices=[demand.office],
            meeting=current.meeting,
            unit=current.unit,
            kind="referat_approved",
            subject=f"referat:{current.pk}",
            occasion=f"version-{current.versions.count()}",
            text=REFERAT_APPROVED,
            page="referat_detail",
            by=by,
            now=now,
        )
    return current


def lock_expired_referater(*, today: date, now: datetime) -> int:
    """Lock every sent referat whose time for merknader ended before the local date `today`.

    Silence is consent: it counts as approved. A merknad nobody answered, or that was taken in
    without a new version being sent, stands beside the text (domain 8.25). Referater of closed
    puljer are left alone. Returns how many were locked.
    """
    count = 0
    for pk in Referat.objects.to_lock(today).values_list("pk", flat=True):
        with transaction.atomic():
            referat = Referat.objects.select_for_update().to_lock(today).filter(pk=pk).first()
            if referat is None:
                continue
            _let_both_stand(referat, now)
            referat.status, referat.locked_at = LOCKED, now
            referat.approved_at = referat.approved_at or now
            referat.save(update_fields=["status", "locked_at", "approved_at"])
            sync_referat_obligations(referat=referat, now=now)
            record_event(by=None, verb="lock_referat", subject=f"referat:{pk}", now=now)
            count += 1
    return count


def _let_both_stand(referat: Referat, now: datetime) -> None:
    """Merknader nobody answered, and those taken in by a version that was never sent."""
    unanswered = Q(status=Merknad.Status.OPEN)
    not_sent = Q(status=Merknad.Status.TAKEN_IN, version=referat.versions.first())
    rows = referat.merknader.filter(unanswered | not_sent)
    rows.filter(answered_at=None).update(answered_at=now)
    rows.update(status=Merknad.Status.BOTH_STAND)
