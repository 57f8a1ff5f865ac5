"""What became of a mail that did not arrive, in words: why, and what somebody can do about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Why(StrEnum):
    """Why a mail did not arrive, as far as the mail server told."""

    ADDRESS = "address"
    FULL = "full"
    REFUSED = "refused"
    SILENT = "silent"
    BUSY = "busy"


@dataclass(frozen=True)
class Cause:
    """Why, in words, with icon and colour of the tag; `is_address`: only a new address helps."""

    why: Why
    word: str | Promise
    icon: str
    color: str

    @property
    def is_address(self) -> bool:
        return self.why == Why.ADDRESS


CAUSES = {
    cause.why: cause
    for cause in (
        Cause(Why.ADDRESS, _("Adressen finnes ikke"), "late", "danger"),
        Cause(Why.FULL, _("Postkassen er full"), "soon", "warning"),
        Cause(Why.REFUSED, _("Avvist av mottakeren"), "soon", "warning"),
        Cause(Why.SILENT, _("E-posttjeneren svarte ikke"), "soon", "warning"),
        Cause(Why.BUSY, _("E-posttjeneren ba oss vente"), "soon", "warning"),
    )
}

# RFC 5321 and 3463: no such mailbox, and a mailbox that takes no more.
NO_SUCH_MAILBOX = (550, 551, 553)
FULL_MAILBOX = (422, 452, 552)


def cause_of(code: int | None, answer: str, *, bounced: bool = False) -> Cause:
    """Why a mail did not arrive: from the SMTP `code` (None: no answer) and what was answered.

    `bounced` says that the address is known to be dead, whatever the answer was.
    """
    if bounced or "5.1." in answer:
        return CAUSES[Why.ADDRESS]
    if code in FULL_MAILBOX or ".2.2" in answer:
        return CAUSES[Why.FULL]
    if "5.7." in answer:  # policy or spam: the mailbox may well be there
        return CAUSES[Why.REFUSED]
    if code in NO_SUCH_MAILBOX:
        return CAUSES[Why.ADDRESS]
    if code is None:
        return CAUSES[Why.SILENT]
    return CAUSES[Why.REFUSED if code >= 500 else Why.BUSY]


@dataclass(frozen=True)
class Attempt:
    """One attempt: its number, when (aware), and what was answered («550 5.1.1 no mailbox»)."""

    number: int
    at: datetime
    answer: str


@dataclass(frozen=True)
class Tries:
    """Attempts in a row with the same answer, `first` and `last` among them; newest row first.

    `same` says that the row after it (the newer one) had the same answer, told already.
    """

    first: Attempt
    last: Attempt
    same: bool = False

    @property
    def numbers(self) -> str:
        """«4», or «1–3»."""
        if self.first.number == self.last.number:
            return str(self.last.number)
        return f"{self.first.number}–{self.last.number}"


def tries_in_rows(attempts: Iterable[Attempt]) -> list[Tries]:
    """The attempts, newest first: the last one alone, the others together where the answer is
    the same."""
    ordered = sorted(attempts, key=lambda attempt: -attempt.number)
    if not ordered:
        return []
    newest, rest = ordered[0], ordered[1:]
    rows = [Tries(newest, newest)]
    for group in _runs(rest):
        same = len(rows) == 1 and group[0].answer == newest.answer
        rows.append(Tries(group[-1], group[0], same))
    return rows


def _runs(attempts: Sequence[Attempt]) -> list[list[Attempt]]:
    groups: list[list[Attempt]] = []
    for attempt in attempts:
        if groups and groups[-1][0].answer == attempt.answer:
            groups[-1].append(attempt)
        else:
            groups.append([attempt])
    return groups
