"""A letter as it goes on the line: the headers and both texts, written out.

Python's e-mail package takes longer to write a letter than to send it, and a letter waits for its
turn anyway: so it is written out once, when the mail is composed. Whom it is to, and the date, come
before it when it is sent.
"""

import re
from email import message_from_bytes
from email.utils import formatdate, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from actors.models import Mail
from actors.rules.links import unsubscribe_link

LINE = "\r\n"
# Printable ASCII alone: written into a header as it is. Others are left to the e-mail package.
PLAIN_ADDRESS = re.compile(r"[A-Za-z0-9._%+'=~-]+@[A-Za-z0-9.-]+")


class Written:
    """A letter that is written out, with what Django's backends ask of a message."""

    def __init__(self, letter: bytes) -> None:
        self.letter = letter

    def as_bytes(self, unixfrom: bool = False, linesep: str = "\n") -> bytes:
        """The letter with these ends of lines."""
        return self.letter if linesep == LINE else self.letter.replace(b"\r\n", linesep.encode())

    def get_charset(self) -> None:
        """Every part says its own."""

    def __getitem__(self, header: str) -> str | None:
        return message_from_bytes(self.letter)[header]


class ReadyMessage(EmailMultiAlternatives):
    """A mail whose letter is written out already."""

    letter = b""

    def message(self, *, policy: Any = None) -> Any:
        """`Written`: whom it is to and the date, and then the letter."""
        date = formatdate(localtime=settings.EMAIL_USE_LOCALTIME)
        head = f"Date: {date}{LINE}To: {self.to[0]}{LINE}"
        return Written(head.encode("ascii") + self.letter)

    def recipients(self) -> list[Any]:
        """As name and address, like the sender: Django need not look for a name in each."""
        return [("", address) for address in self.to]


def as_message(mail: Mail, outbound: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """The mail as Django sends it, with the letter as it was written out, if it was."""
    if not mail.letter or not PLAIN_ADDRESS.fullmatch(mail.to):
        return composed(mail, outbound)
    values = _envelope(mail, outbound)
    values["from_email"] = ("", values["from_email"])
    message = ReadyMessage(**values)
    message.letter = bytes(mail.letter)
    return _with_html(message, mail)


def write_out(mail: Mail) -> bytes:
    """The letter of a mail, for `Mail.letter`; empty when it cannot be written.

    What is wrong with it is told when it is to be sent, and written down as what the attempt met.
    """
    try:
        letter: Any = composed(mail).message()  # Django's own, which takes `linesep`
        del letter["To"], letter["Date"]
        return letter.as_bytes(linesep=LINE)
    except Exception:  # a poison message stops only itself
        return b""


def composed(mail: Mail, outbound: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """Text, HTML, and the headers of a letter nobody should answer automatically; with `may_stop`
    also those that let a mail program say no with one click, to `mail.categories`."""
    message = EmailMultiAlternatives(**_envelope(mail, outbound))
    message.extra_headers |= {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    if mail.may_stop and mail.recipient_id:
        path = unsubscribe_link(mail.recipient_id, mail.categories)
        message.extra_headers |= {
            "List-Unsubscribe": f"<{settings.SITE_URL}{path}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    return _with_html(message, mail)


def _envelope(mail: Mail, outbound: BaseEmailBackend | None) -> dict[str, Any]:
    """What every backend needs. The mail server needs no more of the sender than the address, and
    Django takes a while to write the name."""
    sender = settings.DEFAULT_FROM_EMAIL
    return {
        "subject": mail.subject,
        "body": mail.text,
        "from_email": parseaddr(sender)[1],
        "to": [mail.to],
        "connection": outbound,
        "headers": {"From": sender},
    }


def _with_html(message: EmailMultiAlternatives, mail: Mail) -> EmailMultiAlternatives:
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message
