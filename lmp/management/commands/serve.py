"""``manage.py serve``: make everything ready, then run web server, worker and beat together.

This is what ``make run`` calls. It repeats cheaply and keeps what is there.
"""

import os
import socket
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from actors.models import Kommune
from cohorts.models import Pulje
from lmp.catalogues import compile_catalogues
from lmp.fingerprint import fingerprint
from lmp.supervisor import AlreadyRunning, ChildDied, Supervisor, lock

HOST = "127.0.0.1"
START_TIMEOUT = 60.0
"""Seconds the web server may take to answer for the first time."""

BIN = Path(sys.executable).parent
WEB = [str(BIN / "gunicorn"), "--config", "python:lmp.gunicorn", "lmp.wsgi"]
WORKER = [str(BIN / "celery"), "-A", "lmp", "worker", "--loglevel", "warning"]
# One process does all of it in the demo: -B runs beat inside the worker.
EMBEDDED = ["--beat", "--pool", "solo", "--without-gossip", "--without-mingle"]
DEMO_WORKER = [WORKER[0], "--quiet", *WORKER[1:], *EMBEDDED]  # without the banner
# Whoever tries the portal in a container is root, and knows.
AS_ROOT = "ignore:You're running the worker with superuser privileges"
PANGO = (
    "brew install pango"
    if sys.platform == "darwin"
    else "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
)

DEMO_PEOPLE = [
    ("udir@lmp.example", "Utdanningsdirektoratet"),
    ("koordinator@lmp.example", "koordinator i Udir"),
    ("statsforvalter@lmp.example", "statsforvalter"),
    ("eier@lmp.example", "barnehage- og skoleeier"),
    ("rektor@lmp.example", "rektor"),
    ("styrer@lmp.example", "styrer i barnehage"),
    ("ppt@lmp.example", "PP-tjenesten"),
    ("veileder@lmp.example", "veileder"),
    ("personvernkontakt@lmp.example", "personvernkontakt hos eieren"),
    ("admin@lmp.example", "administrator"),
]


class Command(BaseCommand):
    """Prepare, start, tell where, and stop everything on Ctrl-C."""

    help = "Prepare the database and run web server, Celery worker and beat together."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or "8000"))

    def handle(self, *args: Any, **options: Any) -> None:
        port = options["port"]
        try:
            with lock(settings.VAR_DIR / "serve.lock") as held:
                refuse_used_port(port)
                self.prepare()
                self.run_all(Supervisor(held), port)
        except AlreadyRunning as error:
            raise CommandError(f"The portal already runs from this folder ({error}).") from error
        except ChildDied as error:
            raise CommandError(f"{error}; everything was stopped.") from error
        except KeyboardInterrupt:
            self.stdout.write("\nStopped before it was ready; run it again to go on.")

    def prepare(self) -> None:
        """Bring database, translations and static files up to date; load the demo into nothing."""
        compile_catalogues(settings.LOCALE_PATHS[0])
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        if settings.DEMO:
            self.load_demo()
        collect_static()

    def load_demo(self) -> None:
        """Load the registers and the demo puljer, each only where there are none."""
        if not Kommune.objects.exists():
            self.stdout.write("Loading the registers (only the first time) ...")
            call_command("import_registers", str(settings.REGISTER_DIR), stdout=self.stdout)
        if not Pulje.objects.exists():
            self.stdout.write("Making the demo (only the first time; a minute or two) ...")
            call_command("demo", stdout=self.stdout)

    def run_all(self, supervisor: Supervisor, port: int) -> None:
        """Start the children and stay until a signal comes or one of them dies."""
        env = {**os.environ, "PORT": str(port), "BIND": f"{HOST}:{port}"}
        supervisor.catch_signals()
        try:
            supervisor.start("The web server", WEB, env)
            supervisor.start("The worker", DEMO_WORKER, env | {"PYTHONWARNINGS": AS_ROOT})
            missing = missing_pdf_library()
            if supervisor.wait_until(lambda: answers(port), START_TIMEOUT):
                self.tell(port, missing)
                supervisor.wait_until(lambda: False, float("inf"))
            elif supervisor.stopped_by is None:
                raise CommandError(f"No answer from the web server in {START_TIMEOUT:.0f} seconds.")
        finally:
            supervisor.stop()
        self.stdout.write("\nStopped.")

    def tell(self, port: int, missing: str) -> None:
        """Print the address, who can sign in, and what is ``missing`` for PDFs."""
        address = f"http://{HOST}:{port}"
        lines = ["", f"The portal is at {address}/  (Ctrl-C stops it)"]
        if settings.DEMO:
            lines += ["", f"Sign in at {address}/demo/ as one of:"]
            lines += [f"    {email:<28} {what}" for email, what in DEMO_PEOPLE]
            lines += ["", f"Mail that is sent can be read at {address}/postkasse/"]
        if missing:
            lines += ["", missing]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()


def refuse_used_port(port: int) -> None:
    """Raise CommandError when something else listens on ``port``."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used ({error.strerror}). "
                f"Choose another: make run PORT={port + 1}"
            ) from error


def collect_static() -> None:
    """Run collectstatic when a static file, or a package that brings some, has changed."""
    mark = settings.VAR_DIR / "static.mark"
    now = fingerprint([*settings.STATICFILES_DIRS, settings.BASE_DIR / "requirements.lock"])
    if not mark.exists() or mark.read_text() != now:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        mark.write_text(now)


def answers(port: int) -> bool:
    """Return whether the web server says that it is ready."""
    request = urllib.request.Request(f"http://{HOST}:{port}/helse/klar")
    try:
        with urllib.request.urlopen(request, timeout=5) as response:  # noqa: S310
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def missing_pdf_library() -> str:
    """Return which package to install when PDFs cannot be made, else an empty string."""
    try:
        import weasyprint  # noqa: F401
    except OSError:
        return f"PDFs cannot be made before Pango is there: {PANGO}. Everything else works."
    return ""
