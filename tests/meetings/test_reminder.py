"""A reminder goes to those who still owe it, once a step, in their own language."""

from datetime import UTC, date, datetime, timedelta

import pytest

from actors.actions.messages import bundle_notices, send_mails
from actors.models import Mail, Notice
from cohorts.models import DeadlineRule
from cohorts.rules.deadlines import steps_from
from meetings.actions.meeting_change import cancel_meeting, change_meeting
from meetings.actions.obligation import sync_meeting_obligations
from meetings.actions.reminder import cancel_settled_reminders, scan
from meetings.models import Veiledningsgrunnlag
from meetings.tasks import send_reminders
from tests.factories.meetings import make_meeting, make_scene
from tests.factories.people import make_role

pytestmark = pytest.mark.django_db

# The meeting is on Thursday 3 December; its grunnlag is due on Thursday 26 November.
MEETING = datetime(2026, 12, 3, 8, 0, tzinfo=UTC)
FIRST_STEP = datetime(2026, 11, 19, 7, 0, tzinfo=UTC)  # five working days before
KIND = "veiledningsgrunnlag"


@pytest.fixture
def meeting(scene):
    meeting = make_meeting(scene, "veiledning_1")
    Notice.objects.all().delete()  # the invitation's own
    return meeting


def reminders() -> list[tuple]:
    rows = Notice.objects.filter(kind=KIND).order_by("pk")
    return [(n.recipient, n.occasion) for n in rows]


def test_the_one_who_owes_it_is_reminded_five_workdays_before(scene, meeting):
    scan(now=FIRST_STEP)

    assert reminders() == [(scene.leder.user, "remind-5@2026-11-26")]


def test_a_second_scan_sends_nothing_more(scene, meeting):
    scan(now=FIRST_STEP)

    assert scan(now=FIRST_STEP + timedelta(minutes=5)) == 0
    assert len(reminders()) == 1


def test_nothing_is_sent_before_the_first_step(meeting):
    scan(now=FIRST_STEP - timedelta(days=1))

    assert reminders() == []


def test_nothing_is_sent_on_a_sunday(meeting):
    scan(now=datetime(2026, 11, 22, 7, 0, tzinfo=UTC))

    assert Notice.objects.count() == 0


def test_what_was_missed_is_caught_up_once(scene, meeting):
    # The engine stood still from the 18th to the 23rd.
    scan(now=datetime(2026, 11, 23, 7, 0, tzinfo=UTC))

    assert reminders() == [(scene.leder.user, "remind-5@2026-11-26")]


def send_grunnlag(scene, meeting, now=FIRST_STEP):
    Veiledningsgrunnlag.objects.create(
        meeting=meeting,
        unit=scene.skole,
        status="sent",
        created_at=now,
        updated_at=now,
        updated_by=scene.leder.user,
        sent_at=now,
    )
    sync_meeting_obligations(meeting=meeting, now=now)


def test_who_has_sent_it_is_not_reminded(scene, meeting):
    send_grunnlag(scene, meeting)

    scan(now=FIRST_STEP)

    assert reminders() == []


def test_a_waiting_reminder_is_stopped_when_the_paper_is_sent(scene, meeting):
    scan(now=FIRST_STEP)
    send_grunnlag(scene, meeting)

    cancel_settled_reminders(now=FIRST_STEP)

    assert Notice.objects.get(kind=KIND).status == "cancelled"


def test_a_waiting_reminder_is_stopped_when_the_meeting_is_cancelled(scene, meeting):
    scan(now=FIRST_STEP)
    cancel_meeting(meeting=meeting, reason="Streik", by=scene.by("veileder"), now=FIRST_STEP)

    cancel_settled_reminders(now=FIRST_STEP)

    assert Notice.objects.get(kind=KIND).status == "cancelled"


def test_a_moved_meeting_is_reminded_of_for_its_new_date(scene, meeting):
    scan(now=FIRST_STEP)
    change_meeting(
        meeting=meeting,
        edit_version=meeting.edit_version,
        start=MEETING + timedelta(days=7),
        end=MEETING + timedelta(days=7, hours=2),
        by=scene.by("veileder"),
        now=FIRST_STEP,
    )

    scan(now=FIRST_STEP + timedelta(days=7))

    assert [occasion for _, occasion in reminders()] == [
        "remind-5@2026-11-26",
        "remind-5@2026-12-03",
    ]


def test_three_days_late_the_arbeidsgruppe_is_told_too(scene, meeting):
    scan(now=datetime(2026, 12, 1, 7, 0, tzinfo=UTC))

    assert sorted(occasion for _, occasion in reminders()) == [
        "remind+3@2026-11-26",
        "to-arbeidsgruppe+3@2026-11-26",
    ]


def test_the_successor_is_reminded_not_the_one_who_left(scene, meeting):
    scene.leder.valid_to = date(2026, 11, 18)
    scene.leder.save()
    successor = make_role("leder", scene.skole.unit)

    scan(now=FIRST_STEP)

    assert reminders() == [(successor.user, "remind-5@2026-11-26")]


def test_the_text_is_neutral_and_in_the_recipients_language(scene, meeting):
    scene.leder.user.language = "nn"
    scene.leder.user.save()

    scan(now=FIRST_STEP)

    notice = Notice.objects.get(kind=KIND)
    assert notice.title == "Rettleiingsgrunnlag til torsdag 3. desember"
    assert notice.body == (
        f"Rettleiingsgrunnlag og sakliste frå {scene.skole} til møtet torsdag 3. desember "
        "har frist torsdag 26. november."
    )
    assert notice.url == (
        f"/moeter/{meeting.pk}/veiledningsgrunnlag/?enhet={scene.skole.pk}&rolle={scene.leder.pk}"
    )


def test_the_mail_goes_out_once(scene, meeting, mailoutbox):
    scan(now=FIRST_STEP)

    for _ in range(2):
        bundle_notices(now=FIRST_STEP)
        send_mails(now=FIRST_STEP)

    to_leder = [m for m in mailoutbox if m.to == [scene.leder.user.email]]
    assert len(to_leder) == 1
    assert Mail.objects.filter(recipient=scene.leder.user).get().status == "sent"


def test_a_rule_added_today_about_last_year_mails_nobody(scene, meeting):
    DeadlineRule.objects.filter(key=KIND).update(steps=steps_from([-5, 0, 3, 5], []))

    scan(now=FIRST_STEP + timedelta(days=365))

    assert Notice.objects.filter(kind=KIND).count() == 0


def test_a_closed_pulje_reminds_nobody(scene, meeting):
    scene.pulje.status = "closed"
    scene.pulje.save()

    assert scan(now=FIRST_STEP) == 0


def test_scanning_more_obligations_takes_no_more_queries(
    scene, meeting, django_assert_max_num_queries
):
    for unit in (scene.skole, scene.barnehage):
        make_meeting(scene, "veiledning_2", units=(unit,))
    scan(now=FIRST_STEP)

    with django_assert_max_num_queries(45):
        scan(now=FIRST_STEP)


@pytest.mark.django_db(transaction=True)
def test_a_worker_takes_a_due_reminder_all_the_way_to_the_mail(celery_worker, eventually):
    """Through the real task, queue and worker; what is due is whatever today's date makes due."""
    scene = make_scene()
    meeting = make_meeting(scene, "veiledning_1")
    assert meeting.pk

    send_reminders.delay()

    eventually(lambda: not Notice.objects.filter(status="queued").exists())
