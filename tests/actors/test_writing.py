"""The letter as it goes on the line: written out once, right when it is sent and to whom."""

from email import message_from_bytes
from email.utils import parsedate_to_datetime

import pytest

from actors.actions.address import correct_address
from actors.actions.bundles import bundle_notices
from actors.actions.outbox import SendResult, send_mails
from actors.actions.queue import queue_mail
from actors.actions.writing import as_message, composed, write_out
from actors.models import Mail, MailboxMessage
from actors.rules.links import StopLink, read_unsubscribe
from tests.factories.mail import UNSTEADY, MailFactory
from tests.factories.notices import make_notice
from tests.factories.people import NOW, UserFactory

pytestmark = pytest.mark.django_db
CONSOLE = "django.core.mail.backends.console.EmailBackend"


def queued(**values):
    letter = {"key": "dag-1", "subject": "Én frist", "text": "Hei Åse\n", "html": "<p>Å</p>"}
    return queue_mail(**{**letter, "to": "aase@lmp.example", "now": NOW, **values})


def read(mail):
    """Headers and parts of a mail as it would be sent."""
    return read_bytes(as_message(mail).message().as_bytes(linesep="\r\n"))


def read_bytes(letter):
    message = message_from_bytes(letter)
    names = ("Subject", "From", "To", "Message-ID", "Auto-Submitted", "MIME-Version")
    stop = ("List-Unsubscribe", "List-Unsubscribe-Post")
    parts = [(part.get_content_type(), part.get_payload(decode=True)) for part in message.walk()]
    return {name: message.get_all(name) for name in (*names, *stop)}, parts


def test_letter_is_written_when_the_mail_is_queued_and_says_the_same():
    person = UserFactory()
    mail = queued(recipient=person, may_stop=True, categories=["reminder"])

    made = composed(mail).message().as_bytes(linesep="\r\n")

    assert Mail.objects.get().letter == mail.letter != b""
    assert read(mail) == read_bytes(made)
    headers, parts = read(mail)
    assert headers["To"] == ["aase@lmp.example"]
    assert ("text/plain", "Hei Åse\r\n".encode()) in parts


def test_date_is_that_of_the_sending(monkeypatch):
    mail = queued()
    monkeypatch.setattr("actors.actions.writing.formatdate", lambda localtime: "then")

    assert message_from_bytes(as_message(mail).message().as_bytes()).get_all("Date") == ["then"]


def test_date_can_be_read():
    date = as_message(queued()).message()["Date"]

    assert parsedate_to_datetime(date).isoformat() == "2026-11-20T09:00:00"


def test_every_end_of_line_is_as_the_backend_asks():
    message = as_message(queued()).message()

    assert message.as_bytes(linesep="\r\n").count(b"\r\n") == message.as_bytes().count(b"\n")
    assert b"\r" not in message.as_bytes()


def test_console_can_show_it(settings, capsys):
    settings.EMAIL_BACKEND = CONSOLE
    queued()

    assert send_mails(now=NOW) == SendResult(sent=1)
    assert "Message-ID: <dag-1@portal.lmp.example>" in capsys.readouterr().out


def test_address_that_is_not_plain_is_written_by_the_email_package():
    mail = queued(to="åse@blåbær.example")

    assert read(mail)[0]["To"] == ["=?utf-8?q?=C3=A5se?=@xn--blbr-roah.example"]


def test_address_with_a_line_break_is_refused_when_it_is_sent():
    queued(to="a@lmp.example\nBcc: alle@lmp.example")

    assert send_mails(now=NOW) == SendResult(retried=1)
    assert Mail.objects.get().error.startswith("BadHeaderError")


def test_what_cannot_be_written_is_left_for_the_sending():
    assert write_out(MailFactory.build(subject="To\nfrister")) == b""


def test_corrected_address_stands_in_the_letter_that_waits(mailoutbox):
    person = UserFactory(email="feil@lmp.example")
    mail = queued(recipient=person, to=person.email)

    correct_address(person=person, email="rett@lmp.example", by=UserFactory(), now=NOW)
    mail.refresh_from_db()

    assert read(mail)[0]["To"] == ["rett@lmp.example"]


def test_letter_of_notices_can_be_stopped_for_what_is_in_it(mailoutbox):
    notice = make_notice("message")
    bundle_notices(now=NOW)

    headers, _ = read(Mail.objects.get())

    [link] = headers["List-Unsubscribe"]
    token = link.strip("\r\n <>").removeprefix("https://portal.lmp.example/avmeld/").rstrip("/")
    assert read_unsubscribe(token) == StopLink(notice.recipient_id, ("message",))
    assert headers["List-Unsubscribe-Post"] == ["List-Unsubscribe=One-Click"]


@pytest.mark.parametrize(
    ("to", "status"),
    [("en@lmp.example", "sent"), ("to@gift.example", "bounced"), ("to@brudd.example", "queued")],
)
def test_letter_is_not_kept_when_the_mail_server_has_answered(settings, to, status):
    settings.EMAIL_BACKEND = UNSTEADY
    mail = queued(to=to)

    send_mails(now=NOW)

    mail.refresh_from_db()
    assert (mail.status, bytes(mail.letter), mail.attempts, mail.claims) == (status, b"", 1, 0)


def test_letter_is_kept_while_nobody_answers(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    mail = queued()

    send_mails(now=NOW)

    kept = Mail.objects.get()
    assert (kept.status, kept.letter, kept.attempts, kept.claims) == ("queued", mail.letter, 0, 0)


def test_demo_keeps_both_texts(settings):
    settings.EMAIL_BACKEND = "actors.mailbox.MailboxBackend"
    queued()

    send_mails(now=NOW)

    [kept] = MailboxMessage.objects.all()
    assert (kept.to, kept.sender, kept.text, kept.html) == (
        "aase@lmp.example",
        "Læringsmiljøprosjektet <post@lmp.example>",
        "Hei Åse\n",
        "<p>Å</p>",
    )
