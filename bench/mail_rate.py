"""Mail: 500 rendered mails through a real worker, against a bare loop of smtplib.

The real path is the Celery worker of production with the task that the schedule sends it: it claims
the mails, looks whether their reminders still apply, makes the letters, sends them and marks each
with its attempt. Bare is `smtplib.send_message` with one message after the other, which were made
beforehand. «made» makes each in the loop, as the worker must; «bytes» is less than that, `sendmail`
with letters that are written out already. All go to the same mail server, a process beside both
that reads the letters and throws them away, and the rate is what it sees: from the first letter to
the last. Bare runs before and after the worker, so that a busy machine is as busy for each.
"""

import os
import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Thread

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from actors.actions.messages import NoticeText, Origin, bundle_notices, notify_roles
from actors.actions.writing import composed
from actors.models import Mail, Notice, NoticeCategory, Role
from bench.figure import Figure
from meetings.models import Obligation
from tests.factories.meetings import make_meeting, make_scene
from tests.factories.people import NOW, make_role
from tests.processes import BIN, ROOT, database_url
from tests.smtp_server import Conversation, SMTPServer

LETTERS = 500
PATIENCE = 300.0  # seconds

TEXT = NoticeText(
    title_bm="Veiledningsgrunnlag og saksliste til 3. desember",
    title_nn="Rettleiingsgrunnlag og sakliste til 3. desember",
    body_bm="Veilederne leser grunnlaget før møtet.",
    body_nn="Rettleiarane les grunnlaget før møtet.",
    action_bm="Skriv grunnlaget",
    action_nn="Skriv grunnlaget",
)


def measure() -> list[Figure]:
    """Mails a second on each way, and the worker's as a share of the others."""
    with _sink() as sink:
        _fill_outbox()
        mails = list(Mail.objects.order_by("pk"))
        ways = (_bare, _made, _bytes)
        before = [way(sink, mails) for way in ways]
        worker = _worker(sink)
        after = [way(sink, mails) for way in ways]
    bare, made, written = ((one + other) / 2 for one, other in zip(before, after, strict=True))
    return [
        Figure("mail_rate worker", round(worker, 1), "mails/s", worker / bare),
        Figure("mail_rate bare", round(bare, 1), "mails/s"),
        Figure("mail_rate made", round(made, 1), "mails/s", made / bare),
        Figure("mail_rate bytes", round(written, 1), "mails/s", written / bare),
    ]


class Reader(Conversation):
    """Takes every letter and keeps only the moment."""

    disable_nagle_algorithm = True

    def data(self) -> bool:
        self.say("354 go on")
        while self.rfile.readline() not in (b".\r\n", b""):
            pass
        self.server.taken.append(time.monotonic())
        self.say("250 taken")
        return True


class Server(SMTPServer):
    """`taken` is when each letter came."""

    def __init__(self) -> None:
        super().__init__()
        self.RequestHandlerClass = Reader
        self.taken: list[float] = []


def serve(line: Connection) -> None:
    """Be the mail server: say the port, then for each question when the letters came."""
    with Server() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        line.send(server.port)
        while line.recv() == "taken":
            line.send(server.taken)
        server.shutdown()


class Sink:
    """The mail server as it is seen from here."""

    def __init__(self, line: Connection) -> None:
        self.line = line
        self.port: int = line.recv()
        self.seen = 0

    def taken(self) -> list[float]:
        """When the letters came that have not been counted (seconds)."""
        self.line.send("taken")
        return self.line.recv()[self.seen :]

    def rate(self, letters: int) -> float:
        """Wait for so many letters and return how many came in a second."""
        end = time.monotonic() + PATIENCE
        while len(taken := self.taken()) < letters:
            if time.monotonic() > end:
                raise TimeoutError(f"{len(taken)} of {letters} letters came")
            time.sleep(0.05)
        self.seen += letters
        return (letters - 1) / (taken[-1] - taken[0])


@contextmanager
def _sink() -> Iterator[Sink]:
    processes = get_context("fork")  # nothing has been opened yet that two could not share
    ours, theirs = processes.Pipe()
    process = processes.Process(target=serve, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    try:
        yield Sink(ours)
    finally:
        ours.send("stop")
        process.join(10)


def _fill_outbox() -> None:
    """500 leaders of schools are reminded of a grunnlag, and it has become a mail to each."""
    call_command("migrate", verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    scene = make_scene()
    make_meeting(scene, "veiledning_1")
    Notice.objects.all().delete()
    Mail.objects.all().delete()
    duty = Obligation.objects.filter(met_at=None, void_at=None).earliest("due")
    roles: list[Role] = [make_role("leder", scene.leder.unit) for _ in range(LETTERS)]
    notify_roles(
        roles=roles,
        kind="veiledningsgrunnlag",
        subject=f"obligation:{duty.pk}",
        occasion=f"remind-5@{duty.due}",
        text=TEXT,
        url="/moeter/1/",
        due=duty.due,
        now=NOW,
        urgent=True,  # so that it leaves whatever the hour is
        origin=Origin(category=NoticeCategory.REMINDER),
    )
    bundle_notices(now=NOW)
    now = timezone.now()
    Mail.objects.update(created_at=now, next_attempt_at=now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as autovacuum does in a database that is in use


def _bare(sink: Sink, mails: list[Mail]) -> float:
    ready = [composed(mail).message() for mail in mails]
    with smtplib.SMTP("127.0.0.1", sink.port) as line:
        for letter in ready:
            line.send_message(letter)
    return sink.rate(len(mails))


def _made(sink: Sink, mails: list[Mail]) -> float:
    with smtplib.SMTP("127.0.0.1", sink.port) as line:
        for mail in mails:
            line.send_message(composed(mail).message())
    return sink.rate(len(mails))


def _bytes(sink: Sink, mails: list[Mail]) -> float:
    ready = [composed(mail).message().as_bytes(linesep="\r\n") for mail in mails]
    with smtplib.SMTP("127.0.0.1", sink.port) as line:
        for mail, letter in zip(mails, ready, strict=True):
            line.sendmail("post@lmp.example", [mail.to], letter)
    return sink.rate(len(mails))


def _worker(sink: Sink) -> float:
    place = {
        "DJANGO_SETTINGS_MODULE": "lmp.settings",
        "DATABASE_URL": database_url(),
        "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}",
        "SECRET_KEY": settings.SECRET_KEY,
        "QUEUE_URL": "filesystem://localhost",
        "LOG_LEVEL": "ERROR",
    }
    celery = [str(BIN / "celery"), "-A", "lmp"]
    environment = os.environ | place
    worker = subprocess.Popen(
        [*celery, "worker", "--concurrency", "1", "--loglevel", "error"],
        cwd=ROOT,
        env=environment,
        stdout=sys.stderr,
    )
    try:
        call = [*celery, "call", "actors.tasks.deliver_notices"]
        subprocess.run(call, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        return sink.rate(LETTERS)
    finally:
        worker.terminate()
        worker.wait(60)
