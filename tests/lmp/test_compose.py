"""docker-compose.yml and its neighbours, read by a parser: no engine is needed."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from lmp.management.commands import health, serve
from lmp.queues import NAMES

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
WORKERS = [f"worker-{queue}" for queue in NAMES]
OURS = ["web", *WORKERS, "beat"]


def without_folder(command: list[str]) -> list[str]:
    return [Path(command[0]).name, *command[1:]]


def test_services_are_those_of_production() -> None:
    assert sorted(SERVICES) == sorted(["migrate", "postgres", "redis", *OURS])


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate"}))
def test_each_service_that_stays_has_a_health_check(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"][0] == "CMD"


@pytest.mark.parametrize("name", OURS)
def test_our_health_checks_are_the_command_that_is_tested(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"][1:] == ["python", "manage.py", "health", name]
    assert callable(health.Command().handle)


def test_commands_are_those_that_run_without_an_engine() -> None:
    assert SERVICES["web"]["command"] == without_folder(serve.WEB)
    assert SERVICES["beat"]["command"] == ["celery", "-A", "lmp", "beat", "--loglevel", "warning"]
    assert SERVICES["migrate"]["command"] == ["python", "manage.py", "migrate"]


@pytest.mark.parametrize("queue", NAMES)
def test_each_queue_has_a_worker_under_the_name_its_health_check_asks(queue: str) -> None:
    *command, processes = SERVICES[f"worker-{queue}"]["command"]

    all_queues = without_folder(serve.WORKER)
    assert command == [*all_queues, "-Q", queue, "-n", f"worker-{queue}@%h", "-c"]
    assert int(processes) >= 1


@pytest.mark.parametrize("name", OURS)
def test_our_services_wait_for_the_migrated_database(name: str) -> None:
    assert SERVICES[name]["depends_on"] == {
        "migrate": {"condition": "service_completed_successfully"},
        "redis": {"condition": "service_healthy"},
    }


def test_every_variable_of_the_compose_file_stands_in_the_example() -> None:
    example = (ROOT / ".env.example").read_text()

    wanted = set(re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text()))

    assert wanted == {"ALLOWED_HOSTS", "EMAIL_URL", "POSTGRES_PASSWORD", "SECRET_KEY", "SITE_URL"}
    assert wanted - set(re.findall(r"^(\w+)=", example, re.MULTILINE)) == set()


def test_nothing_starts_without_what_a_letter_needs() -> None:
    """A mail that is printed counts as sent, and a link would lead to the machine itself."""
    for name in OURS:
        environment = SERVICES[name]["environment"]
        assert environment["EMAIL_URL"] == "${EMAIL_URL:?set it in .env}"
        assert environment["SITE_URL"] == "${SITE_URL:?set it in .env}"


def test_every_variable_of_the_settings_stands_in_the_example() -> None:
    settings = (ROOT / "lmp" / "settings.py").read_text()
    example = (ROOT / ".env.example").read_text()
    local = {"DEMO", "DEBUG", "HTTPS", "PORT", "VAR_DIR", "STATIC_ROOT"}
    local |= {"ENV_FILE", "QUEUE_URL"}

    read = set(re.findall(r"""env(?:\.\w+)?\(\s*["'](\w+)["']""", settings)) - local

    assert read - set(re.findall(r"^#? ?(\w+)=", example, re.MULTILINE)) == set()


def test_image_runs_as_nobody_special_and_holds_no_secret() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()

    assert "USER lmp" in lines
    assert [line for line in lines if re.match(r"(ENV|ARG).*(SECRET|PASSWORD|TOKEN)", line)] == []
    assert ".env" in (ROOT / ".dockerignore").read_text().splitlines()
