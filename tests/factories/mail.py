"""Mails in the outbox, and a mail server that is not always there (the only thing we fake)."""

from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import factory
from django.core.mail.backends.locmem import EmailBackend
from factory.django import DjangoModelFactory

from actors.models import Mail, Notice
from tests.factories.people import NOW, UserFactory


class MailFactory(DjangoModelFactory):
    """A mail that may go at once."""

    to = factory.Sequence(lambda n: f"mottaker{n}@lmp.example")
    subject = "To frister denne uka"
    text = "Hei\n"
    html = "<p>Hei</p>"
    message_id = factory.Sequence(lambda n: f"<dag-{n}@portal.lmp.example>")
    next_attempt_at = NOW
    created_at = NOW

    class Meta:
        model = Mail


class UnsteadyBackend(EmailBackend):
    """Refuses everybody at `gift.example` and loses the line to everybody at `brudd.example`."""

    def send_messages(self, messages):
        for message in messages:
            address = message.to[0]
            if address.endswith("@gift.example"):
                raise SMTPRecipientsRefused({address: (550, b"no such mailbox")})
            if address.endswith("@brudd.example"):
                raise SMTPServerDisconnected("connection lost")
        return super().send_messages(messages)


UNSTEADY = "tests.factories.mail.UnsteadyBackend"


def notice_in(mail, **values):
    """A notice that is told of in the mail."""
    usual = {
        "kind": "grunnlag",
        "subject": "grunnlag:1",
        "occasion": "due-5",
        "title": "Veiledningsgrunnlag",
        "url": "/",
        "not_before": NOW,
        "created_at": NOW,
        "status": "bundled",
    }
    if "recipient" not in values:
        values["recipient"] = UserFactory()
    return Notice.objects.create(**usual | values, mail=mail)
