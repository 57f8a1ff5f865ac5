"""Fixtures of the whole suite."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from celery.contrib.testing.worker import start_worker
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import translation

from lmp.celery import app

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Leave nothing in the cache: the rate limits of sign-in live there."""
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _bokmaal() -> None:
    """Start each test in bokmål, whatever language the page of an earlier test was in."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def celery_worker(transactional_db: None) -> Iterator[None]:
    """Run a worker beside the test: a process of its own on Redis, else a thread."""
    app.control.purge()
    if settings.REDIS_URL:
        with worker_process():
            yield
    else:
        with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=30):
            yield


def database_url() -> str:
    """Return the address of the database this test process uses."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    place = f"{database['HOST']}:{database['PORT']}" if database["PORT"] else database["HOST"]
    return f"postgres://{database['USER']}:{database['PASSWORD']}@{place}/{database['NAME']}"


@contextmanager
def worker_process() -> Iterator[None]:
    """Run a real Celery worker on the test's own database and queue."""
    command = [str(Path(sys.executable).parent / "celery"), "--quiet", "-A", "lmp", "worker"]
    place = {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": database_url()}
    process = subprocess.Popen([*command, "--pool", "solo"], cwd=ROOT, env=os.environ | place)
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture
def eventually() -> Callable[[Callable[[], bool]], None]:
    """Return a function that waits until its argument comes true and fails after 30 seconds."""

    def wait(is_true: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 30
        while not is_true():
            assert time.monotonic() < deadline, "It did not happen within 30 seconds."
            time.sleep(0.05)

    return wait
