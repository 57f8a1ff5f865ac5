"""What became of a mail that a worker had claimed: one transaction per mail, written at once.

For a letter that was sent this is its attempt alone; the rest follows for many of them together.
Every mark holds only as long as the claim is the worker's own: one that was so slow that another
has taken the mail over changes nothing.
"""

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from actors.models import (
    AttemptOutcome,
    Mail,
    MailAttempt,
    MailStatus,
    Notice,
    NoticeStatus,
    User,
)
from actors.queries.messages import MailQuerySet
from actors.rules.delivery import OUTAGE_DELAY, is_given_up, jitter, retry_delay
from actors.rules.smtp_answer import Answer, Verdict

NOTICE_OF_MAIL = {
    MailStatus.FAILED: NoticeStatus.FAILED,
    MailStatus.BOUNCED: NoticeStatus.BOUNCED,
}


# One small statement, which is its own transaction: a worker does this for each letter. Django can
# insert only what it knows, and must not if the claim, known by its moment, is another's by now.
THE_YES = """
    INSERT INTO actors_mailattempt (mail_id, number, at, "to", code, answer, outcome)
    SELECT id, %s, claimed_at, %s, NULL, '', 'sent'
    FROM actors_mail WHERE id = %s AND claimed_at = %s
"""


def mark_sent(mail: Mail) -> str:
    """Write down the mail server's yes: from now on nobody sends the letter again.

    What follows from it is left to `finish_sent`, for many letters at once.
    """
    claimed_at = connection.ops.adapt_datetimefield_value(mail.claimed_at)
    with connection.cursor() as cursor:
        cursor.execute(THE_YES, [mail.tried + 1, mail.to, mail.pk, claimed_at])
    return MailStatus.SENT


@transaction.atomic
def finish_sent(mails: MailQuerySet) -> int:
    """Of claimed mails, let those that the mail server has taken be sent; return how many.

    Their notices too; and an address that a letter has come to works, whatever it did before.
    Doing it again, or in two workers, changes nothing.
    """
    rows = mails.taken().values_list("pk", "recipient", "to", "recipient__email_bounced_at")
    taken = list(rows.order_by("pk"))
    if not taken:
        return 0
    ids = [pk for pk, *_rest in taken]
    done = Mail.objects.filter(pk__in=ids, status=MailStatus.CLAIMED).update(
        status=MailStatus.SENT,
        sent_at=F("claimed_at"),
        error="",
        attempts=F("attempts") + 1,
        claims=0,
        letter=b"",
    )
    waiting = Notice.objects.filter(mail__in=ids, status=NoticeStatus.BUNDLED)
    waiting.update(status=NoticeStatus.SENT)
    for _pk, person, to, bounced_at in taken:
        if bounced_at is not None:
            User.objects.filter(pk=person, email=to).update(email_bounced_at=None)
    return done


@transaction.atomic
def mark_failure(mail: Mail, answer: Answer, *, now: datetime) -> str:
    """Plan the next attempt, or give up: what the mail server answered says which."""
    status, outcome = _after(mail, answer)
    changes: dict[str, Any] = {"status": status, "error": answer.text}
    if status == MailStatus.QUEUED:
        changes["next_attempt_at"] = now + retry_delay(mail.attempts + 1, mail.message_id)
    if _answered(mail, **changes):
        _record(mail, outcome, answer.code, answer.text, now)
        if status == MailStatus.BOUNCED:
            address_is_dead(mail, now=now)
    return status


def mark_returned(mail: Mail, answer: Answer, *, now: datetime) -> None:
    """A sent letter came back: as if it had been refused, but for the attempt, which is one more.

    The mail must be locked.
    """
    is_dead = answer.verdict == Verdict.BOUNCED
    mail.status = MailStatus.BOUNCED if is_dead else MailStatus.FAILED
    mail.error, mail.tried = answer.text, mail.tries.count()
    mail.save(update_fields=["status", "error"])
    sent = Notice.objects.filter(mail=mail, status=NoticeStatus.SENT)
    sent.update(status=NOTICE_OF_MAIL[mail.status])
    outcome = AttemptOutcome.BOUNCED if is_dead else AttemptOutcome.FAILED
    _record(mail, outcome, answer.code, answer.text, now)
    if is_dead:
        address_is_dead(mail, now=now)


def address_is_dead(mail: Mail, *, now: datetime) -> None:
    """Say on the person that mail to the address comes back, if it still is the person's."""
    User.objects.filter(pk=mail.recipient_id, email=mail.to).update(email_bounced_at=now)


def mark_waiting(mail: Mail, reason: str, *, now: datetime, again: datetime | None = None) -> str:
    """Nobody answered, or there was no time for it: not an attempt, and it waits a few minutes.

    Or until `again` (aware).
    """
    again = again or now + OUTAGE_DELAY * (1 + jitter(mail.message_id))
    _mark(mail, status=MailStatus.QUEUED, next_attempt_at=again, error=reason)
    return MailStatus.QUEUED


@transaction.atomic
def mark_lethal(mail: Mail, *, now: datetime) -> str:
    """Give up a mail whose workers have died every time they had it."""
    reason = _("Arbeideren stanset hver gang den prøvde å sende denne.")
    if _answered(mail, status=MailStatus.FAILED, error=reason):
        _record(mail, AttemptOutcome.FAILED, None, reason, now)
    return MailStatus.FAILED


@transaction.atomic
def mark_cancelled(mail: Mail) -> str:
    """Nothing in it is to be sent any more: its notices have their own reasons already."""
    _mark(mail, status=MailStatus.CANCELLED, letter=b"")
    return MailStatus.CANCELLED


def _after(mail: Mail, answer: Answer) -> tuple[MailStatus, AttemptOutcome]:
    if answer.verdict == Verdict.BOUNCED:
        return MailStatus.BOUNCED, AttemptOutcome.BOUNCED
    if answer.verdict == Verdict.FAILED or is_given_up(mail.attempts + 1):
        return MailStatus.FAILED, AttemptOutcome.FAILED
    return MailStatus.QUEUED, AttemptOutcome.RETRY


def _answered(mail: Mail, **changes: Any) -> bool:
    """One attempt more; another writes the letter out at sending, with the sender of that day."""
    return _mark(mail, **changes, attempts=mail.attempts + 1, letter=b"")


def _mark(mail: Mail, **changes: Any) -> bool:
    """Write the outcome and that of the notices, unless another worker has taken the mail over."""
    ours = Mail.objects.filter(pk=mail.pk, status=MailStatus.CLAIMED, claimed_at=mail.claimed_at)
    if not ours.update(**changes, claims=0):
        return False
    if changes["status"] in NOTICE_OF_MAIL:
        waiting = Notice.objects.filter(mail=mail, status=NoticeStatus.BUNDLED)
        waiting.update(status=NOTICE_OF_MAIL[changes["status"]])
    return True


def _record(mail: Mail, outcome: str, code: int | None, answer: str, now: datetime) -> None:
    MailAttempt.objects.create(
        mail=mail,
        number=mail.tried + 1,
        at=now,
        to=mail.to,
        code=code,
        answer=answer[:300],
        outcome=outcome,
    )
