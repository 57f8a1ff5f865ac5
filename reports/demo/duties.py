"""What is owed, when it was done, and the reminders that went out before today."""

from datetime import datetime, timedelta

from django.db.models import Max

from actors.actions.messages import bundle_notices
from actors.models import Mail, MailboxMessage, MailStatus, Notice, NoticeStatus
from cohorts.models import ActivityRecord, Pulje, Semester
from meetings.actions.obligation import (
    extend_for_successors,
    sync_all_obligations,
    sync_empty_seats,
)
from meetings.actions.reminder import scan
from meetings.models import FollowUp, Meeting, Obligation, Referat, Veiledningsgrunnlag
from reports.demo.world import CALENDAR, World, oslo

REMINDED_DAYS = 2  # working days of reminders that are kept as history
CLOCK = 8  # within the hours of sending
LEFT_TO_SEND = ("paper", "review", "item", "answer", "agenda")


def store_duties(world: World, pulje: Pulje) -> None:
    """Store what every semester of a pulje that has begun demands, with the time it was met."""
    for semester in pulje.semesters.filter(start__lte=world.today).select_related("pulje"):
        sync_all_obligations(semester=semester, now=world.now, met_at=_Moments(semester).of)
    sync_empty_seats(pulje=pulje, now=world.now)
    extend_for_successors(pulje=pulje, now=world.now)


class _Moments:
    """When papers were sent, meetings called, answers given and things registered."""

    def __init__(self, semester: Semester) -> None:
        meetings = Meeting.objects.filter(semester=semester)
        self.sent = {
            (place, *key): moment
            for place, model in (("before", Veiledningsgrunnlag), ("after", Referat))
            for *key, moment in model.objects.filter(meeting__in=meetings)
            .sent()
            .values_list("meeting", "unit", "sent_at")
        }
        self.rules = {rule.pk: rule for rule in semester.pulje.deadline_rules.all()}
        self.papers = dict(semester.activities.values_list("pk", "paper"))
        points = FollowUp.objects.filter(referat__meeting__in=meetings)
        self.closed = dict(points.values_list("pk", "closed_at"))
        referater = Referat.objects.filter(meeting__in=meetings)
        self.approved = dict(referater.values_list("pk", "approved_at"))
        self.called = dict(meetings.values_list("pk", "created_at"))
        self.summoned = dict(meetings.values_list("pk", "agenda_sent_at"))
        self.first_called = min(self.called.values(), default=None)
        records = ActivityRecord.objects.filter(activity__semester=semester)
        grouped = records.values_list("activity", "deltakelse", "unit")
        self.recorded = {
            key: moment
            for *key_parts, moment in grouped.annotate(last=Max("registered_at"))
            for key in (tuple(key_parts),)
        }
        self.begun = oslo(CALENDAR.shift(semester.start, "next"), 9)

    def of(self, each: Obligation) -> datetime | None:
        """The moment an obligation was met; None when it cannot be told."""
        if each.follow_up_id is not None:
            return self.closed[each.follow_up_id]
        if each.referat_id is not None:
            return self.approved[each.referat_id]
        met_by = self.rules[each.rule_id].met_by if each.rule_id else "record"
        if met_by == "paper":
            place = self.papers[each.activity_id or 0]
            own = self.sent.get((place, each.meeting_id, each.unit_id))
            return own or self.sent.get((place, each.meeting_id, None))
        if met_by == "agenda":
            return self.summoned.get(each.meeting_id)
        if met_by == "answer":
            return self.called.get(each.meeting_id)
        if met_by == "date":
            return self.first_called
        if met_by == "group":
            return self.begun
        key = (each.activity_id, each.deltakelse_id, each.unit_id)
        return self.recorded.get(key)


def remember_reminders(world: World, pulje: Pulje) -> None:
    """Let the reminders until today have gone out, but for those about today's papers.

    Those wait to be sent by the worker, so that a handful of mails arrives in the demo; on a
    free day they are those of the last working day.
    """
    last = CALENDAR.shift(world.today, "previous")
    days = sorted(CALENDAR.add_workdays(last, -n) for n in range(1, REMINDED_DAYS + 1))
    Notice.objects.filter(status=NoticeStatus.QUEUED).delete()
    for day in days:
        moment = oslo(day, CLOCK)
        scan(now=moment)
        bundle_notices(now=moment)
        _mark_sent(moment + timedelta(minutes=5))
    moment = oslo(last, CLOCK - 1)
    scan(now=moment)
    papers = pulje.deadline_rules.filter(met_by__in=LEFT_TO_SEND).values("key")
    waiting = Notice.objects.filter(status=NoticeStatus.QUEUED)
    people = set(waiting.filter(kind__in=papers).values_list("recipient", flat=True))
    later = moment + timedelta(minutes=1)
    waiting.filter(recipient__in=people).update(not_before=later)
    bundle_notices(now=moment)
    _mark_sent(moment + timedelta(minutes=5))
    bundle_notices(now=later)  # in the outbox, so that they leave whatever the hour is


def _mark_sent(moment: datetime) -> None:
    """What has been bundled was sent, and can be read in the post box."""
    waiting = Mail.objects.filter(status=MailStatus.QUEUED)
    MailboxMessage.objects.bulk_create(
        (
            MailboxMessage(
                to=mail.to,
                sender="Læringsmiljøprosjektet <varsel@lmp.example>",
                subject=mail.subject,
                text=mail.text,
                html=mail.html,
                sent_at=moment,
            )
            for mail in waiting.order_by("pk")
        ),
        batch_size=200,
    )
    Notice.objects.filter(mail__in=waiting).update(status=NoticeStatus.SENT)
    waiting.update(status=MailStatus.SENT, sent_at=moment, attempts=1, letter=b"")
