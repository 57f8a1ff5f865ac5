"""The outbox over a socket: what a real mail server gets, and what becomes of its refusals."""

from datetime import timedelta
from email.utils import parseaddr

import pytest

from actors.actions.outbox import SendResult, queue_mail, send_mails
from actors.models import Mail
from actors.rules.delivery import MAX_ATTEMPTS
from tests.factories.mail import MailFactory
from tests.factories.people import NOW
from tests.smtp_server import DROP, smtp_server

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=3)  # past the first wait


@pytest.fixture(scope="module")
def running_server():
    with smtp_server() as server:
        yield server


@pytest.fixture
def server(running_server, settings):
    running_server.begin()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running_server.port
    settings.EMAIL_TIMEOUT = 5
    return running_server


def arrived(server):
    return [address for letter in server.letters for address in letter.to]


def test_letter_arrives_as_it_was_put_in_the_outbox(server):
    subject = "Påminnelse: veiledningsgrunnlag – blåbærhaugen skole har frist tirsdag 24. november"
    text = "Hei Åse\n.\nÆrlig talt: tre dager igjen.\n"
    html = "<p>Hei Åse</p>"
    queue_mail(key="dag-12", to="aase@lmp.example", subject=subject, text=text, html=html, now=NOW)

    assert send_mails(now=NOW) == SendResult(sent=1)

    [letter] = server.letters
    message = letter.message
    assert (letter.sender, letter.to) == ("post@lmp.example", ["aase@lmp.example"])
    assert (message["Message-ID"], message["To"]) == (
        "<dag-12@portal.lmp.example>",
        "aase@lmp.example",
    )
    assert parseaddr(message["From"]) == ("Læringsmiljøprosjektet", "post@lmp.example")
    assert message["Subject"].strip() == subject  # the fold before it leaves a space
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "multipart/alternative"
    assert [(part.get_content_type(), part.get_content()) for part in message.iter_parts()] == [
        ("text/plain", text),
        ("text/html", html),
    ]


def test_many_letters_go_over_one_line(server):
    MailFactory.create_batch(3)

    assert send_mails(now=NOW) == SendResult(sent=3)
    assert (len(server.letters), server.connections) == (3, 1)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ("450 4.2.1 try later", "SMTPRecipientsRefused: {'rektor@lmp.example': (450, "),
        ("550 5.1.1 no such mailbox", "SMTPRecipientsRefused: {'rektor@lmp.example': (550, "),
        ("421 4.3.2 closing", "SMTPRecipientsRefused: {'rektor@lmp.example': (421, "),
        (DROP, "SMTPServerDisconnected: Connection unexpectedly closed"),
    ],
)
def test_refused_letter_waits_with_its_error_and_goes_later(server, answer, error):
    mail = MailFactory(to="rektor@lmp.example")
    server.answers = {"rektor@lmp.example": answer}

    assert send_mails(now=NOW) == SendResult(retried=1)

    mail.refresh_from_db()
    assert (mail.status, mail.attempts, mail.sent_at) == ("queued", 1, None)
    assert mail.error.startswith(error)
    assert NOW < mail.next_attempt_at <= LATER
    server.answers = {}
    assert send_mails(now=NOW + timedelta(minutes=1)) == SendResult()
    assert send_mails(now=LATER) == SendResult(sent=1)
    mail.refresh_from_db()
    assert (mail.status, mail.attempts, mail.sent_at, mail.error) == ("sent", 2, LATER, "")
    assert [letter.message["Message-ID"] for letter in server.letters] == [mail.message_id]


def test_letter_that_is_always_refused_is_given_up(server):
    mail = MailFactory(to="rektor@lmp.example", attempts=MAX_ATTEMPTS - 1)
    server.answers = {"rektor@lmp.example": "550 5.1.1 no such mailbox"}

    assert send_mails(now=NOW) == SendResult(failed=1)
    assert send_mails(now=NOW + timedelta(days=1)) == SendResult()

    mail.refresh_from_db()
    assert (mail.status, mail.attempts, "550" in mail.error) == ("failed", MAX_ATTEMPTS, True)


def test_no_mail_server_at_all_loses_nothing(server, settings):
    mails = MailFactory.create_batch(2)
    settings.EMAIL_PORT = 1

    assert send_mails(now=NOW) == SendResult(retried=2)
    settings.EMAIL_PORT = server.port
    assert send_mails(now=LATER) == SendResult(sent=2)
    assert sorted(arrived(server)) == [mail.to for mail in mails]


def test_one_who_cannot_be_reached_does_not_stop_the_others(server):
    people = ["en", "borte", "to", "brudd", "tre", "full", "fire"]
    for name in people:
        MailFactory(to=f"{name}@lmp.example")
    server.answers = {
        "borte@lmp.example": "550 5.1.1 no such mailbox",
        "full@lmp.example": "452 4.2.2 mailbox full",
        "brudd@lmp.example": DROP,
    }

    assert send_mails(now=NOW) == SendResult(sent=4, retried=3)

    taken = [f"{name}@lmp.example" for name in ("en", "to", "tre", "fire")]
    assert arrived(server) == taken
    assert sorted(Mail.objects.filter(status="sent").values_list("to", flat=True)) == sorted(taken)
