"""Calling, changing and cancelling a meeting. Everything that follows is done with it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.actions.messages import cancel_notices
from actors.models import User
from cohorts.models import Activity, Deltakelse, DeltakendeUnit
from cohorts.rules.errors import NotPossible, StaleEdit, refuse_closed
from meetings.actions.invitees import find_invitees, invite
from meetings.actions.notices import (
    CANCELLED,
    INVITATION,
    MOVED,
    cancelled_text,
    invitation_text,
    moved_text,
    subject_of,
    tell_participants,
)
from meetings.actions.obligation import sync_meeting_obligations
from meetings.actions.saksliste import sync_standing_saker
from meetings.models import Meeting, MeetingStatus, Response
from meetings.queries.language import language_of
from meetings.rules.meeting import form_problem

CHANGEABLE = ("title", "start", "end", "form", "place", "link")


@transaction.atomic
def create_meeting(
    *,
    activity: Activity,
    deltakelse: Deltakelse | None,
    units: Iterable[DeltakendeUnit],
    title: str = "",
    start: datetime,
    end: datetime,
    form: str,
    place: str = "",
    link: str = "",
    by: User,
    now: datetime,
) -> Meeting:
    """Call a meeting that counts for `activity`, and return it.

    `start` and `end` are aware. The semester is the activity's, whatever the date. Invites whom the
    activity names, puts the standing saker on the list and stores what is owed. Raises
    `PuljeClosed`, and `NotPossible` when form, times or participants do not fit the activity.
    """
    chosen = list(units)
    semester = activity.semester
    _refuse_misfit(activity, deltakelse, chosen, form, start, end)
    meeting = Meeting(
        pulje=semester.pulje,
        semester=semester,
        activity=activity,
        kind=activity.kind,
        deltakelse=deltakelse,
        title=title.strip(),
        start=start,
        end=end,
        form=form,
        place=place.strip(),
        link=link.strip(),
        created_at=now,
        created_by=by,
    )
    meeting.title = meeting.title or default_title(meeting, chosen)
    meeting.linked_to = find_linked(activity, deltakelse, chosen)
    meeting.save()
    meeting.units.set(chosen)
    _settle(meeting, now)
    _send_invitations(meeting, chosen, by, now)
    return meeting


def _send_invitations(
    meeting: Meeting, units: list[DeltakendeUnit], by: User, now: datetime
) -> None:
    """Invite everybody the activity names, tell them, and record that it was done."""
    invited = invite(meeting=meeting, invitees=_invitees(meeting, units))
    told = tell_participants(
        meeting=meeting,
        kind=INVITATION,
        occasion="invited",
        text=invitation_text(meeting),
        by=by,
        now=now,
    )
    record_event(
        by=by,
        verb="create_meeting",
        subject=subject_of(meeting),
        now=now,
        invited=len(invited),
        told=told,
    )


def default_title(meeting: Meeting, units: list[DeltakendeUnit]) -> str:
    """What a meeting is called: its activity and its units or owner, in the kommune's målform."""
    activity = meeting.activity
    name = activity.title_nn if language_of(meeting) == "nn" else activity.title_bm
    places = [str(unit) for unit in units]
    if not places and meeting.deltakelse is not None:
        places = [str(meeting.deltakelse.owner)]
    return ", ".join([name, *places])[:200]


def find_linked(
    activity: Activity, deltakelse: Deltakelse | None, units: list[DeltakendeUnit]
) -> Meeting | None:
    """The meeting that this one hangs on, or is counted from: the latest one that takes place."""
    spacing = activity.options.get("spacing") or {}
    key = activity.options.get("linked_to") or spacing.get("from")
    if key is None:
        return None
    found = Meeting.objects.taking_place().filter(
        semester=activity.semester_id, activity__key=key, deltakelse=deltakelse
    )
    of_units = found.filter(units__in=units) if units else found.none()
    return (of_units or found.filter(units=None)).order_by("-start", "-pk").first()


@transaction.atomic
def change_meeting(
    *, meeting: Meeting, edit_version: int, by: User, now: datetime, **changes: Any
) -> Meeting:
    """Change title, time, form, place or link (`CHANGEABLE`), and return the meeting.

    A new time makes the meeting moved: everybody is asked and told anew, what is owed gets new
    due days, and papers already sent stay. A physical meeting may become digital (domain 8.21).
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
        _settle(locked, now)
    if moved:
        _ask_anew(locked, old_start, by, now)
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
    cancel_notices(subject=subject_of(locked), reason=_("Møtet er avlyst"), now=now)
    _settle(locked, now)
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


def _refuse_misfit(
    activity: Activity,
    deltakelse: Deltakelse | None,
    units: list[DeltakendeUnit],
    form: str,
    start: datetime,
    end: datetime,
) -> None:
    """Raise `NotPossible` unless the participants, the form and the times fit the activity, and
    `PuljeClosed`."""
    refuse_closed(activity.semester.pulje)
    if activity.record != "meeting":
        raise NotPossible(_("Dette er ikke et møte."))
    if end <= start:
        raise NotPossible(_("Møtet må slutte etter at det begynner."))
    if activity.scope == "unit" and not units:
        raise NotPossible(_("Velg minst én enhet."))
    if activity.scope != "pulje" and deltakelse is None:
        raise NotPossible(_("Velg hvem møtet er for."))
    if len(units) > 1 and not activity.options.get("joint"):
        raise NotPossible(_("Dette møtet er for én enhet om gangen."))
    if any(unit.deltakelse_id != (deltakelse and deltakelse.pk) for unit in units):
        raise NotPossible(_("Enhetene må høre til den samme eieren."))
    if deltakelse is not None and deltakelse.pulje_id != activity.semester.pulje_id:
        raise NotPossible(_("Eieren deltar ikke i denne pulja."))
    if problem := form_problem(activity.form, form):
        raise NotPossible(problem)


def _locked(meeting: Meeting) -> Meeting:
    """The row as it is stored now, locked until the transaction ends."""
    rows = Meeting.objects.select_for_update(of=("self",))
    return rows.select_related("pulje", "semester", "activity", "deltakelse__owner__kommune").get(
        pk=meeting.pk
    )


def _settle(meeting: Meeting, now: datetime) -> None:
    """Bring the standing saker and what is owed in line with the meeting."""
    sync_standing_saker(meeting=meeting, now=now)
    sync_meeting_obligations(meeting=meeting, now=now)


def _invitees(meeting: Meeting, units: list[DeltakendeUnit]):
    day = timezone.localtime(meeting.start).date()
    return find_invitees(
        activity=meeting.activity, deltakelse=meeting.deltakelse, units=units, on=day
    )


def _ask_anew(meeting: Meeting, old: datetime, by: User, now: datetime) -> None:
    """Reset the answers and tell everybody once of the new time."""
    meeting.attendances.update(response=Response.NONE, responded_at=None)
    cancel_notices(subject=subject_of(meeting), reason=_("Møtet er flyttet"), now=now)
    invite(meeting=meeting, invitees=_invitees(meeting, list(meeting.units.all())))
    tell_participants(
        meeting=meeting,
        kind=MOVED,
        occasion=f"moved-{meeting.edit_version}",
        text=moved_text(meeting, old),
        by=by,
        now=now,
        moved_from=old,
    )
