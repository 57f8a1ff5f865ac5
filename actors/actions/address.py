"""A wrong e-mail address is put right, and what did not arrive goes out again."""

import re
from datetime import datetime

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.actions.resend import gather_mails, resend_mail
from actors.actions.roles import find_person
from actors.models import Invitation, Mail, MailStatus, User

DEAD = (MailStatus.FAILED, MailStatus.BOUNCED)
INVITATION = re.compile(r"<invitasjon-(\d+)-")


@transaction.atomic
def correct_address(*, person: User, email: str, by: User, now: datetime) -> int:
    """Give the person a new address and send again what did not arrive; return how many mails.

    What was in several daily mails comes in one. Whoever has the address signs in with it: whether
    `by` may do this is asked in `actors.queries.bounced.correctable_by` before. The old address
    leads in no longer. Raises ValidationError when somebody else has the address.
    """
    locked = User.objects.select_for_update().get(pk=person.pk)
    address = email.strip().lower()
    other = find_person(address)
    if other is not None and other.pk != locked.pk:
        raise ValidationError(_("Adressen er i bruk av en annen person i portalen."))
    if address != locked.email:
        _move(locked, address)
    locked.email_bounced_at = None
    locked.save(update_fields=["email", "email_bounced_at"])
    mails = Mail.objects.filter(recipient=locked)
    mails.filter(status=MailStatus.QUEUED).update(to=address)
    dead = list(mails.filter(status__in=DEAD).order_by("pk"))
    alone = gather_mails(mails=dead, by=by, now=now)
    for mail in alone:
        resend_mail(mail=mail, to=address, by=by, now=now)
    subject = f"user:{locked.pk}"
    record_event(by=by, verb="correct-address", subject=subject, now=now, mails=len(dead))
    return len(alone) + (len(alone) < len(dead))


@transaction.atomic
def correct_mail_address(*, mail: Mail, email: str, by: User, now: datetime) -> int:
    """Send a mail that did not arrive to the right address; return how many mails go out again.

    A person's address is corrected everywhere; an invitation that nobody has accepted is for the
    new address from now on. Raises ValidationError as `correct_address`.
    """
    if mail.recipient is not None and mail.recipient.email == mail.to:
        return correct_address(person=mail.recipient, email=email, by=by, now=now)
    address = email.strip().lower()
    invited = INVITATION.match(mail.message_id)
    if invited:
        waiting = Invitation.objects.waiting().filter(pk=int(invited[1]), email__iexact=mail.to)
        waiting.update(email=address)
    resend_mail(mail=mail, to=address, by=by, now=now)
    return 1


def _move(person: User, address: str) -> None:
    """The new address is the only one that leads in; one the person had proved already stays."""
    EmailAddress.objects.filter(user=person, email__iexact=person.email).delete()
    EmailAddress.objects.filter(user=person).update(primary=False)
    EmailAddress.objects.update_or_create(
        user=person, email=address, defaults={"verified": True, "primary": True}
    )
    person.email = address
