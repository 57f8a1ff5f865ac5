"""Answers to an invitation, and who came."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import User
from cohorts.rules.errors import NotPossible, refuse_closed
from meetings.actions.notices import subject_of
from meetings.actions.obligation import sync_meeting_obligations
from meetings.models import Attendance, Meeting, Presence, Response
from meetings.rules.meeting import is_over

# What a guest is in `Attendance.actor`: somebody who was there without being invited.
GUEST = "gjest"


@dataclass(frozen=True)
class Entry:
    """What is registered of one person: whether and how (physical, digital or empty) she came."""

    attendance: Attendance
    presence: str
    mode: str = ""


@transaction.atomic
def respond_to_invitation(
    *, attendance: Attendance, response: str, by: User, now: datetime
) -> Attendance:
    """Answer an invitation with `Response.YES` or `Response.NO`; the answer may be changed.

    Only the invited person answers. Raises `NotPossible` for another person or when the meeting
    is cancelled or over, `PuljeClosed`.
    """
    meeting = Meeting.objects.select_related("pulje").get(pk=attendance.meeting_id)
    refuse_closed(meeting.pulje)
    if attendance.user_id != by.pk:
        raise NotPossible(_("Du kan bare svare for deg selv."))
    if meeting.is_cancelled:
        raise NotPossible(_("Møtet er avlyst. Du trenger ikke å svare."))
    if is_over(meeting.end, now):
        raise NotPossible(_("Møtet er over. Du trenger ikke å svare."))
    if response not in (Response.YES, Response.NO):
        raise NotPossible(_("Svar om du kommer eller ikke."))
    attendance.response, attendance.responded_at = response, now
    attendance.save(update_fields=["response", "responded_at"])
    record_event(
        by=by, verb="answer_invitation", subject=subject_of(meeting), now=now, response=response
    )
    sync_meeting_obligations(meeting=meeting, now=now)
    return attendance


@transaction.atomic
def record_attendance(
    *,
    meeting: Meeting,
    entries: Iterable[Entry],
    guests: Iterable[str] | None = None,
    by: User,
    now: datetime,
) -> list[Attendance]:
    """Store who came, and how; it may be done late and done again. Returns all rows.

    Doing it again with the same people changes nothing and is not recorded.

    `guests` are the names of others who were there and replace those stored before; None leaves
    them. Raises `NotPossible` before the meeting begins or when it is cancelled, `PuljeClosed`.
    """
    refuse_closed(meeting.pulje)
    if meeting.is_cancelled:
        raise NotPossible(_("Møtet er avlyst. Da er det ikke noe oppmøte."))
    if now < meeting.start:
        raise NotPossible(_("Møtet har ikke begynt. Registrer oppmøtet etterpå."))
    own = {pk: had for pk, *had in meeting.attendances.values_list("pk", "presence", "mode")}
    changed = []
    for entry in entries:
        row = entry.attendance
        if row.pk not in own:
            raise NotPossible(_("Personen er ikke invitert til dette møtet."))
        row.presence = entry.presence
        row.mode = entry.mode if entry.presence == Presence.PRESENT else ""
        if own[row.pk] != [row.presence, row.mode]:
            changed.append(row)
    Attendance.objects.bulk_update(changed, ["presence", "mode"])
    has_new_guests = guests is not None and _replace_guests(meeting, guests)
    if changed or has_new_guests:
        present = meeting.attendances.filter(presence=Presence.PRESENT).count()
        record_event(
            by=by, verb="record_attendance", subject=subject_of(meeting), now=now, present=present
        )
    return list(meeting.attendances.in_order())


def _replace_guests(meeting: Meeting, names: Iterable[str]) -> bool:
    """Make the guests of the meeting exactly `names`, each once; whether that changed anything."""
    wanted = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    guests = meeting.attendances.filter(actor=GUEST, user=None)
    gone, _each = guests.exclude(name__in=wanted).delete()
    had = set(guests.values_list("name", flat=True))
    new = Attendance.objects.bulk_create(
        Attendance(meeting=meeting, name=name[:150], actor=GUEST, presence=Presence.PRESENT)
        for name in wanted
        if name not in had
    )
    return bool(gone or new)
