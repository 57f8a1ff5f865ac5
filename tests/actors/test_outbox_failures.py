"""Mails that fail: workers that die, servers that refuse, and when it is given up."""

from datetime import timedelta

import pytest

from actors.actions.marks import finish_sent, mark_sent
from actors.actions.outbox import SendResult, claim_mails, send_mails
from actors.models import Mail
from actors.rules.delivery import MAX_ATTEMPTS, is_given_up, jitter, retry_delay
from tests.factories.mail import UNSTEADY, MailFactory, notice_in
from tests.factories.people import NOW, UserFactory

pytestmark = pytest.mark.django_db


def test_mail_of_a_dead_worker_is_taken_again_after_ten_minutes(mailoutbox):
    MailFactory()
    [claimed] = claim_mails(now=NOW, limit=1)  # and then the worker is killed

    assert send_mails(now=NOW + timedelta(minutes=10)) == SendResult()
    assert send_mails(now=NOW + timedelta(minutes=10, seconds=1)) == SendResult(sent=1)

    assert [m.message()["Message-ID"] for m in mailoutbox] == [claimed.message_id]


def test_slow_worker_does_not_undo_the_mark_of_the_one_that_took_over(mailoutbox, settings):
    settings.EMAIL_BACKEND = UNSTEADY
    mail = MailFactory(to="rektor@brudd.example")
    claim_mails(now=NOW, limit=1)
    later = NOW + timedelta(minutes=11)
    send_mails(now=later)

    slow = Mail.objects.filter(pk=mail.pk, status="claimed", claimed_at=NOW)

    assert slow.update(status="sent") == 0
    mail.refresh_from_db()
    assert (mail.status, mail.attempts) == ("queued", 1)


def test_failure_waits_longer_each_time_and_is_given_up_at_the_sixth(settings):
    settings.EMAIL_BACKEND = UNSTEADY
    mail = MailFactory(to="rektor@brudd.example")
    notice = notice_in(mail, urgent=True)  # so that the night does not count
    now, waits = NOW, []
    for _attempt in range(MAX_ATTEMPTS):
        send_mails(now=now)
        mail.refresh_from_db()
        waits.append(mail.next_attempt_at - now)
        now = mail.next_attempt_at

    notice.refresh_from_db()
    assert (mail.status, mail.attempts, notice.status) == ("failed", 6, "failed")
    assert mail.error == "SMTPServerDisconnected: connection lost"
    assert waits[:5] == sorted(waits[:5])
    assert send_mails(now=now + timedelta(days=1)) == SendResult()


def test_poison_mail_stops_only_itself(mailoutbox, settings):
    settings.EMAIL_BACKEND = UNSTEADY
    for address in ("en@lmp.example", "to@gift.example", "tre@lmp.example"):
        MailFactory(to=address)

    assert send_mails(now=NOW) == SendResult(sent=2, failed=1)

    assert [m.to for m in mailoutbox] == [["en@lmp.example"], ["tre@lmp.example"]]
    poison = Mail.objects.get(to="to@gift.example")
    assert (poison.status, poison.error) == ("bounced", "550 no such mailbox")


def test_mails_of_a_dead_worker_are_taken_together_after_the_others():
    mails = MailFactory.create_batch(3)
    claim_mails(now=NOW, limit=2)
    later = NOW + timedelta(minutes=11)

    claimed = [claim_mails(now=later, limit=9) for _ in range(3)]

    assert claimed == [[mails[2]], [mails[0], mails[1]], []]


def test_mails_that_two_workers_died_of_are_taken_one_at_a_time():
    mails = MailFactory.create_batch(2)
    claim_mails(now=NOW, limit=2)
    claim_mails(now=NOW + timedelta(minutes=11), limit=2)
    later = NOW + timedelta(minutes=22)

    claimed = [claim_mails(now=later, limit=9) for _ in range(3)]

    assert claimed == [[mails[0]], [mails[1]], []]


def test_letter_whose_worker_died_after_the_yes_was_written_down_is_not_sent_again(mailoutbox):
    person = UserFactory(email_bounced_at=NOW)
    mail = MailFactory(recipient=person, to=person.email)
    notice = notice_in(mail)
    [claimed] = claim_mails(now=NOW, limit=1)
    mark_sent(claimed)  # and then the worker is killed

    assert send_mails(now=NOW + timedelta(minutes=11)) == SendResult()

    mail.refresh_from_db()
    notice.refresh_from_db()
    person.refresh_from_db()
    assert (mail.status, mail.sent_at, mail.attempts, mail.claims) == ("sent", NOW, 1, 0)
    assert (notice.status, person.email_bounced_at, mailoutbox) == ("sent", None, [])
    assert list(mail.tries.values_list("number", "at", "to", "code", "answer", "outcome")) == [
        (1, NOW, person.email, None, "", "sent")
    ]


def test_yes_of_a_worker_that_lost_its_claim_is_not_written_down():
    mail = MailFactory()
    [slow] = claim_mails(now=NOW, limit=1)
    claim_mails(now=NOW + timedelta(minutes=11), limit=1)

    mark_sent(slow)

    assert (finish_sent(Mail.objects.all()), mail.tries.count()) == (0, 0)


def test_attempts_are_numbered_on_after_a_mail_was_put_in_the_outbox_again():
    mail = MailFactory()
    mail.tries.create(number=1, at=NOW - timedelta(days=1), to=mail.to, outcome="bounced")

    send_mails(now=NOW)

    assert list(mail.tries.values_list("number", "outcome")) == [(2, "sent"), (1, "bounced")]


def test_mail_that_kills_its_workers_is_given_up(mailoutbox):
    mail = MailFactory(status="claimed", claimed_at=NOW, claims=12)
    notice = notice_in(mail)

    assert send_mails(now=NOW + timedelta(minutes=11)) == SendResult(failed=1)

    notice.refresh_from_db()
    assert (len(mailoutbox), notice.status) == (0, "failed")


def test_header_that_cannot_be_sent_stops_only_itself(mailoutbox):
    MailFactory(subject="To frister\nBcc: alle@lmp.example")
    MailFactory(to="tre@lmp.example")

    assert send_mails(now=NOW) == SendResult(sent=1, retried=1)
    assert [m.to for m in mailoutbox] == [["tre@lmp.example"]]


@pytest.mark.parametrize(
    ("attempts", "minutes"), [(1, 2), (2, 8), (3, 32), (4, 128), (5, 512), (6, 540)]
)
def test_retry_delay_grows_and_spreads(attempts, minutes):
    delays = {retry_delay(attempts, f"<{n}@lmp.example>") for n in range(50)}

    assert min(delays) >= timedelta(minutes=minutes)
    assert max(delays) <= timedelta(minutes=minutes) * 1.25
    assert len(delays) == 50


def test_jitter_is_the_same_for_the_same_key():
    assert jitter("a") == jitter("a")
    assert 0 <= jitter("b") < 1


def test_given_up():
    assert [is_given_up(n) for n in (5, 6, 7)] == [False, True, True]


def test_workers_that_died_are_no_attempts(settings):
    """Taken six times by workers that died, refused once: it is tried again all the same."""
    settings.EMAIL_BACKEND = UNSTEADY
    mail = MailFactory(
        to="rektor@brudd.example", status="claimed", claimed_at=NOW, claims=MAX_ATTEMPTS
    )
    later = NOW + timedelta(minutes=11)

    assert send_mails(now=later) == SendResult(retried=1)

    mail.refresh_from_db()
    assert (mail.status, mail.attempts, mail.claims) == ("queued", 1, 0)
    assert timedelta(minutes=2) <= mail.next_attempt_at - later < timedelta(minutes=3)
    assert list(mail.tries.values_list("number", "outcome")) == [(1, "retry")]
