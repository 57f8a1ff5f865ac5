"""Two mails that did not arrive, so that the demo shows what is done about that."""

from datetime import timedelta

from actors.actions.marks import mark_failure
from actors.actions.recheck import no_longer_due
from actors.models import Mail, MailboxMessage, MailStatus, Notice, NoticeStatus
from actors.rules.roles import RoleKind
from actors.rules.smtp_answer import Answer, Verdict
from reports.demo.plan import FJORDVIK
from reports.demo.world import World

FULL = Answer(452, "452 4.2.2 Mailbox full", Verdict.RETRY)
UNKNOWN = Answer(550, "550 5.1.1 User unknown", Verdict.BOUNCED)
ALL_TRIES = timedelta(hours=15)  # what all attempts take, and a little more


def lose_two(world: World) -> None:
    """Let the last mail to one leader meet an unknown address, and one to another a full mailbox.

    The first is in the kommune of the demo's owner when that got any, who then has the address as
    a task. The second is so old that it has been tried until it was given up.
    """
    sent = _to_leaders(world)
    later = dict(Mail.objects.order_by("pk").values_list("recipient", "pk"))
    last = [mail for mail in sent if later[mail.recipient_id] == mail.pk]
    for unknown in last[:1]:
        _refuse(unknown, UNKNOWN)
        sent = [mail for mail in sent if mail.recipient_id != unknown.recipient_id]
    old = [mail for mail in sent if mail.sent_at < world.now - ALL_TRIES]
    for full in old[-1:]:
        _refuse(full, FULL)


def _to_leaders(world: World) -> list[Mail]:
    """Mails to leaders about what is still to be done, those of the demo's owner first.

    Not to the people that the documentation names, whose addresses have one word.
    """
    told = Notice.objects.filter(
        role__kind=RoleKind.LEDER, subject__startswith="obligation:", mail__status=MailStatus.SENT
    ).exclude(recipient__email__regex=r"^\w+@")
    notices = list(told.select_related("mail", "role__unit").order_by("mail__sent_at", "pk"))
    over = no_longer_due(notices, world.today)
    ours = {place.owner.pk for place in world.places if place.plan.name == FJORDVIK}
    notices.sort(key=lambda notice: notice.role.unit.owner_id not in ours)
    return list(dict.fromkeys(notice.mail for notice in notices if notice.pk not in over))


def _refuse(mail: Mail, answer: Answer) -> None:
    """Let the mail server have said no as often as the portal asked, from when it was sent."""
    at = mail.sent_at
    MailboxMessage.objects.filter(to=mail.to, subject=mail.subject, sent_at=at).delete()
    Notice.objects.filter(mail=mail).update(status=NoticeStatus.BUNDLED)
    Mail.objects.filter(pk=mail.pk).update(sent_at=None, attempts=0)
    status: str = MailStatus.QUEUED
    while status == MailStatus.QUEUED:
        Mail.objects.filter(pk=mail.pk).update(status=MailStatus.CLAIMED, claimed_at=at)
        mail.refresh_from_db()
        mail.tried = mail.attempts
        status = mark_failure(mail, answer, now=at)
        mail.refresh_from_db()
        at = mail.next_attempt_at
