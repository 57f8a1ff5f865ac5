"""Merknader to a referat: both texts are kept, whatever the answer is (domain 8.25)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from actors.actions.events import record_event
from actors.actions.messages import notify
from actors.actions.signature import signed_as
from actors.models import User
from cohorts.rules.errors import NationalIdFound, NotPossible, refuse_closed
from cohorts.rules.paper import fields_with_national_ids
from meetings.actions.obligation import review_due_day, sync_referat_obligations
from meetings.actions.paper_content import language_of
from meetings.actions.paper_notices import (
    MERKNAD_ANSWERED,
    MERKNAD_WRITTEN,
    paper_path,
    tell_offices,
)
from meetings.models import Merknad, Referat
from meetings.queries.demand import paper_demand
from meetings.rules.referat import MERKNAD, SENT, may_get_merknad


@transaction.atomic
def add_merknad(*, referat: Referat, text: str, by: User, now: datetime) -> Merknad:
    """Object to the last sent version; the author gets the usual time again to answer.

    Raises `NotPossible` when the time for merknader is over, `NationalIdFound`, `PuljeClosed`.
    """
    current = Referat.objects.select_for_update(of=("self",)).get(pk=referat.pk)
    refuse_closed(current.meeting.pulje)
    today = timezone.localtime(now).date()
    if not may_get_merknad(current.status, current.merknad_due, today):
        raise NotPossible(_("Fristen for merknader er ute, eller referatet er godkjent."))
    _refuse_national_ids(text)
    with override(language_of(current.meeting, current.unit)):
        signature = signed_as(by)
    merknad = Merknad.objects.create(
        referat=current,
        version=current.versions.first(),
        text=text.strip(),
        written_by=by,
        written_as=signature,
        written_at=now,
    )
    current.status = MERKNAD
    current.merknad_due = max(
        day for day in (current.merknad_due, review_due_day(current, today)) if day is not None
    )
    current.save(update_fields=["status", "merknad_due"])
    sync_referat_obligations(referat=current, now=now)
    demand = paper_demand(current.meeting, "after")
    tell_offices(
        offices=[demand.office] if demand is not None and demand.office else [],
        meeting=current.meeting,
        unit=current.unit,
        kind="merknad_written",
        subject=f"merknad:{merknad.pk}",
        occasion="written",
        text=MERKNAD_WRITTEN,
        page="referat_detail",
        by=by,
        now=now,
    )
    record_event(
        by=by, verb="add_merknad", subject=f"referat:{current.pk}", now=now, merknad=merknad.pk
    )
    return merknad


@transaction.atomic
def answer_merknad(
    *, merknad: Merknad, taken_in: bool, answer: str, by: User, now: datetime
) -> Merknad:
    """The author takes a merknad in (and sends a new version), or lets both texts stand.

    Answering twice changes nothing. Raises `NotPossible` when the referat is approved or locked,
    `NationalIdFound`, `PuljeClosed`.
    """
    referat = Referat.objects.select_for_update(of=("self",)).get(pk=merknad.referat_id)
    refuse_closed(referat.meeting.pulje)
    current = Merknad.objects.get(pk=merknad.pk)
    if current.status != Merknad.Status.OPEN:
        return current
    if referat.status != MERKNAD:
        raise NotPossible(_("Referatet er godkjent eller låst. Det kan leses, men ikke endres."))
    _refuse_national_ids(answer)
    status = Merknad.Status.TAKEN_IN if taken_in else Merknad.Status.BOTH_STAND
    current.status, current.answer, current.answered_at = status, answer.strip(), now
    current.save(update_fields=["status", "answer", "answered_at"])
    if not referat.merknader.filter(status=Merknad.Status.OPEN).exists():
        referat.status = SENT
        referat.save(update_fields=["status"])
    sync_referat_obligations(referat=referat, now=now)
    notify(
        recipients=[current.written_by],
        kind="merknad_answered",
        subject=f"merknad:{current.pk}",
        occasion="answered",
        text=MERKNAD_ANSWERED,
        url=paper_path("referat_detail", referat.meeting, referat.unit),
        now=now,
    )
    record_event(
        by=by,
        verb="answer_merknad",
        subject=f"referat:{referat.pk}",
        now=now,
        merknad=current.pk,
        status=status,
    )
    return current


def _refuse_national_ids(text: str) -> None:
    if found := fields_with_national_ids({"text": text}):
        raise NationalIdFound(found)
