"""The letter of an invitation: put in the outbox, sent again as a reminder, and stopped."""

from datetime import datetime

from actors.actions.letters import invitation_letter
from actors.actions.queue import queue_mail
from actors.actions.roles import find_person
from actors.models import Invitation, Mail, MailStatus
from actors.rules.invitations import language_of


def letter_language(email: str, scope) -> str:
    """The language ("nb" or "nn") an invitation is written in: the person's, or the place's."""
    known = find_person(email.strip())
    return known.language if known else language_of(scope)


def queue_letter(invitation: Invitation, *, now: datetime, occasion: str = "") -> bool:
    """Put the mail in the outbox, in the language the person has or the place uses.

    False when the mail of that occasion is there already.
    """
    known = find_person(invitation.email)
    language = letter_language(invitation.email, invitation.scope)
    letter = invitation_letter(invitation, language=language, expires_at=invitation.expires_at)
    mail = queue_mail(
        key=letter_key(invitation, occasion or str(int(now.timestamp()))),
        recipient=known,
        to=invitation.email,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        now=now,
    )
    return mail is not None


def stop_letters(invitation: Invitation) -> None:
    """Letters that wait in the outbox lead nowhere any more, or a newer one takes their place."""
    own = Mail.objects.filter(message_id__startswith=f"<{letter_key(invitation, '')}")
    own.filter(status=MailStatus.QUEUED).update(status=MailStatus.CANCELLED, letter=b"")


def letter_key(invitation: Invitation, occasion: str) -> str:
    """The key in the outbox of a letter of an invitation."""
    return f"invitasjon-{invitation.pk}-{occasion.replace('@', '-')}"
