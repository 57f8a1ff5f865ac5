"""What a mail server answered, and what it means for the mail: wait, give up, or a dead address.

SMTP codes are those of RFC 5321 («550»), the more exact ones of RFC 3463 («5.1.1»).
"""

import re
import smtplib
from dataclasses import dataclass
from enum import StrEnum

# «No such mailbox», «not here», «no such name»: without a more exact code they are the address.
NO_SUCH_MAILBOX = (550, 551, 553)
FULL_MAILBOX = 552

EXACT_CODE = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
SENDER_PROBLEMS = ("7", "8")  # 5.1.7 and 5.1.8 are about the address of the portal


class Verdict(StrEnum):
    """What follows from an answer; the words of `AttemptOutcome`."""

    RETRY = "retry"
    FAILED = "failed"
    BOUNCED = "bounced"


@dataclass(frozen=True)
class Answer:
    """The SMTP code (None: no answer), the words with the code first, and what follows."""

    code: int | None
    text: str
    verdict: Verdict


def answer_to(error: Exception) -> Answer:
    """What the mail server said when a letter was not taken, from what smtplib raised.

    Only a refusal of the recipient or of the letter is about the letter: when the server refuses
    the portal (a wrong password, an unknown sender), or the line breaks, the letter may wait.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused) and error.recipients:
        code, words = next(iter(error.recipients.values()))
        text = _text(code, words)
        return Answer(code, text, verdict_of(code, text))
    if isinstance(error, smtplib.SMTPResponseException):
        code, text = error.smtp_code, _text(error.smtp_code, error.smtp_error)
        about_letter = isinstance(error, smtplib.SMTPDataError)
        return Answer(code, text, verdict_of(code, text) if about_letter else Verdict.RETRY)
    return Answer(None, f"{type(error).__name__}: {error}"[:300], Verdict.RETRY)


def verdict_of(code: int | None, text: str) -> Verdict:
    """Wait for 4xx, no answer and a full mailbox; a dead address for 5.1.x and for a plain 550, 551
    or 553; every other 5xx is given up at once."""
    exact = EXACT_CODE.search(text)
    if code is None or code < 500 or code == FULL_MAILBOX:
        return Verdict.RETRY
    if exact is None:
        return Verdict.BOUNCED if code in NO_SUCH_MAILBOX else Verdict.FAILED
    kind, group, detail = exact.groups()
    if kind == "4" or (group, detail) == ("2", "2"):
        return Verdict.RETRY
    is_address = group == "1" and detail not in SENDER_PROBLEMS
    return Verdict.BOUNCED if is_address else Verdict.FAILED


def _text(code: int, words: bytes | str) -> str:
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return " ".join(f"{code} {said}".split())[:300]
