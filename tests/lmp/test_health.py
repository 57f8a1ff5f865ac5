"""The health pages and what stands behind them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.test import Client

from lmp.health import beat_state, readiness, record_heartbeat

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


def test_alive_answers_without_a_database(client: Client) -> None:
    response = client.get("/helse/lever")

    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_ready_tells_the_state_of_each_part(client: Client) -> None:
    response = client.get("/helse/klar")

    assert response.status_code == 200
    assert response.json() == {
        "ready": True,
        "database": "ok",
        "cache": "ok",
        "disk": "ok",
        "beat": "unknown",
    }


@pytest.mark.django_db
def test_ready_is_never_cached(client: Client) -> None:
    response = client.get("/helse/klar")

    assert "no-store" in response["Cache-Control"]


def test_health_pages_are_only_read(client: Client) -> None:
    assert client.post("/helse/klar").status_code == 405


@pytest.mark.django_db
def test_readiness_without_a_database_is_down() -> None:
    def refuse(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        raise DatabaseError("gone")

    with connection.execute_wrapper(refuse):
        ready, parts = readiness(NOW)

    assert ready is False
    assert parts == {"database": "down", "disk": "ok", "cache": "unknown", "beat": "unknown"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("age", "state"),
    [
        (timedelta(0), "ok"),
        (timedelta(minutes=5), "ok"),
        (timedelta(minutes=5, seconds=1), "late"),
        (timedelta(days=3), "late"),
    ],
)
def test_beat_is_late_after_five_minutes(age: timedelta, state: str) -> None:
    record_heartbeat(NOW - age)

    assert beat_state(NOW) == state


def test_beat_that_never_ticked_is_unknown() -> None:
    cache.clear()

    assert beat_state(NOW) == "unknown"
