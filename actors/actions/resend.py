"""What a person does with a mail that did not arrive: send it again, or leave it.

Whether `by` may do it is asked before: in the control room, and where an address is corrected.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import Mail, MailStatus, Notice, NoticeStatus, User

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
    _dead_notices(dead).update(status=NoticeStatus.BUNDLED)
    record_event(by=by, verb="resend-mail", subject=f"mail:{dead.pk}", now=now)
    return True


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
    reason = _("Kom ikke fram. Sendes ikke på nytt")
    _dead_notices(dead).update(status=NoticeStatus.CANCELLED, outcome=reason)
    record_event(by=by, verb="drop-mail", subject=f"mail:{dead.pk}", now=now)
    return True


def _locked_dead(mail: Mail) -> Mail | None:
    locked = Mail.objects.select_for_update(of=("self",)).select_related("recipient")
    return locked.filter(pk=mail.pk, status__in=DEAD_MAIL).first()


def _dead_notices(mail: Mail):
    return Notice.objects.filter(mail=mail, status__in=DEAD_NOTICE)
