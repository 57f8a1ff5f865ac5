"""Taking a sent grunnlag back, until a veileder has opened it (domain 3.10)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from actors.actions.events import record_event
from actors.actions.messages import cancel_notices
from actors.models import Opening, User
from actors.rules.roles import RoleKind
from cohorts.rules.errors import NotPossible
from meetings.access.privacy import subject_of
from meetings.actions.grunnlag import locked_grunnlag, refuse_read_only, settle_carried
from meetings.actions.obligation import sync_meeting_obligations
from meetings.models import (
    GrunnlagComment,
    PaperStatus,
    Veiledningsgrunnlag,
    VeiledningsgrunnlagVersion,
)
from meetings.rules.grunnlag import own_again
from meetings.rules.meeting import is_over


@transaction.atomic
def withdraw_grunnlag(
    *, grunnlag: Veiledningsgrunnlag, by: User, now: datetime
) -> Veiledningsgrunnlag:
    """Make a sent grunnlag a draft again; what was sent stays in the log, and nobody reads it.

    What is owed opens again, notices that have not gone out are stopped, the unit's own saker come
    off the saksliste, and what was reported as done is open again. The row is locked as when a
    veileder opens it, so that exactly one of the two wins. Withdrawing twice changes nothing.
    Raises `NotPossible` when a veileder has opened or somebody has commented on it, or when the
    meeting is over; `PuljeClosed`.
    """
    current = locked_grunnlag(grunnlag)
    refuse_read_only(current.meeting)
    if current.sent_at is None:
        return current
    versions = list(current.versions.standing())
    refuse_withdrawal(current, versions, now)
    current.versions.standing().update(withdrawn_at=now, withdrawn_by=by)
    current.status, current.sent_at = PaperStatus.DRAFT, None
    _take_saker_back(current, now)
    current.edit_version += 1
    current.save()
    settle_carried(current, _as_not_done(versions), by, now)
    subject = f"grunnlag:{current.pk}"
    cancel_notices(subject=subject, reason=gettext_noop("Grunnlaget er trukket tilbake"), now=now)
    sync_meeting_obligations(meeting=current.meeting, now=now)
    receipts = [version.receipt for version in versions]
    record_event(by=by, verb="withdraw_grunnlag", subject=subject, now=now, receipts=receipts)
    return current


def refuse_withdrawal(
    grunnlag: Veiledningsgrunnlag, versions: list[VeiledningsgrunnlagVersion], now: datetime
) -> None:
    """Raise `NotPossible` with the reason why the sent `versions` cannot be withdrawn any more."""
    if is_over(grunnlag.meeting.end, now):
        raise NotPossible(_("Møtet er over. Grunnlaget kan ikke trekkes tilbake."))
    if any(version.is_hidden for version in versions):
        raise NotPossible(_("Teksten er meldt og skjult. Rens den i stedet."))
    opened = Opening.objects.filter(subject__in=[subject_of(version) for version in versions])
    first = opened.by_role(RoleKind.VEILEDER).select_related("user").order_by("first_at").first()
    if first is not None:
        raise NotPossible(
            _("%(who)s har åpnet grunnlaget. Send heller en ny versjon.") % {"who": first.user}
        )
    if GrunnlagComment.objects.filter(version__in=versions).exists():
        raise NotPossible(_("Grunnlaget er kommentert. Send heller en ny versjon."))


def can_withdraw(grunnlag: Veiledningsgrunnlag, now: datetime) -> bool:
    """Whether a sent grunnlag can still be taken back, as it looks without a lock."""
    try:
        refuse_withdrawal(grunnlag, list(grunnlag.versions.standing()), now)
    except NotPossible:
        return False
    return True


def _take_saker_back(grunnlag: Veiledningsgrunnlag, now: datetime) -> None:
    """Take the unit's own saker off the saksliste of a coming meeting; they stay in the draft."""
    own = [row["sak"] for row in grunnlag.saker if row.get("own") and row["sak"]]
    grunnlag.meeting.saker.filter(pk__in=own, standing="").delete()
    grunnlag.saker = own_again(grunnlag.saker, own)


def _as_not_done(versions: list[VeiledningsgrunnlagVersion]) -> list[dict]:
    """The carried-over rows that were reported as done, as still under way."""
    rows = [row for version in versions for row in version.content.get("since_last", [])]
    keep = ("follow_up", "mellomarbeid", "comment")
    done = (row for row in rows if row.get("outcome") == "done")
    return [{key: row[key] for key in keep if key in row} | {"outcome": "partly"} for row in done]
