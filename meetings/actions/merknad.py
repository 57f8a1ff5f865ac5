"""Merknader to a referat: both texts are kept, whatever the answer is (domain 8.25)."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.actions.messages import notify
from actors.actions.signature import signed_in
from actors.models import User
from cohorts.rules.errors import NationalIdFound, NotPossible, NotReady, refuse_closed
from cohorts.rules.paper import fields_with_national_ids
from meetings.actions.notices import origin_of, place_of
from meetings.actions.obligation import review_due_day, sync_referat_obligations
from meetings.actions.paper_notices import (
    MERKNAD_ANSWERED,
    MERKNAD_WRITTEN,
    paper_path,
    tell_offices,
)
from meetings.actions.referat import (
    has_unsent_changes,
    refuse_no_such_sak,
    save_referat,
    submit_referat,
)
from meetings.actions.referat_parts import data_of
from meetings.models import Merknad, Referat
from meetings.queries.demand import paper_demand
from meetings.queries.language import language_of
from meetings.rules.referat import MERKNAD, SENT, may_change, may_get_merknad


@transaction.atomic
def add_merknad(
    *,
    referat: Referat,
    text: str,
    by: User,
    now: datetime,
    sak: int | None = None,
    proposal: str = "",
) -> Merknad:
    """Object to the last sent version; the author gets the usual time again to answer.

    `sak` is the position of the sak it is about, None for the whole; `proposal` is how the reader
    would have written it. Writing the same twice gives the one that is there. Raises
    `NotPossible` when the time for merknader is over or there is no such sak, `NotReady`,
    `NationalIdFound`, `PuljeClosed`.
    """
    current = Referat.objects.select_for_update(of=("self",)).get(pk=referat.pk)
    refuse_closed(current.meeting.pulje)
    today = timezone.localtime(now).date()
    if not may_get_merknad(current.status, current.merknad_due, today):
        raise NotPossible(_("Fristen for merknader er ute, eller referatet er godkjent."))
    version = current.versions.first()
    refuse_no_such_sak(version, sak)
    texts = {"text": text.strip(), "proposal": proposal.strip()}
    if not texts["text"]:
        raise NotReady(["text"])
    _refuse_national_ids(texts)
    same = current.merknader.filter(version=version, sak=sak, written_by=by, **texts)
    if (found := same.first()) is not None:
        return found
    merknad = Merknad.objects.create(
        referat=current,
        version=version,
        sak=sak,
        written_by=by,
        written_as=signed_in(language_of(current.meeting, current.unit), by),
        written_at=now,
        **texts,
    )
    _give_time_to_answer(current, today, now)
    _tell_author(current, merknad, by, now)
    return merknad


def _give_time_to_answer(referat: Referat, today: date, now: datetime) -> None:
    """The author gets the usual time from `today`, and never less than there was."""
    referat.status = MERKNAD
    days = (referat.merknad_due, review_due_day(referat, today))
    referat.merknad_due = max(day for day in days if day is not None)
    referat.save(update_fields=["status", "merknad_due"])
    sync_referat_obligations(referat=referat, now=now)


def _tell_author(referat: Referat, merknad: Merknad, by: User, now: datetime) -> None:
    """A notice to the office that owes the referat, and the record."""
    demand = paper_demand(referat.meeting, "after")
    tell_offices(
        offices=[demand.office] if demand is not None and demand.office else [],
        meeting=referat.meeting,
        unit=referat.unit,
        kind="merknad_written",
        subject=f"merknad:{merknad.pk}",
        occasion="written",
        text=MERKNAD_WRITTEN,
        page="referat_detail",
        by=by,
        now=now,
    )
    subject = f"referat:{referat.pk}"
    record_event(by=by, verb="add_merknad", subject=subject, now=now, merknad=merknad.pk)


@transaction.atomic
def answer_merknad(
    *, merknad: Merknad, taken_in: bool, answer: str, by: User, now: datetime, text: str = ""
) -> Merknad:
    """The author takes a merknad in, or lets both texts stand.

    With `text` (the proposal, or a third text) that becomes the text of its sak, and the next
    version is sent at once; when the author has other changes that are not sent, it only goes
    into the draft. Without `text` the author writes and sends the new version. Answering twice
    changes nothing. Raises `NotPossible` when the referat is approved or locked,
    `NationalIdFound`, `PuljeClosed`.
    """
    referat = Referat.objects.select_for_update(of=("self",)).get(pk=merknad.referat_id)
    refuse_closed(referat.meeting.pulje)
    current = Merknad.objects.get(pk=merknad.pk)
    if current.status != Merknad.Status.OPEN:
        return current
    if not may_change(referat.status):
        raise NotPossible(_("Referatet er godkjent eller låst. Det kan leses, men ikke endres."))
    _refuse_national_ids({"answer": answer, "text": text})
    status = Merknad.Status.TAKEN_IN if taken_in else Merknad.Status.BOTH_STAND
    current.status, current.answer, current.answered_at = status, answer.strip(), now
    current.save(update_fields=["status", "answer", "answered_at"])
    if not referat.merknader.filter(status=Merknad.Status.OPEN).exists():
        referat.status = SENT
        referat.save(update_fields=["status"])
    if taken_in and text.strip():
        _put_in(current, text.strip(), by, now)
    sync_referat_obligations(referat=Referat.objects.get(pk=referat.pk), now=now)
    _tell_writer(referat, current, by, now)
    return current


def _tell_writer(referat: Referat, merknad: Merknad, by: User, now: datetime) -> None:
    """A notice to who wrote the merknad, and the record."""
    notify(
        recipients=[merknad.written_by],
        kind="merknad_answered",
        subject=f"merknad:{merknad.pk}",
        occasion="answered",
        text=MERKNAD_ANSWERED,
        url=paper_path("referat_detail", referat.meeting, referat.unit),
        now=now,
        place=place_of(referat.meeting, referat.unit),
        origin=origin_of(referat.meeting, referat.unit),
    )
    record_event(
        by=by,
        verb="answer_merknad",
        subject=f"referat:{referat.pk}",
        now=now,
        merknad=merknad.pk,
        status=merknad.status,
    )


def _put_in(merknad: Merknad, text: str, by: User, now: datetime) -> None:
    """Make `text` the text of the sak, and send it unless other changes wait to be sent."""
    referat = Referat.objects.get(pk=merknad.referat_id)
    data, sak = data_of(referat), merknad.sak
    objected = merknad.version.content["saker"]
    if sak is None or sak > len(data["saker"]):
        return
    if data["saker"][sak - 1]["title"] != objected[sak - 1]["title"]:
        return
    is_clean = not has_unsent_changes(referat)
    data["saker"][sak - 1] |= {"summary": text}
    write = submit_referat if is_clean else save_referat
    write(referat=referat, edit_version=referat.edit_version, data=data, by=by, now=now)


def _refuse_national_ids(texts: dict[str, str]) -> None:
    if found := fields_with_national_ids(texts):
        raise NationalIdFound(found)
