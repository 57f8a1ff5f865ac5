"""What a mail server reports about a letter that came back: RFC 3464, found in one message.

The report is a mail of type multipart/report with a message/delivery-status part, one block for
each recipient, and the letter that was sent, or its headers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

from actors.rules.smtp_answer import Answer, Verdict, verdict_of

STATUS = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
SMTP_CODE = re.compile(r"\b[245]\d\d\b")
MESSAGE_ID = re.compile(r"^Message-ID:\s*(<[^>\s]+>)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class Returned:
    """A letter that will not arrive: its Message-ID, the address it was sent to, and the answer."""

    message_id: str
    to: str
    answer: Answer


def read_report(raw: bytes) -> list[Returned]:
    """The letters that a report says will not arrive; none for other mail and for delays."""
    report = message_from_bytes(raw)
    blocks = list(_blocks(report))
    message_id = _message_id_of_letter(report)
    if not blocks or not message_id:
        return []
    return [
        Returned(message_id, _address(block), _answer(block))
        for block in blocks
        if str(block.get("Action", "")).strip().lower() == "failed"
    ]


def _blocks(report: Message) -> Iterator[Message]:
    """The blocks about one recipient each; the first block of a report is about the server."""
    for part in report.walk():
        if part.get_content_type() == "message/delivery-status":
            inner = part.get_payload()
            if isinstance(inner, list):
                yield from (b for b in inner if isinstance(b, Message) and "Final-Recipient" in b)


def _message_id_of_letter(report: Message) -> str:
    for part in report.walk():
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            if isinstance(inner, list) and isinstance(inner[0], Message):
                return str(inner[0].get("Message-ID", "")).strip()
        if part.get_content_type() == "text/rfc822-headers":
            body = part.get_payload(decode=True)
            text = body.decode("utf-8", "replace") if isinstance(body, bytes) else ""
            found = MESSAGE_ID.search(text)
            return found[1] if found else ""
    return ""


def _address(block: Message) -> str:
    """The address that was written to, «rfc822; rektor@…» without the type."""
    named = block.get("Original-Recipient") or block.get("Final-Recipient") or ""
    return str(named).partition(";")[2].strip().lower()


def _answer(block: Message) -> Answer:
    """What the server answered: the diagnosis if it holds a code, else the status.

    A letter that has come back is not tried again by itself, so what would have waited is failed.
    """
    status = STATUS.search(str(block.get("Status", "")))
    diagnosis = " ".join(str(block.get("Diagnostic-Code", "")).partition(";")[2].split())
    code = SMTP_CODE.search(diagnosis)
    number = int(code[0]) if code else None
    exact = status[0] if status else ""
    text = diagnosis if exact in diagnosis else f"{exact} {diagnosis}".strip()
    judged = verdict_of(number or 500, text or "5.0.0")
    verdict = Verdict.BOUNCED if judged == Verdict.BOUNCED else Verdict.FAILED
    return Answer(number, (text or exact)[:300], verdict)
