"""A mail server that misbehaves as planned and counts every letter it says yes to.

What happens to an address is a list in `plan`, one item for each time somebody tries: a reply to
RCPT («450 …») or, with DATA before it, to the letter («DATA 451 …»), or one of the words below.
When the list is used up the letters are taken; an answer with 5 stays for good.
"""

import re
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock

from tests.smtp_server import Conversation, SMTPServer

TAKE = "take"
DROP = "drop"  # closes the line instead of answering; the letter is not taken
HANG = "hang"  # never answers; the letter is not taken
SLOW = "slow"  # answers each command when the other side has nearly given up
LOST_YES = "lost yes"  # takes the letter, but the line breaks before the yes is said
SLOWNESS = 0.6  # seconds; the other side waits one
IN_DATA = "DATA "

MESSAGE_ID = re.compile(rb"^Message-ID:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


@dataclass
class Line:
    """One connection: when it ended, and whether the other side took leave (QUIT)."""

    closed: float = 0.0
    took_leave: bool = False
    cut_by_us: bool = False
    taken: list["Taken"] = field(default_factory=list)


@dataclass(frozen=True)
class Taken:
    """A letter that we answer for from now on. `at` is on the machine's monotonic clock."""

    message_id: str
    to: str
    at: float
    line: Line

    @property
    def last_on_its_line(self) -> bool:
        return self.line.taken[-1] is self


def nothing() -> None:
    """What mostly happens between a letter and the yes to it."""


class Sink(SMTPServer):
    """`plan` says what goes wrong, `taken` what was accepted, `at_letter` what then happens."""

    request_queue_size = 50

    def __init__(self) -> None:
        super().__init__()
        self.RequestHandlerClass = Misbehaving

    def begin(self) -> None:
        super().begin()
        self.plan: dict[str, list[str]] = {}
        self.taken: list[Taken] = []
        self.tries = 0
        self.at_letter: dict[int, Callable[[], object]] = {}
        self.counting = Lock()

    def take(self, taken: Taken) -> Callable[[], object]:
        """Count a letter. Return what is to happen before the yes to it is said.

        That is `at_letter[n]` for letter n; for the next one when the yes to n is lost anyway, so
        that each of them happens.
        """
        with self.counting:
            taken.line.taken.append(taken)
            self.taken.append(taken)
            if taken.line.cut_by_us:
                return nothing
            due = [number for number in self.at_letter if number <= len(self.taken)]
            return self.at_letter.pop(min(due)) if due else nothing

    def has_taken(self, number: int) -> bool:
        return len(self.taken) >= number


class Misbehaving(Conversation):
    """The commands of RFC 5321, with a reply from the plan of each address."""

    server: Sink
    disable_nagle_algorithm = True

    def handle(self) -> None:
        self.line, self.planned = Line(), TAKE
        with suppress(OSError):  # the other side was killed
            super().handle()
        self.line.closed = time.monotonic()

    def obey(self, command: str) -> bool:
        if command.upper().startswith("QUIT"):
            self.line.took_leave = True
        return super().obey(command)

    def recipient(self, address: str) -> None:
        self.server.tries += 1
        plan = self.server.plan.get(address)
        self.planned = plan[0] if plan else TAKE
        if plan and not self.planned.removeprefix(IN_DATA).startswith("5"):
            plan.pop(0)
        self.to.append(address)
        self.say(self.planned if self.planned[:1].isdigit() else "250 ok")

    def data(self) -> bool:
        self.say("354 go on")
        lines: list[bytes] = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False  # killed in the middle of a letter
            lines.append(line)
        if self.planned == HANG:
            self.rfile.read()  # until the other side has had enough
        if self.planned in (HANG, DROP):
            return False
        if self.planned.startswith(IN_DATA):
            self.say(self.planned.removeprefix(IN_DATA))
            return True
        return self.accept(b"".join(lines))

    def accept(self, letter: bytes) -> bool:
        found = MESSAGE_ID.search(letter)
        assert found is not None
        self.line.cut_by_us = self.planned == LOST_YES
        taken = Taken(found[1].decode(), self.to[-1], time.monotonic(), self.line)
        happens = self.server.take(taken)
        if self.line.cut_by_us:
            return False
        happens()
        self.say("250 taken")
        return True

    def say(self, line: str) -> None:
        if self.planned == SLOW:
            time.sleep(SLOWNESS)
        super().say(line)
