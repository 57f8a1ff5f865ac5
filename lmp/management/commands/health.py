"""``manage.py health PROCESS``: exit code 0 when that process does its work, else 1.

``web``, ``beat``, ``worker`` (one that takes all queues) or ``worker-scan``, ``worker-mail`` and
``worker-pdf`` (one queue each). For container health checks; a person reads /helse/klar.
"""

import json
import os
import socket
import urllib.error
import urllib.request
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lmp.celery import app
from lmp.health import BEAT, heartbeat_states, worker_of
from lmp.queues import NAMES

ALL_QUEUES = "worker"
ONE_QUEUE = [worker_of(name) for name in NAMES]
TIMEOUT = 5.0
"""Seconds to wait for an answer."""


class Command(BaseCommand):
    """Ask one of the running processes whether it is well."""

    help = "Fail unless the named process does its work."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("process", choices=["web", BEAT, ALL_QUEUES, *ONE_QUEUE])

    def handle(self, *args: Any, process: str, **options: Any) -> None:
        state = state_of(process)
        if state != "ok":
            raise CommandError(f"{process}: {state}")
        self.stdout.write(f"{process}: ok")


def state_of(process: str) -> str:
    """Return ``ok``, or what is wrong with the process."""
    if process == "web":
        return web_state()
    if process == BEAT:  # by its own sign of life: it answers no questions
        return heartbeat_states(timezone.now())[BEAT]
    return worker_state("celery" if process == ALL_QUEUES else process)


def web_state() -> str:
    """Ask the web server of this machine, under a host name it answers to."""
    port = os.environ.get("PORT") or "8000"
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/helse/klar",
        headers={"Host": settings.ALLOWED_HOSTS[0].lstrip(".").replace("*", "localhost")},
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as response:  # noqa: S310
            return "ok" if json.load(response)["ready"] else "not ready"
    except (urllib.error.URLError, OSError) as error:
        return str(error)


def worker_state(name: str) -> str:
    """Ask the worker of this machine that was started as ``-n NAME@%h`` (``celery`` is usual)."""
    node = f"{name}@{socket.gethostname()}"
    answer = app.control.inspect(destination=[node], timeout=TIMEOUT).ping()
    return "ok" if answer else f"no answer from {node}"
