"""A scenario's own PostgreSQL, Redis, mail server and clock."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from tests.conftest import FIXED_NOW
from tests.faults import clock
from tests.faults.count import Counts
from tests.faults.machinery import Machinery, Services, machinery
from tests.faults.sink import Sink
from tests.processes import database_url
from tests.smtp_server import serving


@pytest.fixture(scope="session")
def services(django_db_setup: None) -> Iterator[Services]:
    """A PostgreSQL with the tables of the suite's database, and a Redis; both may be crashed."""
    ours = Services()
    ours.tables(database_url())
    yield ours
    ours.stop()


@pytest.fixture
def database(transactional_db: None, services: Services) -> Iterator[None]:
    """Let this process and those it starts use an empty database on the scenario's server."""
    theirs = dict(connection.settings_dict)
    url = urlsplit(services.new_database())
    point_at(HOST=url.hostname, PORT=url.port, NAME=url.path[1:], USER="lmp", PASSWORD="lmp")
    yield
    point_at(**{name: theirs[name] for name in ("HOST", "PORT", "NAME", "USER", "PASSWORD")})


def point_at(**place: object) -> None:
    """Connect to another database from now on."""
    connection.close()
    connection.close_pool()
    connection.settings_dict.update(place)


@pytest.fixture
def sink() -> Iterator[Sink]:
    with Sink() as server, serving(server):
        yield server


@pytest.fixture
def own_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock for all processes; it begins on the suite's Friday at ten."""
    monkeypatch.setenv(clock.VARIABLE, str(tmp_path / "clock"))
    clock.set_clock(FIXED_NOW)


@pytest.fixture
def machines(
    database: None, own_clock: None, services: Services, sink: Sink, request: pytest.FixtureRequest
) -> Iterator[Machinery]:
    place = {
        "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        "FAULTS_SMTP_PORT": str(sink.port),
        "REDIS_URL": services.redis,
    }
    with machinery(services, place, seed=request.param) as ours:
        yield ours


@pytest.fixture
def show(record_property: Callable[[str, object], None]) -> Callable[[str, Counts], None]:
    """Print the counts, in the test's output and at the end of the run."""

    def print_lines(scenario: str, counts: Counts) -> None:
        lines = counts.lines(scenario)
        print(*lines, sep="\n")
        record_property("counts", lines)

    return print_lines
