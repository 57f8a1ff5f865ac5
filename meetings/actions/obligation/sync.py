"""Computing what is owed and storing it. Every function may run twice without harm.

A sync computes what should be owed now, stores what is new, moves what has another due day,
voids what no longer applies, and marks what has been done. It writes only what changed.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cohorts.models import Deltakelse, DeltakendeUnit, Semester
from meetings.actions.obligation.fulfilment import IsMet, is_met_by_meetings, is_met_in_semester
from meetings.actions.obligation.owed import (
    Demands,
    owed_after_sending,
    owed_for_meeting,
    owed_in_semester,
)
from meetings.models import FollowUpStatus, Meeting, Obligation, PaperStatus, Referat
from meetings.queries.obligation import ObligationQuerySet
from meetings.rules.obligation import Owed

# When something that a row says is done was done, or None when that cannot be told.
MetAt = Callable[[Obligation], datetime | None]
CHANGING = ["due", "opens", "met_at", "void_at", "void_reason"]


@transaction.atomic
def sync_meeting_obligations(*, meeting: Meeting, now: datetime) -> None:
    """Bring everything that is owed because of `meeting` up to date, and the semester's dates."""
    stored = Obligation.objects.filter(meeting=meeting, referat=None, follow_up=None)
    wanted = [] if meeting.is_cancelled else list(owed_for_meeting(meeting))
    is_met = is_met_by_meetings(Meeting.objects.filter(pk=meeting.pk))
    _store(wanted, stored, meeting.semester, is_met, now)
    if meeting.deltakelse is not None:
        sync_semester_obligations(semester=meeting.semester, deltakelse=meeting.deltakelse, now=now)


@transaction.atomic
def sync_all_obligations(*, semester: Semester, now: datetime, met_at: MetAt | None = None) -> None:
    """Bring everything owed in a semester up to date: its dates, all meetings and all referater.

    The same as the other functions for each of them, in a bounded number of queries. `met_at`
    tells when something that was done before `now` was done; without it that is `now`.
    """
    demands = Demands(semester.pulje)
    meetings = Meeting.objects.filter(semester=semester)
    wanted = [
        owed
        for meeting in meetings.taking_place()
        .select_related("pulje", "activity", "deltakelse")
        .prefetch_related("units")
        for owed in owed_for_meeting(meeting, demands)
    ]
    stored = Obligation.objects.filter(meeting__semester=semester)
    _store(
        wanted,
        stored.filter(referat=None, follow_up=None),
        semester,
        is_met_by_meetings(meetings),
        now,
        met_at,
    )
    referater = Referat.objects.filter(meeting__semester=semester).sent()
    sent = list(
        referater.select_related("meeting__pulje", "meeting__activity").prefetch_related(
            "follow_ups"
        )
    )
    wanted = [owed for referat in sent for owed in owed_after_sending(referat, demands)]
    is_met = _is_met_after_sending(sent)
    _store(wanted, stored.exclude(referat=None), semester, is_met, now, met_at)
    sync_semester_obligations(semester=semester, now=now, met_at=met_at)


@transaction.atomic
def sync_semester_obligations(
    *,
    semester: Semester,
    now: datetime,
    deltakelse: Deltakelse | None = None,
    met_at: MetAt | None = None,
) -> None:
    """Bring what a semester demands beside its meetings' papers up to date.

    Limited to one deltakelse when given; `met_at` as in `sync_all_obligations`. A bounded number
    of queries, however many take part, and a few more for each group that is owed.
    """
    stored = Obligation.objects.filter(semester=semester, meeting=None, referat=None)
    deltakelser = Deltakelse.objects.filter(pulje_id=semester.pulje_id).active()
    if deltakelse is not None:
        stored = stored.filter(deltakelse=deltakelse)
        deltakelser = deltakelser.filter(pk=deltakelse.pk)
    units = DeltakendeUnit.objects.active().filter(deltakelse__in=deltakelser)
    wanted = list(
        owed_in_semester(
            semester,
            list(deltakelser),
            list(units.select_related("unit")),
            national=deltakelse is None,
        )
    )
    is_met = is_met_in_semester(semester, deltakelse, timezone.localdate(now))
    _store(wanted, stored, semester, is_met, now, met_at)


@transaction.atomic
def sync_referat_obligations(*, referat: Referat, now: datetime) -> None:
    """Bring the reading of a sent referat and its follow-up points up to date."""
    meeting = referat.meeting
    stored = Obligation.objects.filter(referat=referat)
    wanted = list(owed_after_sending(referat)) if referat.sent_at else []
    _store(wanted, stored, meeting.semester, _is_met_after_sending([referat]), now)


def _is_met_after_sending(referater: list[Referat]) -> IsMet:
    """A test for what is owed once a referat is sent: read and answered, points closed."""
    answered = {r.pk for r in referater if r.status != PaperStatus.SENT}
    points = (point for referat in referater for point in referat.follow_ups.all())
    closed = {point.pk for point in points if point.status != FollowUpStatus.OPEN}

    def is_met(owed: Owed) -> bool:
        return owed.follow_up_id in closed if owed.follow_up_id else owed.referat_id in answered

    return is_met


def _store(
    wanted: list[Owed],
    stored: ObligationQuerySet,
    semester: Semester,
    is_met: Callable[[Owed], bool],
    now: datetime,
    met_at: MetAt | None = None,
) -> None:
    """Make the stored obligations equal to `wanted`; write only what differs."""
    existing = {o.key: o for o in stored.select_for_update()}
    new, changed = [], []
    for owed in wanted:
        row = existing.pop(owed.key, None)
        met = is_met(owed)
        if row is None:
            new.append(_row(owed, semester, met, now))
        elif _bring_up_to_date(row, owed, met, now):
            changed.append(row)
    for row in existing.values():
        if row.void_at is None and row.met_at is None:
            row.void_at, row.void_reason = now, "no_longer_applies"
            changed.append(row)
    for row in new if met_at else []:
        row.met_at = row.met_at and min(met_at(row) or now, now)
    Obligation.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    Obligation.objects.bulk_update(changed, CHANGING, batch_size=500)


def _row(owed: Owed, semester: Semester, met: bool, now: datetime) -> Obligation:
    return Obligation(
        key=owed.key,
        pulje_id=semester.pulje_id,
        semester=semester,
        activity_id=owed.activity_id,
        rule_id=owed.rule_id,
        deltakelse_id=owed.deltakelse_id,
        unit_id=owed.unit_id,
        meeting_id=owed.meeting_id,
        referat_id=owed.referat_id,
        follow_up_id=owed.follow_up_id,
        owed_by=owed.actor,
        office=owed.office,
        opens=owed.opens,
        due=owed.due,
        met_at=now if met else None,
    )


def _bring_up_to_date(row: Obligation, owed: Owed, met: bool, now: datetime) -> bool:
    """Change `row` in memory to what is owed now; say whether anything changed."""
    before = [getattr(row, field) for field in CHANGING]
    row.due, row.opens = owed.due, owed.opens
    row.void_at, row.void_reason = None, ""
    row.met_at = (row.met_at or now) if met else None
    return before != [getattr(row, field) for field in CHANGING]
