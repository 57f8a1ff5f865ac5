"""Real processes beside a test, on the test's own database, queue and cache."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
WORKER = ["celery", "-A", "lmp", "worker", "--loglevel", "warning"]


def database_url() -> str:
    """Return the address of the database this test process uses."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    place = f"{database['HOST']}:{database['PORT']}" if database["PORT"] else database["HOST"]
    return f"postgres://{database['USER']}:{database['PASSWORD']}@{place}/{database['NAME']}"


def environment() -> dict[str, str]:
    """Return the environment in which another process meets this test's data."""
    place = {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": database_url()}
    return {**os.environ, **place}


@contextmanager
def running(command: list[str], **extra: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command of the environment until the block ends, then ask it to stop and wait."""
    process = subprocess.Popen(
        [str(BIN / command[0]), *command[1:]], cwd=ROOT, env=environment() | extra
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def manage(*arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
    """Run ``manage.py`` with ``arguments`` and return what came of it."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment() | extra,
        capture_output=True,
        text=True,
        check=False,
    )
