"""What a person does with a mail that did not arrive: send it again, or leave it.

Whether `by` may do it is asked before: in the control room, and where an address is corrected.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from actors.actions.events import record_event
from actors.models import Mail, MailStatus, Notice, NoticeStatus, User
from actors.rules.bundles import is_daily

DEAD_MAIL = (MailStatus.FAILED, MailStatus.BOUNCED)
DEAD_NOTICE = (NoticeStatus.FAILED, NoticeStatus.BOUNCED)


@transaction.atomic
def resend_mail(*, mail: Mail, by: User, now: datetime, to: str | None = None) -> bool:
    """Put a mail that did not arrive in the outbox again, with the same Message-ID.

    It gets as many attempts as a new one, and is looked at anew before it is sent: what has been
    done meanwhile falls out. `to` is the right address of somebody who has no account; a person's
    own mail goes to the address the person has. False when it is not given up (any more).
    """
    dead = _locked_dead(mail)
    if dead is None:
        return False
    dead.status = MailStatus.QUEUED
    dead.to = to or (dead.recipient.email if dead.recipient else dead.to)
    dead.attempts, dead.next_attempt_at, dead.error = 0, now, ""
    dead.save(update_fields=["status", "to", "attempts", "next_attempt_at", "error"])
    _dead_notices(dead).update(status=NoticeStatus.BUNDLED, not_before=now)
    record_event(by=by, verb="resend-mail", subject=f"mail:{dead.pk}", now=now)
    return True


@transaction.atomic
def gather_mails(*, mails: Iterable[Mail], by: User, now: datetime) -> list[Mail]:
    """Let what is in a person's daily mails that did not arrive wait for the next one; give the
    mails that must be sent again by themselves.

    An address may have been dead for weeks: one mail a day holds then too.
    """
    mails = list(mails)
    daily = [mail for mail in mails if _is_daily(mail) and _locked_dead(mail)]
    if len(daily) < 2:
        return mails
    for mail in daily:
        waiting = {"status": NoticeStatus.QUEUED, "outcome": "", "not_before": now, "mail": None}
        _dead_notices(mail).update(**waiting)
        Mail.objects.filter(pk=mail.pk).update(status=MailStatus.CANCELLED)
        record_event(by=by, verb="resend-mail", subject=f"mail:{mail.pk}", now=now)
    return [mail for mail in mails if mail not in daily]


@transaction.atomic
def drop_mail(*, mail: Mail, by: User, now: datetime) -> bool:
    """Give up a mail that did not arrive for good; False when it is not given up (any more).

    The notices are still shown to the recipient in the portal.
    """
    dead = _locked_dead(mail)
    if dead is None:
        return False
    dead.status = MailStatus.CANCELLED
    dead.save(update_fields=["status"])
    reason = gettext_noop("Kom ikke fram. Sendes ikke på nytt")
    _dead_notices(dead).update(status=NoticeStatus.CANCELLED, outcome=reason)
    record_event(by=by, verb="drop-mail", subject=f"mail:{dead.pk}", now=now)
    return True


def _locked_dead(mail: Mail) -> Mail | None:
    locked = Mail.objects.select_for_update(of=("self",)).select_related("recipient")
    return locked.filter(pk=mail.pk, status__in=DEAD_MAIL).first()


def _is_daily(mail: Mail) -> bool:
    notices = list(_dead_notices(mail))
    return bool(notices) and is_daily(notices)


def _dead_notices(mail: Mail):
    return Notice.objects.filter(mail=mail, status__in=DEAD_NOTICE)
