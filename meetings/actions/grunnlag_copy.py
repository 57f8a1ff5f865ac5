"""Taking texts into a draft that are there already, and sharing the draft with the others."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from actors.actions.events import record_event
from actors.actions.messages import NoticeText
from actors.models import User
from actors.rules.roles import RoleKind
from cohorts.models import Involvement
from cohorts.rules.paper import Data
from meetings.actions.grunnlag import data_of, locked_grunnlag, refuse_read_only, write_draft
from meetings.actions.paper_notices import tell_offices
from meetings.models import Veiledningsgrunnlag
from meetings.queries.grunnlag_before import PARENTS
from meetings.rules.grunnlag import COPIED, carried_in

DRAFT_SHARED = NoticeText(
    title_bm="Utkast til veiledningsgrunnlag er delt med deg",
    title_nn="Utkast til rettleiingsgrunnlag er delt med deg",
    body_bm="Et utkast til veiledningsgrunnlag er klart til at dere skriver sammen.",
    body_nn="Eit utkast til rettleiingsgrunnlag er klart til at de skriv saman.",
    action_bm="Skriv på utkastet",
    action_nn="Skriv på utkastet",
)


@transaction.atomic
def copy_previous(
    *, grunnlag: Veiledningsgrunnlag, source: Veiledningsgrunnlag, by: User, now: datetime
) -> list[str]:
    """Take the texts of another grunnlag of the unit into the fields that are empty.

    What somebody has written is never overwritten. From a cancelled meeting the saksliste and what
    was said about the carried-over things come along (domain 8.21). Returns the keys of the data
    that were filled. Raises `PuljeClosed` or `NotPossible`.
    """
    current = locked_grunnlag(grunnlag)
    refuse_read_only(current.meeting)
    data = data_of(current)
    taken: Data = {
        key: getattr(source, key)
        for key in COPIED
        if not data[key].strip() and getattr(source, key).strip()
    }
    if source.meeting.is_cancelled:
        taken |= _from_cancelled(data, source)
    if taken:
        write_draft(current, taken, by, now)
        record_event(
            by=by,
            verb="copy_grunnlag",
            subject=f"grunnlag:{current.pk}",
            now=now,
            source=source.pk,
            fields=list(taken),
        )
    return list(taken)


def _from_cancelled(data: Data, source: Veiledningsgrunnlag) -> Data:
    """What else can be used again when the meeting it was written for was cancelled."""
    taken: Data = {}
    answered = {carried_in(row) for row in data["since_last"] if row.get("outcome")}
    rows = [row for row in source.since_last if carried_in(row) not in answered]
    if any(row.get("outcome") for row in rows):
        kept = [row for row in data["since_last"] if carried_in(row) in answered]
        taken["since_last"] = [*kept, *rows]
    own = [row for row in source.saker if row["title"] and not row["standing"]]
    has_own = any(not row["standing"] for row in data["saker"])
    if own and not has_own:
        added = [{**row, "sak": None, "own": False} for row in own if not row.get("removed")]
        live = data["saker"]
        at = len(live) - 1 if live and live[-1]["standing"] else len(live)
        taken["saker"] = [*live[:at], *added, *live[at:]]
    return taken


@transaction.atomic
def take_in_involvement(
    *, grunnlag: Veiledningsgrunnlag, involvement: Involvement, by: User, now: datetime
) -> Veiledningsgrunnlag:
    """Put what children or parents were part of into «hva sa de», and tick who was heard.

    Twice changes nothing. Raises `PuljeClosed` or `NotPossible`.
    """
    current = locked_grunnlag(grunnlag)
    refuse_read_only(current.meeting)
    line = line_of(involvement)
    if line in current.voices:
        return current
    heard = "heard_parents" if involvement.activity.key == PARENTS else "heard_children"
    voices = f"{current.voices}\n{line}" if current.voices.strip() else line
    write_draft(current, {"voices": voices, heard: True}, by, now)
    subject = f"grunnlag:{current.pk}"
    record_event(
        by=by, verb="take_in_involvement", subject=subject, now=now, involvement=involvement.pk
    )
    return current


def line_of(involvement: Involvement) -> str:
    """A registered involvement as a line of text: «Elevrådet, 12.11.2026: … Det førte til: …»."""
    line = f"{involvement}: {involvement.what.strip()}"
    led_to = involvement.led_to.strip()
    return f"{line} {led_to}" if led_to else line


@transaction.atomic
def share_draft(*, grunnlag: Veiledningsgrunnlag, by: User, now: datetime) -> int:
    """Tell the others who write on the draft that it is there, once a day. Returns how many.

    Raises `PuljeClosed` or `NotPossible`.
    """
    current = locked_grunnlag(grunnlag)
    refuse_read_only(current.meeting)
    told = tell_offices(
        offices=[RoleKind.LEDER, RoleKind.ARBEIDSGRUPPE],
        meeting=current.meeting,
        unit=current.unit,
        kind="grunnlag_shared",
        subject=f"grunnlag:{current.pk}",
        occasion=f"shared-{timezone.localtime(now).date():%Y-%m-%d}",
        text=DRAFT_SHARED,
        page="grunnlag_edit",
        by=by,
        now=now,
    )
    record_event(by=by, verb="share_grunnlag", subject=f"grunnlag:{current.pk}", now=now, told=told)
    return told
