"""An addition to a referat that can no longer be changed (domain 8.25)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from actors.actions.events import record_event
from actors.actions.messages import NoticeText
from actors.actions.signature import signed_as
from actors.models import User
from cohorts.rules.errors import NationalIdFound, NotPossible, NotReady
from cohorts.rules.paper import fields_with_national_ids, receipt_number
from lmp.lib.hashing import content_hash
from meetings.actions.paper_notices import tell_offices
from meetings.actions.referat import readers_of
from meetings.models import Addendum, Referat
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
    current = (
        Referat.objects.select_for_update(of=("self",))
        .select_related("meeting__pulje", "unit__unit")
        .get(pk=referat.pk)
    )
    version = current.versions.first()
    if version is None or not may_get_addendum(
        current.status, is_closed=current.meeting.pulje.is_closed
    ):
        raise NotPossible(_("Referatet er ikke låst. Endre det og send en ny versjon."))
    texts = {"text": text.strip(), "reason": reason.strip()}
    if missing := [key for key, value in texts.items() if not value]:
        raise NotReady(missing)
    if found := fields_with_national_ids(texts):
        raise NationalIdFound(found)
    if sak is not None and not 1 <= sak <= len(version.content["saker"]):
        raise NotPossible(_("Referatet har ingen slik sak."))
    digest = content_hash({"version": version.receipt, "sak": sak, **texts})
    same = current.addenda.filter(sha256=digest).first()
    if same is not None:
        return same
    with override(version.language):
        signature = signed_as(by)
    number = current.addenda.count() + 1
    addendum = Addendum.objects.create(
        referat=current,
        version=version,
        number=number,
        sak=sak,
        language=version.language,
        sha256=digest,
        receipt=addendum_receipt(current, number),
        written_by=by,
        written_as=signature,
        written_at=now,
        **texts,
    )
    _publish(addendum, by, now)
    return addendum


def addendum_receipt(referat: Referat, number: int) -> str:
    """The number of an addendum: «RF-9-000123-T1» is the first one to referat 123 of pulje 9."""
    stem = receipt_number("RF", referat.meeting.pulje.number, referat.pk, number)
    return f"{stem.rpartition('-')[0]}-T{number}"


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
