"""``manage.py health web|worker|beat``: exit code 0 when that process does its work, else 1.

For container health checks; a person reads /helse/klar.
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
from lmp.health import beat_state

TIMEOUT = 5.0
"""Seconds to wait for an answer."""


class Command(BaseCommand):
    """Ask one of the running processes whether it is well."""

    help = "Fail unless the named process does its work."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("process", choices=["web", "worker", "beat"])

    def handle(self, *args: Any, process: str, **options: Any) -> None:
        state = {"web": web_state, "worker": worker_state, "beat": beat}[process]()
        if state != "ok":
            raise CommandError(f"{process}: {state}")
        self.stdout.write(f"{process}: ok")


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


def worker_state() -> str:
    """Ask the worker of this machine, by its usual name."""
    name = f"celery@{socket.gethostname()}"
    answer = app.control.inspect(destination=[name], timeout=TIMEOUT).ping()
    return "ok" if answer else f"no answer from {name}"


def beat() -> str:
    """Judge beat by its last tick that a worker carried out."""
    return beat_state(timezone.now())
