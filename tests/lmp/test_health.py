"""The health pages and what stands behind them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from actors.models import Job
from lmp.beat import sign
from lmp.health import heartbeat_states, readiness, record_heartbeat

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
        "worker-scan": "unknown",
        "worker-mail": "unknown",
        "worker-pdf": "unknown",
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
    assert parts == {"database": "down", "disk": "ok", "cache": "unknown"}


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
def test_a_process_is_late_after_five_minutes(age: timedelta, state: str) -> None:
    record_heartbeat("beat", NOW - age)

    assert heartbeat_states(NOW)["beat"] == state


@pytest.mark.django_db
def test_beat_and_the_worker_of_each_queue_are_told_apart() -> None:
    record_heartbeat("beat", NOW)
    record_heartbeat("worker-mail", NOW - timedelta(hours=1))

    assert heartbeat_states(NOW) == {
        "beat": "ok",
        "worker-scan": "unknown",
        "worker-mail": "late",
        "worker-pdf": "unknown",
    }


@pytest.mark.django_db
def test_late_processes_do_not_take_the_pages_away() -> None:
    record_heartbeat("beat", NOW - timedelta(hours=1))

    ready, parts = readiness(NOW)

    assert (ready, parts["beat"]) == (True, "late")


@pytest.mark.django_db(transaction=True)
def test_beat_goes_on_when_it_cannot_leave_a_sign() -> None:
    def refuse(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        raise DatabaseError("gone")

    with connection.execute_wrapper(refuse):
        sign()

    sign()
    assert Job.objects.get().name == "beat"
