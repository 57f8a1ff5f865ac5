"""An addition to a referat that can no longer be changed (domain 8.25)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.actions.messages import NoticeText
from actors.actions.signature import signed_in
from actors.models import User
from cohorts.queries.paper import next_number
from cohorts.rules.errors import NationalIdFound, NotPossible, NotReady
from cohorts.rules.paper import fields_with_national_ids, stem_of
from lmp.lib.hashing import content_hash
from meetings.actions.paper_notices import tell_offices
from meetings.actions.referat import readers_of, refuse_no_such_sak
from meetings.models import Addendum, Referat, ReferatVersion
from meetings.rules.referat import may_get_addendum

ADDENDUM_SENT = NoticeText(
    title_bm="Referatet har fått et tillegg",
    title_nn="Referatet har fått eit tillegg",
    body_bm="Et låst referat fra et møte du var invitert til, har fått et tillegg.",
    body_nn="Eit låst referat frå eit møte du var invitert til, har fått eit tillegg.",
    action_bm="Les tillegget",
    action_nn="Les tillegget",
)


@transaction.atomic
def write_addendum(
    *, referat: Referat, sak: int | None, text: str, reason: str, by: User, now: datetime
) -> Addendum:
    """Add to a locked referat, also in a closed pulje; everybody who got the referat is told.

    `sak` is the position of the sak in the last version, None for the whole. It gets its own
    number, checksum and receipt and is never changed. Sending the same again gives the one that
    is there. Raises `NotReady`, `NationalIdFound`, or `NotPossible` when the referat can still be
    changed in the ordinary way or has no such sak.
    """
    rows = Referat.objects.select_for_update(of=("self",))
    current = rows.select_related("meeting__pulje", "unit__unit").get(pk=referat.pk)
    version = current.versions.first()
    is_closed = current.meeting.pulje.is_closed
    if version is None or not may_get_addendum(current.status, is_closed=is_closed):
        raise NotPossible(_("Referatet er ikke låst. Endre det og send en ny versjon."))
    texts = {"text": text.strip(), "reason": reason.strip()}
    if missing := [key for key, value in texts.items() if not value]:
        raise NotReady(missing)
    if found := fields_with_national_ids(texts):
        raise NationalIdFound(found)
    refuse_no_such_sak(version, sak)
    columns = addendum_columns(current, version, sak=sak, texts=texts, by=by, now=now)
    if (same := current.addenda.filter(sha256=columns["sha256"]).first()) is not None:
        return same
    addendum = current.addenda.create(
        version=version, sak=sak, language=version.language, **columns
    )
    _publish(addendum, by, now)
    return addendum


def addendum_columns(
    referat: Referat,
    version: ReferatVersion,
    *,
    sak: int | None,
    texts: dict[str, str],
    by: User,
    now: datetime,
) -> dict[str, Any]:
    """The columns of the next addendum: its texts, number, checksum, receipt and signature."""
    number = next_number(referat.addenda.all())
    return {
        **texts,
        "number": number,
        "sha256": content_hash({"version": version.receipt, "sak": sak, **texts}),
        "receipt": addendum_receipt(version, number),
        "written_by": by,
        "written_as": signed_in(version.language, by),
        "written_at": now,
    }


def addendum_receipt(version: ReferatVersion, number: int) -> str:
    """The number of an addendum: «RF-9-000123-T1» is the first one to referat 123 of pulje 9."""
    return f"{stem_of(version.receipt)}-T{number}"


def _publish(addendum: Addendum, by: User, now: datetime) -> None:
    referat = addendum.referat
    tell_offices(
        offices=readers_of(referat),
        meeting=referat.meeting,
        unit=referat.unit,
        kind="addendum_sent",
        subject=f"addendum:{addendum.pk}",
        occasion="sent",
        text=ADDENDUM_SENT,
        page="referat_detail",
        by=by,
        now=now,
    )
    record_event(
        by=by,
        verb="write_addendum",
        subject=f"referat:{referat.pk}",
        now=now,
        addendum=addendum.number,
        receipt=addendum.receipt,
    )
