"""The outbox: each mail once, in its time, and what may be chosen away."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection

from actors.actions.outbox import SendResult, claim_mails, send_mails
from actors.actions.queue import queue_mail
from actors.actions.writing import composed
from actors.models import Mail
from actors.rules.links import StopLink, read_unsubscribe
from actors.tasks import deliver_notices
from tests.factories.mail import MailFactory, notice_in
from tests.factories.people import NOW, UserFactory

pytestmark = pytest.mark.django_db


def test_send_marks_the_mail_and_its_notices(mailoutbox):
    mail = MailFactory(to="rektor@lmp.example")
    notice = notice_in(mail)

    assert send_mails(now=NOW) == SendResult(sent=1)

    mail.refresh_from_db()
    notice.refresh_from_db()
    assert (mail.status, mail.sent_at, mail.attempts, notice.status) == ("sent", NOW, 1, "sent")


def test_sent_mail_has_text_html_and_a_fixed_id(mailoutbox):
    mail = MailFactory(to="rektor@lmp.example")
    send_mails(now=NOW)

    [sent] = mailoutbox
    headers = sent.message()
    assert (sent.to, sent.body) == (["rektor@lmp.example"], "Hei\n")
    assert [(part.content, part.mimetype) for part in sent.alternatives] == [
        ("<p>Hei</p>", "text/html")
    ]
    assert headers["Message-ID"] == mail.message_id
    assert headers["Auto-Submitted"] == "auto-generated"


def test_send_twice_sends_once(mailoutbox):
    MailFactory()

    assert [send_mails(now=NOW), send_mails(now=NOW)] == [SendResult(sent=1), SendResult()]
    assert len(mailoutbox) == 1


def test_send_takes_no_more_than_the_limit(mailoutbox):
    MailFactory.create_batch(3)

    assert [send_mails(now=NOW, limit=2).sent, send_mails(now=NOW, limit=2).sent] == [2, 1]


def test_nothing_is_sent_before_its_time(mailoutbox):
    MailFactory(next_attempt_at=NOW + timedelta(minutes=1))

    assert send_mails(now=NOW) == SendResult()


def test_two_workers_claim_different_mails():
    mails = MailFactory.create_batch(3)

    first, second = claim_mails(now=NOW, limit=2), claim_mails(now=NOW, limit=2)

    assert first + second == mails
    assert claim_mails(now=NOW, limit=2) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets in one writer at a time")
def test_four_workers_at_the_same_moment_claim_each_mail_once():
    MailFactory.create_batch(40)
    claimed = []

    def work():
        claimed.extend(mail.pk for mail in claim_mails(now=NOW, limit=40))
        connection.close()

    workers = [Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(claimed) == sorted(Mail.objects.values_list("pk", flat=True))


def test_sent_is_shown_before_a_slow_batch_is_done(settings, monkeypatch):
    """A report that a letter came back, or somebody who looks, need not wait for the others."""
    monkeypatch.setattr("actors.actions.outbox.TELL_EVERY", -1)
    settings.EMAIL_BACKEND = "tests.actors.test_outbox.Watching"
    MailFactory.create_batch(3)

    send_mails(now=NOW)

    assert Watching.seen == [0, 1, 2]


class Watching(BaseEmailBackend):
    """Sees how many have been sent when each letter comes."""

    seen: list[int] = []

    def send_messages(self, messages):
        self.seen.append(Mail.objects.filter(status="sent").count())
        return len(messages)


def test_queue_mail_with_the_same_key_is_one_mail():
    letter = {"key": "dag-1", "to": "rektor@lmp.example", "text": "Hei", "html": "", "now": NOW}

    assert queue_mail(subject="To\n frister", **letter).subject == "To frister"
    assert queue_mail(subject="Tre frister", **letter) is None
    assert Mail.objects.get().message_id == "<dag-1@portal.lmp.example>"


def test_task_bundles_and_sends(mailoutbox):
    """The worker's own clock: everything made in the past is due."""
    MailFactory.create_batch(21, next_attempt_at=NOW - timedelta(days=9999))

    deliver_notices()
    deliver_notices()

    assert len(mailoutbox) == 21


def test_mail_that_may_be_chosen_away_can_be_stopped_with_one_click():
    mail = MailFactory.build(may_stop=True, recipient=UserFactory())
    mail.categories = ("reminder",)
    headers = composed(mail).message()

    link = (
        headers["List-Unsubscribe"].strip("<>").removeprefix("https://portal.lmp.example/avmeld/")
    )
    assert read_unsubscribe(link.rstrip("/")) == StopLink(mail.recipient.pk, ("reminder",))
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_decision_cannot_be_chosen_away():
    headers = composed(MailFactory.build(recipient=UserFactory())).message()

    assert headers["List-Unsubscribe"] is None


@pytest.mark.parametrize(
    ("values", "weekend"), [({}, 0), ({"urgent": True}, 1), ({"category": "decision"}, 1)]
)
def test_mail_of_friday_that_is_still_there_on_sunday(mailoutbox, values, weekend):
    """An outage, or another try: only what is urgent and decisions go in the weekend."""
    mail = MailFactory()
    notice_in(mail, **values)
    sunday, monday = NOW + timedelta(days=2), datetime(2026, 11, 23, 6, 0, tzinfo=UTC)

    sent = [send_mails(now=moment).sent for moment in (sunday, monday - timedelta(seconds=1))]

    assert sent == [weekend, 0]
    assert send_mails(now=monday).sent == 1 - weekend
    mail.refresh_from_db()
    assert (mail.status, mail.attempts, len(mailoutbox)) == ("sent", 1, 1)
