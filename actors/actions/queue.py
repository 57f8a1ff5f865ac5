"""Putting a mail in the outbox."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from actors.actions.writing import write_out
from actors.models import Mail


def queue_mail(
    *,
    key: str,
    to: str,
    subject: str,
    text: str,
    html: str,
    now: datetime,
    recipient=None,
    may_stop: bool = False,
    categories: Iterable[str] = (),
) -> Mail | None:
    """Put a mail in the outbox; None when the mail with this key is there already.

    `key` says which letter this is («dag-12-2026-11-20») and becomes its Message-ID. `may_stop`:
    the recipient can choose away everything in it, which is of the `categories`.
    """
    mail = Mail(
        recipient=recipient,
        to=to,
        subject=one_line(subject),
        text=text,
        html=html,
        may_stop=may_stop,
        message_id=message_id(key),
        next_attempt_at=now,
        created_at=now,
    )
    mail.categories = tuple(categories)
    mail.letter = write_out(mail)
    try:
        with transaction.atomic():
            mail.save(force_insert=True)
    except IntegrityError:
        return None
    return mail


def one_line(subject: str) -> str:
    """A subject as it is stored: on one line, at most 200 characters."""
    return " ".join(subject.split())[:200]


def message_id(key: str) -> str:
    """The Message-ID of the letter `key`: always the same, on the portal's own host."""
    host = settings.SITE_URL.split("://")[-1].split("/")[0].split(":")[0]
    return f"<{key}@{host}>"
