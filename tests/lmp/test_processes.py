"""The commands of docker-compose.yml, run without an engine on Redis, with their health checks."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from tests.processes import ROOT, WORKER, manage, running

SERVICES = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
Eventually = Callable[[Callable[[], bool]], None]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not settings.REDIS_URL, reason="needs Redis: set REDIS_URL"),
    pytest.mark.django_db(transaction=True),
]


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def health(process: str, **extra: str) -> str:
    outcome = manage("health", process, **extra)
    return f"{outcome.returncode} {outcome.stdout.strip()}"


def test_web_server_is_well(eventually: Eventually) -> None:
    place = {"PORT": free_port()}

    with running(SERVICES["web"]["command"], **place):
        eventually(lambda: health("web", **place) == "0 web: ok")

    assert health("web", **place) == "1 "


@pytest.mark.parametrize("name", ["worker-scan", "worker-mail", "worker-pdf"])
def test_worker_is_well(name: str, eventually: Eventually) -> None:
    with running(SERVICES[name]["command"]):
        eventually(lambda: health(name) == f"0 {name}: ok")


def test_worker_of_all_queues_is_well(eventually: Eventually) -> None:
    with running(WORKER):
        eventually(lambda: health("worker") == "0 worker: ok")


def test_beat_leaves_a_sign_without_a_worker_and_stops_when_asked(
    tmp_path: Path, eventually: Eventually
) -> None:
    with running(SERVICES["beat"]["command"], VAR_DIR=str(tmp_path)) as beat:
        eventually(lambda: health("beat") == "0 beat: ok")
        assert beat.poll() is None

    assert beat.returncode == 0
    assert list(tmp_path.glob("beat-schedule*")) != []


def test_beat_that_never_ticked_is_not_well() -> None:
    assert health("beat") == "1 "
