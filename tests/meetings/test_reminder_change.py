"""What changes while reminders wait: people, meetings, and duties that are done."""

from datetime import date, datetime, timedelta

import pytest

from actors.actions.messages import SendResult, bundle_notices, send_mails
from actors.models import Notice
from cohorts.models import DeadlineRule
from meetings.actions.meeting_change import change_meeting
from meetings.actions.obligation import sync_meeting_obligations
from meetings.actions.reminder import cancel_settled_reminders, scan
from meetings.models import Obligation, Veiledningsgrunnlag
from tests.factories.people import make_role
from tests.factories.reminders import KIND, at, called_meeting, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(scene):
    return called_meeting(scene)


def test_the_leader_changed_yesterday(scene, meeting):
    """What waits for the one who left is stopped; the one who came is told the same day."""
    scan(now=at(19))
    scene.leder.valid_to = date(2026, 11, 19)
    scene.leder.save()
    successor = make_role("leder", scene.skole.unit)

    scan(now=at(20))
    cancel_settled_reminders(now=at(20))

    assert told() == [
        (scene.leder.user, "remind-5", "cancelled"),
        (successor.user, "remind-5", "queued"),
    ]
    first = Notice.objects.get(recipient=scene.leder.user, kind=KIND)
    assert first.outcome == "Mottakeren har ikke lenger rollen"


def test_a_moved_meeting_stops_what_waits_and_is_reminded_of_anew(scene, meeting):
    scan(now=at(19))
    move(scene, meeting, timedelta(days=7), at(19))
    cancel_settled_reminders(now=at(19))
    scan(now=at(26))

    assert [(n.occasion, n.status) for n in Notice.objects.filter(kind=KIND).order_by("pk")] == [
        ("remind-5@2026-11-26", "cancelled"),
        ("remind-5@2026-12-03", "queued"),
    ]
    stopped = Notice.objects.get(kind=KIND, status="cancelled")
    assert stopped.why == "Fristen er flyttet til torsdag 3. desember"


def test_a_meeting_that_is_moved_back_is_reminded_of_after_all(scene, meeting):
    scan(now=at(19))
    moved = move(scene, meeting, timedelta(days=7), at(19))
    cancel_settled_reminders(now=at(19))
    move(scene, moved, timedelta(days=-7), at(20))

    scan(now=at(20))

    notice = Notice.objects.get(kind=KIND)
    assert (notice.status, notice.outcome, notice.not_before) == ("queued", "", at(20))


def test_what_was_taken_out_of_a_mail_is_sent_when_it_is_to_be_done_after_all(
    scene, meeting, mailoutbox
):
    """As when a grunnlag is withdrawn while the mail server is down."""
    owed = Obligation.objects.filter(rule__key=KIND)
    scan(now=at(19))
    bundle_notices(now=at(19))
    owed.update(met_at=at(19))
    assert send_mails(now=at(19)) == SendResult(cancelled=1)
    owed.update(met_at=None)

    scan(now=at(20))
    bundle_notices(now=at(20))
    send_mails(now=at(20))

    assert told() == [(scene.leder.user, "remind-5", "sent")]


def test_an_account_that_was_closed_and_opened_again_is_told_after_all(scene, meeting):
    person = scene.leder.user
    scan(now=at(19))
    for is_open in (False, True):
        person.is_active = is_open
        person.save()
        bundle_notices(now=at(19, hour=12))
        scan(now=at(20))

    assert told() == [(person, "remind-5", "queued")]


def move(scene, meeting, by: timedelta, now: datetime):
    return change_meeting(
        meeting=meeting,
        edit_version=meeting.edit_version,
        start=meeting.start + by,
        end=meeting.end + by,
        by=scene.by("veileder"),
        now=now,
    )


def test_a_voided_duty_stops_its_reminders(scene, meeting):
    """Nobody owes it any more; an evaluation that is closed early is in `test_evaluation`."""
    scan(now=at(19))
    owed = Obligation.objects.filter(rule__key=KIND)
    owed.update(void_at=at(20), void_reason="no_longer_applies")

    assert cancel_settled_reminders(now=at(20)) == 1
    assert scan(now=at(26)) == 0
    assert Notice.objects.get(kind=KIND).outcome == "Det gjelder ikke lenger"


def test_what_waits_is_stopped_when_the_pulje_closes(scene, meeting):
    scan(now=at(19))
    scene.pulje.status = "closed"
    scene.pulje.save()

    cancel_settled_reminders(now=at(20))

    assert told() == [(scene.leder.user, "remind-5", "cancelled")]


def test_who_no_longer_follows_the_unit_is_not_told(scene, meeting):
    """A veileder keeps the role, but another has the assignment."""
    rule = DeadlineRule.objects.get(key=KIND)
    Obligation.objects.filter(rule=rule).update(office="veileder")
    scan(now=at(19))
    gone = scene.deltakelse.oppdrag.get(veileder=scene.veileder.user)
    gone.valid_to = date(2026, 11, 19)
    gone.save()

    cancel_settled_reminders(now=at(20))

    assert sorted((status, user == scene.veileder.user) for user, _, status in told()) == [
        ("cancelled", True),
        ("queued", False),
    ]


def test_what_was_done_is_told_with_its_day(scene, meeting):
    scan(now=at(19))
    Veiledningsgrunnlag.objects.create(
        meeting=meeting,
        unit=scene.skole,
        status="sent",
        created_at=at(20),
        updated_at=at(20),
        updated_by=scene.leder.user,
        sent_at=at(20),
    )
    sync_meeting_obligations(meeting=meeting, now=at(20))

    cancel_settled_reminders(now=at(20))

    assert Notice.objects.get(kind=KIND).why == "Gjort fredag 20. november"
