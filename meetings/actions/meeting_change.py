"""Changing, moving and cancelling a meeting. Everything that follows is done with it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from actors.actions.events import record_event
from actors.actions.messages import cancel_notices
from actors.models import User
from cohorts.rules.errors import NotPossible, StaleEdit, refuse_closed
from meetings.actions.invitees import invite
from meetings.actions.meeting import invitees_of, settle_meeting
from meetings.actions.notices import (
    CANCELLED,
    CHANGED,
    MOVED,
    cancelled_text,
    changed_text,
    moved_text,
    subject_of,
    tell_participants,
)
from meetings.models import Meeting, MeetingStatus, Response
from meetings.models.meeting import MeetingForm

CHANGEABLE = ("title", "start", "end", "form", "place", "link")


@transaction.atomic
def change_meeting(
    *, meeting: Meeting, edit_version: int, by: User, now: datetime, **changes: Any
) -> Meeting:
    """Change title, time, form, place or link (`CHANGEABLE`), and return the meeting.

    A new time makes the meeting moved: everybody is asked and told anew, what is owed gets new
    due days, and papers already sent stay. Of a new place, form, link or end everybody is told; the
    answers stand. A physical meeting may become digital (domain 8.21).
    Raises `StaleEdit` when somebody else has saved since `edit_version`, `NotPossible` when the
    meeting is cancelled or the times do not fit, `PuljeClosed`.
    """
    locked = _locked(meeting)
    refuse_closed(locked.pulje)
    if locked.is_cancelled:
        raise NotPossible(_("Møtet er avlyst. Lag et nytt møte i stedet."))
    if locked.edit_version != edit_version:
        raise StaleEdit(locked)
    old_start = locked.start
    changed = _apply(locked, changes)
    if not changed:
        return locked
    moved = "start" in changed
    if moved:
        locked.status, locked.moved_from = MeetingStatus.MOVED, old_start
    locked.edit_version += 1
    locked.save()
    if moved or "end" in changed:
        settle_meeting(locked, now)
    if moved:
        _ask_anew(locked, old_start, by, now, elsewhere=is_elsewhere(locked, changed))
    elif is_news(locked, changed):
        _tell_of_change(locked, by, now)
    record_event(
        by=by,
        verb="move_meeting" if moved else "change_meeting",
        subject=subject_of(locked),
        now=now,
        fields=changed,
        moved_from=old_start.isoformat() if moved else None,
        moved_to=locked.start.isoformat() if moved else None,
    )
    return locked


def is_news(meeting: Meeting, changed: Collection[str]) -> bool:
    """Whether everybody is told, when these fields are other ones and the meeting is not moved."""
    return "end" in changed or is_elsewhere(meeting, changed)


def is_elsewhere(meeting: Meeting, changed: Collection[str]) -> bool:
    """Whether the way there is another: the form, or what a meeting of its form goes by."""
    way = "link" if meeting.form == MeetingForm.DIGITAL else "place"
    return bool({"form", way} & {*changed})


def _apply(meeting: Meeting, changes: dict[str, Any]) -> list[str]:
    """Set the fields that differ and name them; raises `NotPossible` when the times do not fit."""
    before = {field: getattr(meeting, field) for field in CHANGEABLE}
    changed = [field for field in CHANGEABLE if changes.get(field, before[field]) != before[field]]
    for field in changed:
        setattr(meeting, field, changes[field])
    if meeting.end <= meeting.start:
        raise NotPossible(_("Møtet må slutte etter at det begynner."))
    return changed


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, reason: str, by: User, now: datetime) -> Meeting:
    """Cancel a meeting with a reason that everybody who sees it may read; nothing is owed for it.

    A grunnlag that was sent stays, and can be used for a new date. Cancelling twice changes
    nothing. Raises `NotPossible` without a reason, `PuljeClosed`.
    """
    locked = _locked(meeting)
    refuse_closed(locked.pulje)
    if locked.is_cancelled:
        return locked
    if not reason.strip():
        raise NotPossible(_("Skriv hvorfor møtet er avlyst."))
    locked.status, locked.status_reason = MeetingStatus.CANCELLED, reason.strip()
    locked.edit_version += 1
    locked.save()
    cancel_notices(subject=subject_of(locked), reason=gettext_noop("Møtet er avlyst"), now=now)
    settle_meeting(locked, now)
    tell_participants(
        meeting=locked,
        kind=CANCELLED,
        occasion="cancelled",
        text=cancelled_text(locked),
        by=by,
        now=now,
    )
    record_event(by=by, verb="cancel_meeting", subject=subject_of(locked), now=now)
    return locked


def _locked(meeting: Meeting) -> Meeting:
    """The row as it is stored now, locked until the transaction ends."""
    rows = Meeting.objects.select_for_update(of=("self",))
    return rows.select_related("pulje", "semester", "activity", "deltakelse__owner__kommune").get(
        pk=meeting.pk
    )


def _tell_of_change(meeting: Meeting, by: User, now: datetime) -> None:
    """Tell everybody how the meeting is now, in place of what was to be said of earlier changes."""
    cancel_notices(
        subject=subject_of(meeting),
        kind=f"meeting_{CHANGED}",
        reason=gettext_noop("Møtet er endret igjen"),
        now=now,
    )
    tell_participants(
        meeting=meeting,
        kind=CHANGED,
        occasion=f"changed-{meeting.edit_version}",
        text=changed_text(meeting),
        by=by,
        now=now,
    )


def _ask_anew(meeting: Meeting, old: datetime, by: User, now: datetime, *, elsewhere: bool) -> None:
    """Reset the answers and tell everybody once of the new time, and of a place that is new."""
    meeting.attendances.update(response=Response.NONE, responded_at=None)
    cancel_notices(subject=subject_of(meeting), reason=gettext_noop("Møtet er flyttet"), now=now)
    invite(meeting=meeting, invitees=invitees_of(meeting, list(meeting.units.all())))
    tell_participants(
        meeting=meeting,
        kind=MOVED,
        occasion=f"moved-{meeting.edit_version}",
        text=moved_text(meeting, old, elsewhere=elsewhere),
        by=by,
        now=now,
        moved_from=old,
    )
