"""Start several programs and stop them together: the standard library only.

Each child gets a session of its own and is stopped as a group, so that no grandchild survives.
"""

import fcntl
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO

GRACE = 15.0
"""Seconds a child may take to stop before it is killed."""
POLL = 0.2


class AlreadyRunning(Exception):
    """Another supervisor holds the lock; the message names its process."""


class ChildDied(Exception):
    """A child ended by itself; the message names it and its exit code."""


@dataclass
class Lock:
    """An open file that the supervisor and all its children hold locked."""

    file: IO[str]

    def record(self, groups: list[int]) -> None:
        """Write down who holds the lock: the supervisor and its process groups."""
        self.file.seek(0)
        self.file.truncate()
        json.dump({"supervisor": os.getpid(), "groups": groups}, self.file)
        self.file.flush()


@contextmanager
def lock(path: Path) -> Iterator[Lock]:
    """Hold ``path`` locked; first stop children whose supervisor was killed.

    Raises AlreadyRunning when a living supervisor holds it.
    """
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _stop_orphans(file)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield Lock(file)


def _stop_orphans(file: IO[str]) -> None:
    file.seek(0)
    try:
        holder = json.load(file)
    except ValueError:
        holder = {"supervisor": 0, "groups": []}
    if not holder["groups"] or _is_alive(holder["supervisor"]):
        raise AlreadyRunning(f"process {holder['supervisor'] or 'unknown'}")
    for group in holder["groups"]:
        _signal_group(group, signal.SIGKILL)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _signal_group(group: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


@dataclass
class Supervisor:
    """The children that run together."""

    held: Lock
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    stopped_by: signal.Signals | None = None

    def start(self, name: str, command: list[str], env: dict[str, str] | None = None) -> None:
        """Start ``command`` under ``name``, in a session of its own."""
        self.children[name] = subprocess.Popen(
            command,
            env=env,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=[self.held.file.fileno()],
        )
        self.held.record([child.pid for child in self.children.values()])

    def catch_signals(self) -> None:
        """Take SIGINT, SIGTERM and SIGHUP as the wish to stop."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._remember)

    def _remember(self, number: int, frame: FrameType | None) -> None:
        self.stopped_by = signal.Signals(number)

    def wait_until(self, is_true: Callable[[], bool], seconds: float) -> bool:
        """Wait for ``is_true``, for a signal or for ``seconds``; return whether it came true.

        Raises ChildDied as soon as a child ends.
        """
        deadline = time.monotonic() + seconds
        while self.stopped_by is None and time.monotonic() < deadline:
            self._check_children()
            if is_true():
                return True
            time.sleep(POLL)
        return False

    def _check_children(self) -> None:
        for name, child in self.children.items():
            if (code := child.poll()) is not None:
                raise ChildDied(f"{name} ended by itself (exit code {code})")

    def stop(self) -> None:
        """Stop every group: ask first, kill what is left after ``GRACE`` seconds."""
        for child in self.children.values():
            _signal_group(child.pid, signal.SIGTERM)
        deadline = time.monotonic() + GRACE
        for child in self.children.values():
            with suppress(subprocess.TimeoutExpired):
                child.wait(max(0.0, deadline - time.monotonic()))
            _signal_group(child.pid, signal.SIGKILL)
            child.wait()
        self.children.clear()
        self.held.record([])
