"""Calling a meeting. Everything that follows is done with it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import User
from cohorts.models import Activity, Deltakelse, DeltakendeUnit
from cohorts.rules.errors import NotPossible, refuse_closed
from meetings.actions.invitees import find_invitees, invite
from meetings.actions.notices import (
    INVITATION,
    invitation_text,
    subject_of,
    tell_participants,
)
from meetings.actions.obligation import sync_meeting_obligations
from meetings.actions.saksliste import sync_standing_saker
from meetings.models import Meeting
from meetings.queries.language import language_of
from meetings.rules.meeting import form_problem


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
    settle_meeting(meeting, now)
    _send_invitations(meeting, chosen, by, now)
    return meeting


def _send_invitations(
    meeting: Meeting, units: list[DeltakendeUnit], by: User, now: datetime
) -> None:
    """Invite everybody the activity names, tell them, and record that it was done."""
    invited = invite(meeting=meeting, invitees=invitees_of(meeting, units))
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


def settle_meeting(meeting: Meeting, now: datetime) -> None:
    """Bring the standing saker and what is owed in line with the meeting."""
    sync_standing_saker(meeting=meeting, now=now)
    sync_meeting_obligations(meeting=meeting, now=now)


def invitees_of(meeting: Meeting, units: list[DeltakendeUnit]):
    day = timezone.localtime(meeting.start).date()
    return find_invitees(
        activity=meeting.activity, deltakelse=meeting.deltakelse, units=units, on=day
    )
