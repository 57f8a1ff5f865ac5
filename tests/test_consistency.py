"""Tests about the repository itself: what is there is used, and what is generated is current."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted(
    str(path.relative_to(ROOT / "templates"))
    for path in (ROOT / "templates").rglob("*")
    if path.is_file()
)
# Named by Django, allauth or crispy-forms, not by us.
NAMED_BY_LIBRARIES = re.compile(
    r"^(40[034]|500|403_csrf)\.html$|^(account|allauth|mfa|usersessions|socialaccount|admin|django)/"
    r"|^designsystemet/"
)
LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-node.lock"]


def source_text() -> str:
    """Return everything that may name a template: our code and the templates themselves."""
    folders = ["actors", "cohorts", "meetings", "reports", "lmp", "templates", "bench"]
    files = [path for folder in folders for path in (ROOT / folder).rglob("*")]
    kinds = {".py", ".html", ".txt", ".toml", ".svg"}
    return "\n".join(path.read_text() for path in files if path.suffix in kinds)


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_compiles(name: str) -> None:
    assert get_template(name).template is not None


def test_every_template_of_ours_is_named_somewhere() -> None:
    text = source_text()

    unused = [
        name
        for name in TEMPLATES
        if not NAMED_BY_LIBRARIES.search(name)
        and name not in text
        # mails and PDFs are named by their kind alone
        and f'"{Path(name).stem}"' not in text
    ]

    assert unused == []


@pytest.mark.django_db
def test_migrations_are_in_step_with_the_models() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("name", LOCKS)
def test_lock_pins_with_hashes_and_names_no_address(name: str) -> None:
    lines = (ROOT / name).read_text().splitlines()

    pins = [line for line in lines if re.match(r"^[a-z0-9]", line)]

    assert [line for line in pins if "==" not in line] == []
    assert [line for line in lines if "://" in line or "file:" in line or "-find-" in line] == []
    assert sum("--hash=sha256:" in line for line in lines) >= len(pins)


def test_front_end_lock_names_no_address() -> None:
    text = (ROOT / "package-lock.json").read_text()

    assert (text.count('"resolved"'), '"integrity": "sha512-' in text) == (0, True)
