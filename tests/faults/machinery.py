"""PostgreSQL, Redis, workers and beats of a scenario's own, which it may stop, crash and restart.

Whatever dies is started again, as `restart: unless-stopped` does in production.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import IO

import psycopg
from django.db import connection
from django.db.utils import DatabaseError, InterfaceError

from actors.models import Mail
from tests.processes import BIN, ROOT, environment

APP = ["celery", "-A", "tests.faults.app"]
COMMANDS = {
    "worker": [
        *[*APP, "worker", "--loglevel", "error", "--concurrency", "1"],
        *["--without-gossip", "--without-mingle"],  # nothing but a slower start
    ],
    "beat": [*APP, "beat", "--loglevel", "error"],
}


@dataclass(frozen=True)
class Fault:
    """Something we did at a moment (monotonic), and the letters that were in a worker's hands."""

    what: str
    at: float
    until: float
    claimed: frozenset[str]


class Services:
    """A PostgreSQL and a Redis on ports of their own, that keep what was committed."""

    def __init__(self) -> None:
        self.made = 0
        self.folder = tempfile.mkdtemp(prefix="lmp-faults-")
        started = self._run("start", SYNCHRONOUS_COMMIT="on")
        values = dict(line.removeprefix("export ").split("=", 1) for line in started.split("\n"))
        self.database, self.redis = values["DATABASE_URL"], values["REDIS_URL"]

    def tables(self, url: str) -> None:
        """Make the tables of the database at `url`, without their rows."""
        self._run("tables", url)

    def new_database(self) -> str:
        """Make an empty database with the tables; return its address."""
        self.made += 1
        name = f"scenario{self.made}"
        with psycopg.connect(self.database, autocommit=True) as line:
            line.execute(f"CREATE DATABASE {name} TEMPLATE lmp")
        return self.database.removesuffix("lmp") + name

    def crash(self, name: str) -> None:
        self._run("crash", name)

    def again(self, name: str) -> None:
        self._run("again", name)

    def stop(self) -> None:
        self._run("stop")
        shutil.rmtree(self.folder)

    def _run(self, verb: str, *names: str, **extra: str) -> str:
        command = [str(ROOT / ".ci" / "services"), verb, self.folder, *names]
        done = subprocess.run(
            command, env=os.environ | extra, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert done.returncode == 0, command
        return done.stdout.decode().strip()


@dataclass
class Machinery:
    """The processes of one scenario by name, and what was done to them and to the services."""

    services: Services
    place: dict[str, str]
    rng: Random
    log: IO[bytes] = field(default_factory=tempfile.TemporaryFile)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def start(self, workers: int = 3, beats: int = 2) -> None:
        for kind, count in (("worker", workers), ("beat", beats)):
            for number in range(count):
                self._start(f"{kind}-{number}")

    def _start(self, name: str) -> None:
        kind, _, number = name.partition("-")
        extra = ["--hostname", f"{name}@faults"] if kind == "worker" else []
        if kind == "beat":
            extra = ["--schedule", f"{self.services.folder}/beat-{number}"]
        first, *rest = COMMANDS[kind]
        self.running[name] = subprocess.Popen(
            [str(BIN / first), *rest, *extra],
            cwd=ROOT,
            env=environment() | self.place,
            start_new_session=True,
            stdout=self.log,
            stderr=self.log,
        )

    def look_after(self) -> None:
        """Start again what has died."""
        for name in [name for name, each in self.running.items() if each.poll() is not None]:
            self._start(name)

    def kill_somebody(self) -> None:
        """SIGKILL: mostly the process that does a worker's work, now and then a whole one."""
        names = sorted(self.running)
        what = self.rng.choices(["child", "worker", "beat"], [8, 1, 1])[0]
        wanted = "beat" if what == "beat" else "worker"
        name = self.rng.choice([name for name in names if name.startswith(wanted)])
        if what == "child":
            self.kill_children([name])
        else:
            self._note(f"kill {what}", lambda: self.kill_whole(name))
            self.look_after()

    def kill_children(self, names: list[str] | None = None) -> None:
        """SIGKILL the processes that do the work of these workers, or of all of them."""
        pids = [pid for name in names or list(self.running) for pid in self._children(name)]
        if pids:
            self._note("kill child", lambda: [kill(pid) for pid in pids])

    def power_cut(self) -> None:
        """SIGKILL everything at once; nothing is started again."""
        self._note("kill everything", lambda: [self.kill_whole(name) for name in self.running])
        self.running.clear()

    def crash(self, name: str, seconds: float) -> None:
        """Crash PostgreSQL or Redis and start it again after so many seconds."""

        def gone() -> None:
            self.services.crash(name)
            time.sleep(seconds)
            self.services.again(name)

        if name == "postgres":
            connection.close()
            connection.close_pool()
        self._note(name, gone)

    def _note(self, what: str, deed) -> None:
        at = time.monotonic()
        deed()
        until = time.monotonic()
        self.faults.append(Fault(what, at, until, frozenset(claimed_letters())))

    def _children(self, name: str) -> list[int]:
        pid = self.running[name].pid
        with suppress(OSError):
            return [
                int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
            ]
        return []

    def kill_whole(self, name: str) -> None:
        """SIGKILL a process and its children, without a note."""
        with suppress(ProcessLookupError):
            os.killpg(self.running[name].pid, signal.SIGKILL)
        self.running[name].wait()


def kill(pid: int) -> None:
    """SIGKILL a process; one that has gone in the meantime is left in peace."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def claimed_letters() -> list[str]:
    """The Message-IDs that a worker has taken, and no yes of the mail server written down."""
    for _attempt in range(50):
        with suppress(DatabaseError, InterfaceError):
            claimed = Mail.objects.filter(status="claimed")
            unmarked = claimed.exclude(pk__in=claimed.taken().values("pk"))
            return list(unmarked.values_list("message_id", flat=True))
        connection.close()
        time.sleep(0.1)
    raise AssertionError("PostgreSQL did not come back.")


@contextmanager
def machinery(services: Services, place: dict[str, str], seed: int) -> Iterator[Machinery]:
    """Processes of a scenario; whatever runs at its end is killed."""
    machines = Machinery(services, place | {"REDIS_URL": services.redis}, Random(seed))  # noqa: S311
    try:
        yield machines
    finally:
        for name in machines.running:
            machines.kill_whole(name)
        machines.log.seek(0)
        print(machines.log.read()[-3000:].decode("utf-8", "replace"))  # shown when the test failed
        machines.log.close()
