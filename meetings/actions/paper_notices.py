"""What people are told about papers: neutral words, and a link that opens in the right office."""

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from actors.actions.messages import NoticeText, notify_roles
from actors.models import Role, User
from cohorts.models import DeltakendeUnit
from meetings.actions.notices import origin_of, place_of
from meetings.actions.recipients import holders_of
from meetings.models import Meeting

GRUNNLAG_SENT = NoticeText(
    title_bm="Veiledningsgrunnlag er sendt",
    title_nn="Rettleiingsgrunnlag er sendt",
    body_bm="Veiledningsgrunnlag og saksliste til et møte du veileder i, er sendt.",
    body_nn="Rettleiingsgrunnlag og sakliste til eit møte du rettleier i, er sendt.",
    action_bm="Les grunnlaget",
    action_nn="Les grunnlaget",
)
REFERAT_SENT = NoticeText(
    title_bm="Referat er sendt",
    title_nn="Referat er sendt",
    body_bm="Referatet fra et møte du var invitert til, er sendt.",
    body_nn="Referatet frå eit møte du var invitert til, er sendt.",
    action_bm="Les referatet",
    action_nn="Les referatet",
)
MERKNAD_WRITTEN = NoticeText(
    title_bm="Referatet har fått en merknad",
    title_nn="Referatet har fått ein merknad",
    body_bm="En som leste referatet, har skrevet en merknad.",
    body_nn="Ein som las referatet, har skrive ein merknad.",
    action_bm="Les merknaden",
    action_nn="Les merknaden",
)
MERKNAD_ANSWERED = NoticeText(
    title_bm="Merknaden din har fått svar",
    title_nn="Merknaden din har fått svar",
    body_bm="Den som skrev referatet, har svart på merknaden din.",
    body_nn="Den som skreiv referatet, har svart på merknaden din.",
    action_bm="Les svaret",
    action_nn="Les svaret",
)
REFERAT_APPROVED = NoticeText(
    title_bm="Referatet er godkjent",
    title_nn="Referatet er godkjent",
    body_bm="En veileder har godkjent referatet.",
    body_nn="Ein rettleiar har godkjent referatet.",
    action_bm="Se referatet",
    action_nn="Sjå referatet",
)


def paper_path(name: str, meeting: Meeting, unit: DeltakendeUnit | None) -> str:
    """The path of a page about a paper, of the right unit in a joint meeting."""
    path = reverse(f"meetings:{name}", args=[meeting.pk])
    return f"{path}?enhet={unit.pk}" if unit is not None else path


def receivers(
    offices: Iterable[str], meeting: Meeting, unit: DeltakendeUnit | None, on: date
) -> list[Role]:
    """Who holds one of the offices at the unit or the owner on the local date `on`, each once."""
    return holders_of(offices, meeting.deltakelse_id, unit.pk if unit else None, on)


def tell_offices(
    *,
    offices: Iterable[str],
    meeting: Meeting,
    unit: DeltakendeUnit | None,
    kind: str,
    subject: str,
    occasion: str,
    text: NoticeText,
    page: str,
    by: User,
    now: datetime,
) -> int:
    """Queue a notice to everybody who holds one of the offices at the unit or the owner today.

    The person who did it is not told. Returns how many notices are new.
    """
    roles = receivers(offices, meeting, unit, timezone.localtime(now).date())
    return notify_roles(
        roles=roles,
        kind=kind,
        subject=subject,
        occasion=occasion,
        text=text,
        url=paper_path(page, meeting, unit),
        by=by,
        now=now,
        place=place_of(meeting, unit),
        origin=origin_of(meeting, unit),
    )
