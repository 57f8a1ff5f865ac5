"""Letters that came back after the mail server had taken them."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from actors.actions.marks import finish_sent, mark_returned
from actors.models import Mail, MailStatus
from actors.rules.bounce_report import Returned


@transaction.atomic
def take_back(*, returned: Iterable[Returned], now: datetime) -> list[Mail]:
    """Mark the mails that came back, with what was answered; give those that were marked.

    Only a mail that was sent, to the address of the report, is marked, and only once: anybody can
    write to the address that reports go to. A report of a mail that has gone to a new address
    since says nothing of that one.
    """
    marked, reports = [], list(returned)
    finish_sent(Mail.objects.filter(message_id__in=[each.message_id for each in reports]))
    for each in reports:
        sent = Mail.objects.select_for_update().filter(message_id=each.message_id)
        mail = sent.filter(status=MailStatus.SENT, to__iexact=each.to).first()
        if mail is not None:
            mark_returned(mail, each.answer, now=now)
            marked.append(mail)
    return marked
