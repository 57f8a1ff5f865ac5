"""The outbox: mails as rows, claimed by one worker at a time, sent, marked, tried again.

A mail is sent once whatever happens to workers and beat, with one exception that no outbox can
avoid: a worker that dies between the mail server's yes and the mark sends it again. The Message-ID
stays the same, so that the recipient's mail program may see that it is the same letter.
"""

import smtplib
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from actors.models import Mail, MailStatus, Notice, NoticeStatus
from actors.rules.delivery import CLAIM_LASTS, is_given_up, retry_delay


@dataclass(frozen=True)
class SendResult:
    """How it went: sent, to be tried again, given up."""

    sent: int = 0
    retried: int = 0
    failed: int = 0

    @property
    def total(self) -> int:
        """All mails that were taken."""
        return self.sent + self.retried + self.failed


def queue_mail(
    *, key: str, to: str, subject: str, text: str, html: str, now: datetime, recipient=None
) -> Mail | None:
    """Put a mail in the outbox; None when the mail with this key is there already.

    `key` says which letter this is («dag-12-2026-11-20») and becomes its Message-ID.
    """
    try:
        with transaction.atomic():
            return Mail.objects.create(
                recipient=recipient,
                to=to,
                subject=" ".join(subject.split())[:200],
                text=text,
                html=html,
                message_id=message_id(key),
                next_attempt_at=now,
                created_at=now,
            )
    except IntegrityError:
        return None


def message_id(key: str) -> str:
    """The Message-ID of the letter `key`: always the same, on the portal's own host."""
    host = settings.SITE_URL.split("://")[-1].split("/")[0].split(":")[0]
    return f"<{key}@{host}>"


def send_mails(*, now: datetime, limit: int = 200) -> SendResult:
    """Claim up to `limit` mails that are due at `now` (aware), send them, and mark each.

    A mail that cannot be sent waits and is tried again, six times in all; the others go on.
    """
    mails = claim_mails(now=now, limit=limit)
    if not mails:
        return SendResult()
    outbound = get_connection()
    try:
        outbound.open()
    except Exception as error:  # nobody answers: asking once is enough for all of them
        outcomes = [_mark_failure(mail, error, now=now) for mail in mails]
    else:
        outcomes = [_send_one(mail, outbound, now=now) for mail in mails]
        _close(outbound)
    return SendResult(
        sent=outcomes.count(MailStatus.SENT),
        retried=outcomes.count(MailStatus.QUEUED),
        failed=outcomes.count(MailStatus.FAILED),
    )


@transaction.atomic
def claim_mails(*, now: datetime, limit: int) -> list[Mail]:
    """Take mails so that no other worker takes them; each claim counts as an attempt."""
    due = Mail.objects.claimable(now, now - CLAIM_LASTS).order_by("next_attempt_at", "pk")
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True)
    ids = list(due.values_list("pk", flat=True)[:limit])
    mine = []
    for pk in ids:
        # Decides also where rows cannot be locked: whoever comes second changes nothing.
        still_due = Mail.objects.filter(pk=pk).claimable(now, now - CLAIM_LASTS)
        claim = {"status": MailStatus.CLAIMED, "claimed_at": now, "attempts": F("attempts") + 1}
        if still_due.update(**claim):
            mine.append(pk)
    return list(Mail.objects.filter(pk__in=mine).order_by("next_attempt_at", "pk"))


def _send_one(mail: Mail, outbound: BaseEmailBackend, *, now: datetime) -> str:
    """Send one mail; return its new status. Whatever is wrong with it stays with it."""
    try:
        outbound.open()  # Django closes the line after each mail when it had to open it itself
        as_message(mail, outbound).send()
    except Exception as error:  # a poison message stops only itself
        _close(outbound)  # the next mail gets a fresh connection
        return _mark_failure(mail, error, now=now)
    _mark(mail, status=MailStatus.SENT, sent_at=now, error="")
    Notice.objects.filter(mail=mail).update(status=NoticeStatus.SENT)
    return MailStatus.SENT


def as_message(mail: Mail, outbound: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """The mail as Django sends it: text, HTML, and the headers of a letter nobody should answer
    automatically."""
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        to=[mail.to],
        connection=outbound,
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def _mark_failure(mail: Mail, error: Exception, *, now: datetime) -> str:
    """Plan the next attempt, or give up and tell what was wrong."""
    reason = f"{type(error).__name__}: {error}"[:300]
    if not is_given_up(mail.attempts):
        again = now + retry_delay(mail.attempts, mail.message_id)
        _mark(mail, status=MailStatus.QUEUED, next_attempt_at=again, error=reason)
        return MailStatus.QUEUED
    _mark(mail, status=MailStatus.FAILED, error=reason)
    Notice.objects.filter(mail=mail).update(status=NoticeStatus.FAILED)
    return MailStatus.FAILED


def _mark(mail: Mail, **changes) -> None:
    """Write the outcome, unless another worker has taken the mail over in the meantime."""
    ours = Mail.objects.filter(pk=mail.pk, status=MailStatus.CLAIMED, claimed_at=mail.claimed_at)
    ours.update(**changes)


def _close(outbound: BaseEmailBackend) -> None:
    with suppress(OSError, smtplib.SMTPException):
        outbound.close()
