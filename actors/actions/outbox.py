"""The outbox: mails as rows, claimed by one worker at a time, sent, marked, tried again.

A mail is sent once whatever happens to workers and beat, with one exception that no outbox can
avoid: when a worker dies between the mail server's yes and the mark, it is sent again. The
Message-ID stays the same, so that the recipient's mail program may see that it is the same letter.
"""

import smtplib
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from time import monotonic, sleep
from typing import TypeVar

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F

from actors.actions.marks import (
    finish_sent,
    mark_failure,
    mark_lethal,
    mark_sent,
    mark_waiting,
)
from actors.actions.queue import message_id, queue_mail
from actors.actions.settle import contents_of, in_hours, settle
from actors.actions.writing import as_message
from actors.models import Mail, MailAttempt, MailStatus
from actors.queries.delivery import is_everything_paused
from actors.queries.messages import MailQuerySet
from actors.rules.delivery import BATCH_LASTS, CLAIM_LASTS, LETHAL_CLAIMS
from actors.rules.smtp_answer import answer_to

__all__ = ["SendResult", "claim_mails", "message_id", "queue_mail", "send_mails"]

PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds between the tries to write down that a mail was sent when the database is away."""

TELL_EVERY = 1.0
"""Seconds after which those that were sent are shown as sent, though the batch is not done."""

T = TypeVar("T")


@dataclass(frozen=True)
class SendResult:
    """How it went: sent, to be tried again, given up, no longer to be sent."""

    sent: int = 0
    retried: int = 0
    failed: int = 0
    cancelled: int = 0

    @property
    def total(self) -> int:
        """All mails that were taken."""
        return self.sent + self.retried + self.failed + self.cancelled


def send_mails(*, now: datetime, limit: int = 200) -> SendResult:
    """Claim up to `limit` mails that are due at `now` (aware), send them, and mark each.

    A mail that cannot be sent now waits and is tried again, six times in all; the others go on.
    What no longer applies is cancelled instead, and what is not urgent waits for the hours of
    sending. During a pause of everything nothing is claimed.
    """
    if is_everything_paused(now):
        return SendResult()
    claimed = claim_mails(now=now, limit=limit)
    if not claimed:
        return SendResult()
    begun = monotonic()
    lethal = [mail for mail in claimed if mail.claims > LETHAL_CLAIMS]
    outcomes = [mark_lethal(mail, now=now) for mail in lethal]
    contents = contents_of([mail for mail in claimed if mail not in lethal])
    may_go = in_hours(contents, now=now)
    outcomes += [MailStatus.QUEUED] * (len(contents) - len(may_go))
    mails = settle(may_go, now=now)
    go = {mail.pk for mail in mails}
    outcomes += [each.mail.status for each in may_go if each.mail.pk not in go]
    return _result(outcomes + _send_all(mails, begun, now=now) if mails else outcomes)


def _result(outcomes: list[str]) -> SendResult:
    return SendResult(
        sent=outcomes.count(MailStatus.SENT),
        retried=outcomes.count(MailStatus.QUEUED),
        failed=outcomes.count(MailStatus.FAILED) + outcomes.count(MailStatus.BOUNCED),
        cancelled=outcomes.count(MailStatus.CANCELLED),
    )


def _send_all(mails: list[Mail], begun: float, *, now: datetime) -> list[str]:
    """Send over one line, and let go of what there is no time for while the claim holds."""
    outbound = get_connection()
    try:
        outbound.open()
    except Exception as error:  # nobody answers: asking once is enough for all of them
        reason = answer_to(error).text
        return [mark_waiting(mail, reason, now=now) for mail in mails]
    ours = Mail.objects.filter(pk__in=[mail.pk for mail in mails])
    outcomes, told = [], monotonic()
    try:
        for mail in mails:
            if monotonic() - begun > BATCH_LASTS.total_seconds():
                outcomes.append(mark_waiting(mail, "", now=now))
            else:
                outcomes.append(_send_one(mail, outbound, now=now))
            if monotonic() - told > TELL_EVERY:
                _patiently(lambda: finish_sent(ours))
                told = monotonic()
    finally:
        _close(outbound)
    _patiently(lambda: finish_sent(ours))
    return outcomes


def claim_mails(*, now: datetime, limit: int) -> list[Mail]:
    """Take mails so that no other worker takes them; `claims` counts how often since a mark.

    Mails of a dead worker are taken when no others wait. After a second death they come one at a
    time: if one of them is what kills, the others are not taken down again. Those that were sent
    already are not taken. `tried` on each is how many attempts there have been, also before it was
    put in the outbox again.
    """
    claimed = _claim(Mail.objects.waiting(now), now=now, limit=limit)
    if claimed:
        return claimed
    stale = Mail.objects.stale(now - CLAIM_LASTS)
    finish_sent(stale)
    return _claim(stale.filter(claims__lt=2), now=now, limit=limit) or _claim(
        stale, now=now, limit=1
    )


@transaction.atomic
def _claim(due: MailQuerySet, *, now: datetime, limit: int) -> list[Mail]:
    """Lock, and mark in one statement; where rows cannot be locked only one writes at a time."""
    due = due.order_by("next_attempt_at", "pk")
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True)
    mine = list(due.values_list("pk", flat=True)[:limit])
    if not mine:
        return []
    Mail.objects.filter(pk__in=mine).update(
        status=MailStatus.CLAIMED, claimed_at=now, claims=F("claims") + 1
    )
    claimed = Mail.objects.filter(pk__in=mine).select_related("recipient")
    mails = list(claimed.order_by("next_attempt_at", "pk"))
    tries = Counter(MailAttempt.objects.filter(mail__in=mine).values_list("mail", flat=True))
    for mail in mails:
        mail.tried = tries[mail.pk]
    return mails


def _send_one(mail: Mail, outbound: BaseEmailBackend, *, now: datetime) -> str:
    """Send one mail; return its new status. Whatever is wrong with it stays with it."""
    try:
        outbound.open()  # Django closes the line after each mail when it had to open it itself
        as_message(mail, outbound).send()
    except Exception as error:  # a poison message stops only itself
        _close(outbound)  # the next mail gets a fresh connection
        return mark_failure(mail, answer_to(error), now=now)
    return _patiently(lambda: mark_sent(mail))


def _patiently(write: Callable[[], T]) -> T:
    """Write down what was sent, also when the database is away for a while: if the mail server's
    yes were forgotten, the letter would go once more."""
    for pause in PAUSES:
        try:
            return write()
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block:
                raise
            connection.close()
            sleep(pause)
    return write()


def _close(outbound: BaseEmailBackend) -> None:
    with suppress(OSError, smtplib.SMTPException):
        outbound.close()
