"""Fixtures of the whole suite."""

import gc
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from celery.contrib.testing.worker import start_worker
from django.conf import settings
from django.core.cache import cache
from django.utils import translation

from lmp.celery import app
from tests.factories.copied import DATABASE
from tests.processes import WORKER, running

FIXED_NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--print-matrix", action="store_true", help="write the access matrix anew")
    parser.addoption(
        "--only-database", action="store_true", help="leave out what no database can change"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no process is left with it alone at the end."""
    if config.getoption("--only-database"):
        left_out = [item for item in items if not _uses_database(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def _uses_database(item: pytest.Item) -> bool:
    fixtures = DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
    return bool(fixtures) or item.get_closest_marker("django_db") is not None


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the tables of counts that tests have recorded."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, lines in getattr(report, "user_properties", ()):
            if name == "counts":
                terminalreporter.write_line("\n".join(lines))


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over what was there before the first test, and look seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(autouse=True)
def _fixed_day() -> Iterator[None]:
    """Let every test run on Friday 20 November 2026, 10.00 in Oslo, in pulje 9's third semester.

    The clock ticks, so that what waits still ends; a page that reads the clock reads this day.
    """
    with time_machine.travel(FIXED_NOW, tick=True):
        yield


@pytest.fixture
def stopped_clock(time_machine: Any) -> None:
    """Let the clock stand still at that moment."""
    time_machine.move_to(FIXED_NOW, tick=False)


@pytest.fixture(autouse=True)
def _unknown_database() -> None:
    """Let `@copied` look anew at what stands in the database."""
    DATABASE.begin()


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
    """Run a worker beside the test, at the test's moment: a process of its own on Redis, else a
    thread. On the day it really is, nothing would be sent in a weekend or at night."""
    app.control.purge()
    if settings.REDIS_URL:
        command = [part.replace("lmp", "tests.travelling") for part in WORKER]
        with running([*command, "--pool", "solo"], JOURNEY_BEGINS=FIXED_NOW.isoformat()):
            yield
    else:
        with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=30):
            yield


@pytest.fixture
def eventually() -> Callable[[Callable[[], bool]], None]:
    """Return a function that waits until its argument comes true and fails after 30 seconds."""

    def wait(is_true: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 30
        while not is_true():
            assert time.monotonic() < deadline, "It did not happen within 30 seconds."
            time.sleep(0.05)

    return wait
