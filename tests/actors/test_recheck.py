"""The last look before a mail is sent: what is done, stopped, paused or too old."""

from datetime import date, timedelta

import pytest

from actors.actions import letters, recheck
from actors.actions.messages import Origin, bundle_notices, cancel_notices
from actors.actions.outbox import SendResult, send_mails
from actors.models import Mail, NoticeCategory
from tests.factories.notices import pause, states, stored, tell, wants
from tests.factories.people import NOW, UserFactory

pytestmark = pytest.mark.django_db
DECISION = Origin(category=NoticeCategory.DECISION)
MONDAY = NOW + timedelta(days=3)


@pytest.fixture
def gone(settings, monkeypatch):
    """What is gone by subject; the notices of other subjects still apply."""
    reasons: dict[str, str] = {}

    def check(notices, on):
        return {n.pk: reasons[n.subject] for n in notices if n.subject in reasons}

    settings.NOTICE_CHECKS = {"plikt": "checked.here"}
    monkeypatch.setattr(recheck, "_check", lambda path: check)
    return reasons


def test_what_was_done_meanwhile_never_becomes_a_mail(rektor, gone):
    tell(rektor)
    gone["plikt:1"] = "Gjort 19. november"

    assert bundle_notices(now=NOW) == 0
    assert states() == [("cancelled", "Gjort 19. november")]


def test_mail_whose_notices_are_all_done_is_cancelled(rektor, gone, mailoutbox):
    tell(rektor)
    bundle_notices(now=NOW)
    gone["plikt:1"] = "Gjort 20. november"

    assert send_mails(now=NOW) == SendResult(cancelled=1)

    assert (len(mailoutbox), Mail.objects.get().status) == (0, "cancelled")
    assert states() == [("cancelled", "Gjort 20. november")]
    assert stored().get().mail is None  # it may be needed after all, and go in another


def test_mail_with_some_left_is_written_anew_with_the_same_id(rektor, gone, mailoutbox):
    tell(rektor)
    tell(rektor, "plikt:2", title="Skriv grunnlaget", due=date(2026, 11, 26))
    bundle_notices(now=NOW)
    message_id = Mail.objects.get().message_id
    gone["plikt:1"] = "Gjort 20. november"

    assert send_mails(now=NOW) == SendResult(sent=1)

    [sent] = mailoutbox
    assert sent.message()["Message-ID"] == message_id
    assert sent.subject == "[Handling kreves] Én frist denne uka – Granli skole"
    assert ("Skriv referatet" in sent.body, "Skriv grunnlaget" in sent.body) == (False, True)
    assert [state for state, _why in states()] == ["cancelled", "sent"]


def test_notice_stopped_after_it_was_put_in_a_mail_is_not_sent(rektor, mailoutbox):
    tell(rektor, "moete:1")
    bundle_notices(now=NOW)

    assert cancel_notices(subject="moete:1", reason="Møtet er avlyst", now=NOW) == 1
    assert send_mails(now=NOW) == SendResult(cancelled=1)
    assert (len(mailoutbox), states()) == (0, [("cancelled", "Møtet er avlyst")])


def test_mail_that_was_cancelled_is_not_the_mail_of_the_day(rektor, gone):
    tell(rektor)
    bundle_notices(now=NOW)
    gone["plikt:1"] = "Gjort 20. november"
    send_mails(now=NOW)
    tell(rektor, "plikt:2")

    assert bundle_notices(now=NOW) == 1


def test_mail_of_yesterday_is_written_as_of_today(rektor, mailoutbox):
    tell(rektor, due=date(2026, 11, 26))
    bundle_notices(now=NOW)

    send_mails(now=MONDAY)

    assert "Frist torsdag 26. november, om 3 arbeidsdager" in mailoutbox[0].body


def test_after_an_outage_what_waits_and_what_is_new_come_in_one_mail(rektor, mailoutbox):
    tell(rektor)
    bundle_notices(now=NOW)
    tell(rektor, "plikt:2", title="Skriv grunnlaget", now=MONDAY)
    tell(rektor, "plikt:3", title="Skriv raskt", now=MONDAY, urgent=True)

    assert [bundle_notices(now=MONDAY), bundle_notices(now=MONDAY)] == [1, 0]
    assert send_mails(now=MONDAY) == SendResult(sent=2)
    tell(rektor, "plikt:4", now=MONDAY)
    assert bundle_notices(now=MONDAY) == 0  # it has had the mail of the day

    [daily] = [sent for sent in mailoutbox if "Skriv raskt" not in sent.body]
    assert daily.subject == "To varsler – Granli skole"
    assert ("Skriv referatet" in daily.body, "Skriv grunnlaget" in daily.body) == (True, True)
    assert [state for state, _why in states()] == ["sent", "sent", "sent", "queued"]


def test_what_is_new_does_not_wait_for_a_mail_that_was_refused(rektor):
    tell(rektor)
    bundle_notices(now=NOW)
    Mail.objects.update(attempts=1)
    tell(rektor, "plikt:2", now=MONDAY)

    assert bundle_notices(now=MONDAY) == 1


def test_what_is_new_is_not_missed_with_what_waited_too_long(rektor, mailoutbox):
    tell(rektor)
    bundle_notices(now=NOW)
    later = NOW + timedelta(days=6)
    tell(rektor, "plikt:2", now=later)

    assert bundle_notices(now=later) == 1
    assert send_mails(now=later) == SendResult(sent=1, cancelled=1)
    assert [state for state, _why in states()] == ["missed", "sent"]


def test_mail_that_cannot_be_written_anew_stops_only_itself(rektor, mailoutbox, monkeypatch):
    other = UserFactory()
    tell(rektor, due=date(2026, 11, 30))
    tell(other, "plikt:2")
    bundle_notices(now=NOW)
    monkeypatch.delattr(letters, "task_link")

    assert send_mails(now=MONDAY) == SendResult(sent=1, retried=1)

    mail = Mail.objects.get(recipient=rektor)
    assert (mail.status, mail.attempts, mailoutbox[0].to) == ("queued", 1, [other.email])


def test_mail_that_waited_too_long_is_missed(rektor, mailoutbox):
    tell(rektor)
    bundle_notices(now=NOW)

    assert send_mails(now=NOW + timedelta(days=6)) == SendResult(cancelled=1)
    assert states() == [("missed", "Utsendingen sto stille, og det ble for sent å sende")]


@pytest.mark.parametrize("urgent", [False, True])
def test_pause_takes_back_what_was_in_the_outbox_and_it_goes_after_it(rektor, mailoutbox, urgent):
    tell(rektor, urgent=urgent)
    bundle_notices(now=NOW)
    held = pause(scope="reminders")
    assert send_mails(now=NOW) == SendResult(cancelled=1)
    assert states() == [("queued", "")]

    held.delete()
    bundle_notices(now=NOW)
    assert send_mails(now=NOW) == SendResult(sent=1)


def test_what_is_urgent_goes_at_last_though_it_was_paused_twice(rektor, mailoutbox):
    tell(rektor, urgent=True)
    for minutes in range(2):
        now = NOW + timedelta(minutes=minutes)
        bundle_notices(now=now)
        held = pause(scope="reminders")
        send_mails(now=now)
        held.delete()

    assert bundle_notices(now=NOW + timedelta(minutes=2)) == 1
    assert send_mails(now=NOW + timedelta(minutes=2)) == SendResult(sent=1)


def test_who_says_no_to_reminders_gets_none_that_waited(rektor, mailoutbox):
    tell(rektor)
    tell(rektor, "plikt:2", urgent=True)
    bundle_notices(now=NOW)
    wants(rektor, reminders="never")

    assert send_mails(now=NOW) == SendResult(sent=1, cancelled=1)
    assert states() == [
        ("withheld", "Mottakeren har valgt å se slikt bare i portalen"),
        ("sent", ""),
    ]


def test_nothing_at_all_leaves_when_everything_is_paused(rektor, mailoutbox):
    tell(rektor, "brev:1", origin=DECISION)
    bundle_notices(now=NOW)
    pause(scope="everything")

    assert send_mails(now=NOW) == SendResult()
    assert Mail.objects.get().status == "queued"


def test_mail_server_that_is_away_for_a_week_makes_nothing_younger(rektor, mailoutbox):
    """Each time nobody answered the mail waited anew."""
    tell(rektor)
    tell(rektor, "moete:1", origin=Origin())
    bundle_notices(now=NOW)
    later = NOW + timedelta(days=6)
    Mail.objects.update(next_attempt_at=later)

    assert send_mails(now=later) == SendResult(sent=1)
    assert [state for state, _why in states()] == ["missed", "sent"]


def test_closed_account_gets_no_mail_from_the_outbox(rektor, mailoutbox):
    tell(rektor)
    bundle_notices(now=NOW)
    rektor.is_active = False
    rektor.save()

    assert send_mails(now=NOW) == SendResult(cancelled=1)
    assert states() == [("cancelled", "Kontoen er stengt")]


def test_mail_goes_to_the_address_the_person_has_now(rektor, mailoutbox):
    tell(rektor)
    bundle_notices(now=NOW)
    rektor.email = "ny@lmp.example"
    rektor.save()

    send_mails(now=NOW)

    assert mailoutbox[0].to == ["ny@lmp.example"]
