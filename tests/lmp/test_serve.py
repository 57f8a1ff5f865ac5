"""`make run` as it is: real processes on the embedded database and queue."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STARTED = "The portal is at"
LOADING = "only the first time"
PATIENCE = 400.0
"""Seconds to wait for the first start, which loads the registers and the demo."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("serve"),
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Portal:
    """A `manage.py serve` that runs, and what it printed."""

    def __init__(self, folder: Path, port: int, log: str = "serve.log") -> None:
        self.folder, self.port, self.log = folder, port, folder / log
        env = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        env |= {"DEMO": "1", "VAR_DIR": str(folder), "ENV_FILE": os.devnull, "PORT": str(port)}
        with self.log.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve"],
                cwd=ROOT,
                env=env,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_for(self, text: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while text not in self.log.read_text():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.1)

    def get(self, path: str) -> tuple[int, str]:
        address = f"http://127.0.0.1:{self.port}{path}"
        with urllib.request.urlopen(address, timeout=10) as response:
            return response.status, response.read().decode()

    def groups(self) -> list[int]:
        found = json.loads((self.folder / "serve.lock").read_text())["groups"]
        assert len(found) == 2
        return list(found)

    def finish(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(40)


def living(groups: list[int]) -> list[int]:
    """Return the groups that still have a process a few seconds later."""
    deadline = time.monotonic() + 5
    while (left := [group for group in groups if is_alive(group)]) and time.monotonic() < deadline:
        time.sleep(0.1)
    return left


def is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One place for the module: the second start finds what the first one left."""
    return tmp_path_factory.mktemp("var")


def test_it_answers_and_ctrl_c_stops_all_of_it(folder: Path) -> None:
    portal = Portal(folder, free_port())
    portal.wait_for(STARTED)
    pages = [portal.get(path)[0] for path in ("/", "/demo/", "/helse/lever")]
    ready = json.loads(portal.get("/helse/klar")[1])["ready"]
    groups = portal.groups()

    code = portal.finish(signal.SIGINT)

    assert (pages, ready) == ([200, 200, 200], True)
    assert (code, living(groups)) == (0, [])
    assert "rektor@lmp.example" in portal.log.read_text()
    assert portal.log.read_text().endswith("Stopped.\n")


def test_it_keeps_the_data_refuses_a_second_portal_and_names_a_dead_child(folder: Path) -> None:
    portal = Portal(folder, free_port())
    portal.wait_for(STARTED)
    groups = portal.groups()
    loaded_again = LOADING in portal.log.read_text()
    other = Portal(folder, free_port(), log="other.log")
    refused = other.process.wait(40)

    os.killpg(groups[0], signal.SIGKILL)
    code = portal.process.wait(40)

    assert (refused, loaded_again) == (1, False)
    assert "The portal already runs from this folder" in other.log.read_text()
    assert (code, living(groups)) == (1, [])
    assert "The web server ended by itself" in portal.log.read_text()


def test_children_of_a_killed_supervisor_are_stopped_by_the_next(folder: Path) -> None:
    first = Portal(folder, free_port())
    first.wait_for(STARTED)
    orphans = first.groups()
    first.finish(signal.SIGKILL)

    second = Portal(folder, free_port())
    second.wait_for(STARTED)
    left = living(orphans)
    second.finish(signal.SIGTERM)

    assert left == []


def test_a_used_port_is_refused_with_a_way_out(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        portal = Portal(tmp_path, port)

        assert portal.process.wait(40) == 1
    assert f"Port {port} cannot be used" in portal.log.read_text()
    assert f"make run PORT={port + 1}" in portal.log.read_text()
