"""Where the mails of the demo end: rows, read at /postkasse/. Nothing leaves the machine."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from actors.models import MailboxMessage


class MailboxBackend(BaseEmailBackend):
    """A Django e-mail backend that keeps each mail as a `MailboxMessage`."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep the mails; return how many. The clock is the mail server's, so it is read here."""
        now = timezone.now()
        rows = [_row(message, now) for message in email_messages]
        return len(MailboxMessage.objects.bulk_create(rows))


def _row(message: EmailMessage, now) -> MailboxMessage:
    parts = getattr(message, "alternatives", [])
    html = next((part.content for part in parts if part.mimetype == "text/html"), "")
    return MailboxMessage(
        to=", ".join(message.to)[:300],
        sender=message.extra_headers.get("From", message.from_email)[:300],
        subject=message.subject[:300],
        text=message.body,
        html=html,
        sent_at=now,
    )
