"""Computing what is owed and storing it. Every function may run twice without harm.

A sync computes what should be owed now, stores what is new, moves what has another due day,
voids what no longer applies, and marks what has been done. It writes only what changed.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cohorts.models import Deltakelse, DeltakendeUnit, Record, Semester
from meetings.actions.obligation.fulfilment import (
    IsMet,
    is_closed_early,
    is_met_by_meetings,
    is_met_in_semester,
)
from meetings.actions.obligation.owed import (
    Demands,
    owed_after_sending,
    owed_for_meeting,
    owed_in_semester,
)
from meetings.actions.obligation.seats import ANCHOR as EMPTY_SEAT
from meetings.actions.obligation.store import MetAt, store_obligations
from meetings.models import FollowUpStatus, Meeting, Obligation, PaperStatus, Referat
from meetings.rules.obligation import Owed


@transaction.atomic
def sync_meeting_obligations(*, meeting: Meeting, now: datetime) -> None:
    """Bring everything that is owed because of `meeting` up to date, and the semester's dates."""
    stored = Obligation.objects.filter(meeting=meeting, referat=None, follow_up=None)
    demands = Demands(meeting.pulje, meeting.semester_id)
    wanted = [] if meeting.is_cancelled else list(owed_for_meeting(meeting, demands))
    is_met = is_met_by_meetings(Meeting.objects.filter(pk=meeting.pk), demands)
    store_obligations(wanted, stored, meeting.semester, is_met, now)
    if meeting.deltakelse is not None:
        _sync_semester(meeting.semester, demands, now, deltakelse=meeting.deltakelse)


@transaction.atomic
def sync_all_obligations(*, semester: Semester, now: datetime, met_at: MetAt | None = None) -> None:
    """Bring everything owed in a semester up to date: its dates, all meetings and all referater.

    The same as the other functions for each of them, in a bounded number of queries. `met_at`
    tells when something that was done before `now` was done; without it that is `now`.
    """
    demands = Demands(semester.pulje, semester.pk)
    meetings = Meeting.objects.filter(semester=semester)
    wanted = [
        owed
        for meeting in meetings.taking_place()
        .select_related("pulje", "activity", "deltakelse")
        .prefetch_related("units")
        for owed in owed_for_meeting(meeting, demands)
    ]
    stored = Obligation.objects.filter(meeting__semester=semester)
    store_obligations(
        wanted,
        stored.filter(referat=None, follow_up=None),
        semester,
        is_met_by_meetings(meetings, demands),
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
    store_obligations(wanted, stored.exclude(referat=None), semester, is_met, now, met_at)
    _sync_semester(semester, demands, now, met_at=met_at)


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
    demands = Demands(semester.pulje, semester.pk)
    _sync_semester(semester, demands, now, deltakelse=deltakelse, met_at=met_at)


@transaction.atomic
def sync_evaluation_obligations(*, semester: Semester, now: datetime) -> None:
    """Bring what is owed of the semester's evaluation up to date, and nothing else."""
    demands = Demands(semester.pulje, semester.pk)
    _sync_semester(semester, demands, now, record=Record.EVALUATION)


def _sync_semester(
    semester: Semester,
    demands: Demands,
    now: datetime,
    *,
    deltakelse: Deltakelse | None = None,
    record: str = "",
    met_at: MetAt | None = None,
) -> None:
    """`record` limits it to activities that are fulfilled so."""
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
            demands,
            national=deltakelse is None,
        )
    )
    if record:
        within = {a.pk for a in demands.in_semester(semester.pk) if a.record == record}
        stored = stored.filter(activity__in=within)
        wanted = [owed for owed in wanted if owed.activity_id in within]
    # A group that was made once is made, and who leaves it later is a duty of its own (`seats`).
    stored = stored.exclude(rule__anchor=EMPTY_SEAT)
    made = stored.filter(rule__met_by="group", met_at__isnull=False)
    done = set(made.values_list("key", flat=True))
    is_met = is_met_in_semester(semester, deltakelse, demands, timezone.localdate(now))
    store_obligations(
        [owed for owed in wanted if owed.key not in done],
        stored.exclude(key__in=done),
        semester,
        is_met,
        now,
        met_at,
        is_closed_early(semester, demands),
    )


@transaction.atomic
def sync_referat_obligations(*, referat: Referat, now: datetime) -> None:
    """Bring the reading of a sent referat and its follow-up points up to date."""
    meeting = referat.meeting
    stored = Obligation.objects.filter(referat=referat)
    demands = Demands(meeting.pulje, meeting.semester_id)
    wanted = list(owed_after_sending(referat, demands)) if referat.sent_at else []
    store_obligations(wanted, stored, meeting.semester, _is_met_after_sending([referat]), now)


def _is_met_after_sending(referater: list[Referat]) -> IsMet:
    """A test for what is owed once a referat is sent: read and answered, points closed."""
    answered = {r.pk for r in referater if r.status != PaperStatus.SENT}
    points = (point for referat in referater for point in referat.follow_ups.all())
    closed = {point.pk for point in points if point.status != FollowUpStatus.OPEN}

    def is_met(owed: Owed) -> bool:
        return owed.follow_up_id in closed if owed.follow_up_id else owed.referat_id in answered

    return is_met
