"""A report that a letter came back is read, and the mail and the address are marked."""

import io
import sys

import pytest
from django.core.management import call_command

from actors.actions.marks import mark_sent
from actors.models import Mail
from actors.rules.bounce_report import read_report
from tests.factories.mail import MailFactory, notice_in
from tests.factories.people import NOW, UserFactory

REPORT = """\
From: MAILER-DAEMON@relay.example
To: post@lmp.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=us-ascii

I could not deliver it.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example
Arrival-Date: Fri, 20 Nov 2026 10:00:00 +0100

Final-Recipient: rfc822; rektor@lmp.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {diagnosis}

--b
Content-Type: {kind}

From: post@lmp.example
Message-ID: <dag-1@portal.lmp.example>
Subject: To frister

--b--
"""


def report(action="failed", status="5.1.1", diagnosis="550 5.1.1 No such user", kind=None):
    words = {"action": action, "status": status, "diagnosis": diagnosis}
    return REPORT.format(kind=kind or "text/rfc822-headers", **words).encode()


def bounce(monkeypatch, raw: bytes) -> str:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    out = io.StringIO()
    call_command("bounce", stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_report_names_letter_address_and_answer(kind):
    [found] = read_report(report(kind=kind))

    assert (found.message_id, found.to) == ("<dag-1@portal.lmp.example>", "rektor@lmp.example")
    assert (found.answer.code, found.answer.text) == (550, "550 5.1.1 No such user")
    assert found.answer.verdict == "bounced"


@pytest.mark.parametrize(
    ("status", "diagnosis", "code", "verdict"),
    [
        ("5.1.1", "", None, "bounced"),
        ("5.7.1", "550 5.7.1 blocked", 550, "failed"),
        ("5.2.2", "552 5.2.2 mailbox full", 552, "failed"),
        ("4.4.7", "", None, "failed"),
    ],
)
def test_what_the_answer_means(status, diagnosis, code, verdict):
    [found] = read_report(report(status=status, diagnosis=diagnosis))

    assert (found.answer.code, found.answer.verdict) == (code, verdict)


@pytest.mark.parametrize(
    "raw", [report(action="delayed"), b"", b"Subject: Hei\n\nTakk for sist", b"\xff\x00 no mail"]
)
def test_other_mail_says_nothing(raw):
    assert read_report(raw) == []


@pytest.mark.django_db
def test_report_that_comes_before_the_batch_is_done(monkeypatch):
    """The mail server's yes is written down, that the mail was sent not yet."""
    mail = MailFactory(
        to="rektor@lmp.example",
        message_id="<dag-1@portal.lmp.example>",
        status="claimed",
        claimed_at=NOW,
    )
    mark_sent(mail)

    assert bounce(monkeypatch, report()).endswith("rektor@lmp.example bounced\n")


@pytest.mark.django_db
def test_returned_mail_is_marked_once_and_the_address_is_dead(monkeypatch):
    person = UserFactory(email="rektor@lmp.example")
    mail = MailFactory(
        recipient=person, to=person.email, message_id="<dag-1@portal.lmp.example>", status="sent"
    )
    mail.tries.create(number=1, at=NOW, to=mail.to, outcome="sent")
    notice = notice_in(mail, recipient=person, status="sent")

    written = bounce(monkeypatch, report())
    assert written == "<dag-1@portal.lmp.example> rektor@lmp.example bounced\n"
    assert bounce(monkeypatch, report()) == ""

    for row in (mail, notice, person):
        row.refresh_from_db()
    assert (mail.status, notice.status) == ("bounced", "bounced")
    assert person.email_bounced_at is not None
    assert list(mail.tries.values_list("number", "code", "answer", "outcome")) == [
        (2, 550, "550 5.1.1 No such user", "bounced"),
        (1, None, "", "sent"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "values", [{"to": "ny@lmp.example", "status": "sent"}, {"status": "queued"}]
)
def test_report_about_another_address_or_an_unsent_mail_changes_nothing(monkeypatch, values):
    defaults = {"to": "rektor@lmp.example", "message_id": "<dag-1@portal.lmp.example>"}
    MailFactory(**{**defaults, **values})

    assert bounce(monkeypatch, report()) == ""
    assert Mail.objects.get().status == values["status"]
