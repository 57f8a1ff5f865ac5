"""What became of each letter, and why a letter came twice."""

import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise

from actors.models import Mail, Notice
from tests.faults.machinery import Fault
from tests.faults.sink import Sink, Taken

PROMPT = 1.0
"""Seconds within which the line of a killed process is closed."""


LOST_YES = "the yes was lost on the line"
KILLED = "killed between yes and commit"
CRASHED = "PostgreSQL crashed between yes and commit"


@dataclass(frozen=True)
class Counts:
    """What came of a scenario. Every letter is in exactly one of the first five.

    The outbox is broken unless `lost` and `unexplained` are 0.
    """

    once: int
    more_than_once: int
    refused: int
    lost: int
    unexplained: int
    notices: int
    letters: int
    tries: int
    faults: Counter[str]
    repeats: Counter[str]
    proofs: list[str]
    seconds: float

    def lines(self, scenario: str) -> list[str]:
        """The counts in words, for a terminal."""
        return [
            f"{scenario}: {self.notices} notices in {self.letters} letters, {self.tries} tries, "
            f"{self.seconds:.0f} s; {in_words(self.faults)}",
            f"  exactly once {self.once} | again within the window {self.more_than_once} "
            f"({in_words(self.repeats)}) | again for no reason {self.unexplained} | "
            f"refused {self.refused} | lost {self.lost}",
            *(f"    {proof}" for proof in self.proofs),
        ]


def in_words(counter: Counter[str]) -> str:
    return ", ".join(f"{count} x {what}" for what, count in sorted(counter.items())) or "none"


def count(sink: Sink, faults: list[Fault], began: float) -> Counts:
    """Hold what the mail server took against what the outbox says it sent."""
    came: dict[str, list[Taken]] = defaultdict(list)
    for taken in sink.taken:
        came[taken.message_id].append(taken)
    status = dict(Mail.objects.values_list("message_id", "status"))
    repeats = [(key, why(first, faults)) for key, each in came.items() for first in each[:-1]]
    no_reason = {key for key, reason in repeats if not reason} | came.keys() - status.keys()
    sent = {key for key, each in status.items() if each == "sent"}
    refused = {key for key, each in status.items() if each in ("failed", "bounced")} - came.keys()
    return Counts(
        once=sum(len(came[key]) == 1 for key in sent),
        more_than_once=len({key for key, _ in repeats} - no_reason),
        refused=len(refused),
        lost=len(status.keys() - came.keys() - refused) + unsent_notices(),
        unexplained=len(no_reason),
        notices=Notice.objects.count(),
        letters=len(status),
        tries=sink.tries,
        faults=Counter(fault.what for fault in faults),
        repeats=Counter(reason for _, reason in repeats),
        proofs=proofs(came, faults, began),
        seconds=time.monotonic() - began,
    )


def unsent_notices() -> int:
    """Notices without a letter that is done: sent, or refused by the mail server."""
    done = Notice.objects.filter(mail__status__in=("sent", "failed", "bounced"))
    return Notice.objects.exclude(pk__in=done).count()


def why(taken: Taken, faults: list[Fault]) -> str:
    """Why a letter that was taken was sent once more; empty when nothing excuses it.

    The only excuse is that our commit could not follow the server's yes: the line broke before the
    yes was said; or the letter was the last on its line and, when the worker was killed or
    PostgreSQL crashed, its row still said «claimed». The line of a killed worker ends at that
    moment, without goodbye.
    """
    if taken.line.cut_by_us:
        return LOST_YES
    for fault in faults if taken.last_on_its_line else []:
        if taken.message_id not in fault.claimed:
            continue
        if fault.what == "postgres" and fault.at - PROMPT < taken.at < fault.until:
            return CRASHED
        ended = fault.at < taken.line.closed < fault.until + PROMPT
        if fault.what.startswith("kill") and ended and not taken.line.took_leave:
            return KILLED
    return ""


def proofs(came: dict[str, list[Taken]], faults: list[Fault], began: float) -> list[str]:
    """The moments of each letter that was sent again because of a kill or a crash."""
    found = []
    for key, taken in sorted(came.items()):
        for first, second in pairwise(taken):
            reason = why(first, faults)
            if reason != LOST_YES:
                ended = max(first.line.closed - first.at, 0)
                found.append(
                    f"{key} taken at {first.at - began:.3f} s, its line ended {ended:.3f} s later, "
                    f"taken again at {second.at - began:.3f} s: {reason or 'no reason'}"
                )
    return found
