"""The outbox over a socket: what a real mail server gets, and what becomes of its refusals."""

from datetime import timedelta
from email.utils import parseaddr

import pytest

from actors.actions.outbox import SendResult, send_mails
from actors.actions.queue import queue_mail
from actors.models import Mail
from actors.rules.delivery import MAX_ATTEMPTS
from tests.factories.mail import MailFactory
from tests.factories.people import NOW, UserFactory
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


def attempts(mail):
    return list(mail.tries.order_by("number").values_list("number", "at", "outcome", "answer"))


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
        ("450 4.2.1 try later", "450 4.2.1 try later"),
        ("421 4.3.2 closing", "421 4.3.2 closing"),
        ("552 5.2.2 mailbox full", "552 5.2.2 mailbox full"),
        (DROP, "SMTPServerDisconnected: Connection unexpectedly closed"),
    ],
)
def test_letter_that_is_not_taken_now_waits_with_the_answer_and_goes_later(server, answer, error):
    mail = MailFactory(to="rektor@lmp.example")
    server.answers = {"rektor@lmp.example": answer}

    assert send_mails(now=NOW) == SendResult(retried=1)

    mail.refresh_from_db()
    assert (mail.status, mail.attempts, mail.sent_at) == ("queued", 1, None)
    assert mail.error == error
    assert NOW < mail.next_attempt_at <= LATER
    server.answers = {}
    assert send_mails(now=NOW + timedelta(minutes=1)) == SendResult()
    assert send_mails(now=LATER) == SendResult(sent=1)
    mail.refresh_from_db()
    assert (mail.status, mail.attempts, mail.sent_at, mail.error) == ("sent", 2, LATER, "")
    assert [letter.message["Message-ID"] for letter in server.letters] == [mail.message_id]
    assert attempts(mail) == [(1, NOW, "retry", error), (2, LATER, "sent", "")]


@pytest.mark.parametrize(
    ("answer", "status", "dead"),
    [
        ("550 5.1.1 no such mailbox", "bounced", NOW),
        ("550 no such mailbox", "bounced", NOW),
        ("553 5.1.3 bad address", "bounced", NOW),
        ("550 5.7.1 blocked by policy", "failed", None),
        ("554 5.4.14 too many hops", "failed", None),
    ],
)
def test_refused_letter_is_given_up_at_once_and_a_dead_address_is_remembered(
    server, answer, status, dead
):
    person = UserFactory(email="rektor@lmp.example")
    mail = MailFactory(to=person.email, recipient=person)
    server.answers = {person.email: answer}

    assert send_mails(now=NOW) == SendResult(failed=1)
    assert send_mails(now=NOW + timedelta(days=1)) == SendResult()

    mail.refresh_from_db()
    person.refresh_from_db()
    assert (mail.status, mail.error, person.email_bounced_at) == (status, answer, dead)
    code = int(answer[:3])
    assert list(mail.tries.values_list("number", "code", "answer", "outcome", "to")) == [
        (1, code, answer, status, person.email)
    ]


def test_letter_that_arrives_clears_the_dead_address(server):
    person = UserFactory(email_bounced_at=NOW)
    MailFactory(to=person.email, recipient=person)

    send_mails(now=NOW)

    person.refresh_from_db()
    assert person.email_bounced_at is None


def test_letter_to_a_former_address_says_nothing_of_the_present_one(server):
    person = UserFactory()
    MailFactory(to="gammel@lmp.example", recipient=person)
    server.answers = {"gammel@lmp.example": "550 5.1.1 no such mailbox"}

    send_mails(now=NOW)

    person.refresh_from_db()
    assert person.email_bounced_at is None


def test_letter_that_never_is_taken_is_given_up(server):
    mail = MailFactory(to="rektor@lmp.example", attempts=MAX_ATTEMPTS - 1)
    server.answers = {"rektor@lmp.example": "451 4.3.0 try again later"}

    assert send_mails(now=NOW) == SendResult(failed=1)
    assert send_mails(now=NOW + timedelta(days=1)) == SendResult()

    mail.refresh_from_db()
    assert (mail.status, mail.attempts, mail.error) == (
        "failed",
        MAX_ATTEMPTS,
        "451 4.3.0 try again later",
    )


def test_no_mail_server_at_all_is_no_attempt(server, settings):
    mails = MailFactory.create_batch(2)
    settings.EMAIL_PORT = 1

    assert send_mails(now=NOW) == SendResult(retried=2)
    states = Mail.objects.values_list("status", "attempts", "error")
    error = "ConnectionRefusedError: [Errno 111] Connection refused"
    assert list(states) == [("queued", 0, error)] * 2
    assert all(not mail.tries.exists() for mail in mails)
    settings.EMAIL_PORT = server.port
    assert send_mails(now=NOW + timedelta(minutes=4)) == SendResult(sent=2)
    assert set(arrived(server)) == {mail.to for mail in mails}


def test_one_who_cannot_be_reached_does_not_stop_the_others(server):
    people = ["en", "borte", "to", "brudd", "tre", "full", "fire"]
    for name in people:
        MailFactory(to=f"{name}@lmp.example")
    server.answers = {
        "borte@lmp.example": "550 5.1.1 no such mailbox",
        "full@lmp.example": "452 4.2.2 mailbox full",
        "brudd@lmp.example": DROP,
    }

    assert send_mails(now=NOW) == SendResult(sent=4, retried=2, failed=1)

    taken = [f"{name}@lmp.example" for name in ("en", "to", "tre", "fire")]
    assert arrived(server) == taken
    assert sorted(Mail.objects.filter(status="sent").values_list("to", flat=True)) == sorted(taken)
