"""Settings under the environments that matter, each in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from lmp import deploycheck

ROOT = Path(__file__).resolve().parents[2]


def settings_say(
    expression: str, folder: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Evaluate ``expression`` on the settings, with no environment but what is given."""
    return subprocess.run(
        [sys.executable, "-c", f"from lmp import settings as s; print({expression})"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "ENV_FILE": os.devnull,
            "VAR_DIR": str(folder),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "hosts",
    ["portal.lmp.example", "127.0.0.1,portal.lmp.example", "*", "192.0.2.1", ".localhost"],
)
def test_demo_refuses_any_host_but_this_machine(tmp_path: Path, hosts: str) -> None:
    outcome = settings_say("s.DEMO", tmp_path, DEMO="1", ALLOWED_HOSTS=hosts)

    assert outcome.returncode == 1
    assert "ImproperlyConfigured: DEMO=1 lets anyone sign in as anyone" in outcome.stderr


@pytest.mark.parametrize("hosts", ["127.0.0.1", "localhost,127.0.0.1,[::1]"])
def test_demo_starts_on_this_machine(tmp_path: Path, hosts: str) -> None:
    outcome = settings_say("s.ALLOWED_HOSTS", tmp_path, DEMO="1", ALLOWED_HOSTS=hosts)

    assert outcome.stdout == f"{hosts.split(',')}\n"


def test_demo_refuses_debug(tmp_path: Path) -> None:
    outcome = settings_say("s.DEMO", tmp_path, DEMO="1", DEBUG="1")

    assert "DEMO=1 runs with DEBUG off" in outcome.stderr


def test_demo_keeps_its_mail_on_the_machine(tmp_path: Path) -> None:
    outcome = settings_say("(s.EMAIL_BACKEND, s.DEBUG)", tmp_path, DEMO="1")

    assert outcome.stdout == "('actors.mailbox.MailboxBackend', False)\n"


def test_demo_is_off_unless_asked_for(tmp_path: Path) -> None:
    assert settings_say("s.DEMO, s.DEBUG, s.HTTPS", tmp_path).stdout == "False False True\n"


def test_nothing_set_means_embedded(tmp_path: Path) -> None:
    outcome = settings_say(
        "s.DATABASES['default']['NAME'], s.CELERY_BROKER_URL, s.ALLOWED_HOSTS", tmp_path
    )

    assert outcome.stdout == (
        f"{tmp_path}/db.sqlite3 filesystem://localhost ['127.0.0.1', 'localhost', '[::1]']\n"
    )


def test_secret_key_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    first = settings_say("s.SECRET_KEY", tmp_path).stdout
    second = settings_say("s.SECRET_KEY", tmp_path).stdout

    assert first == second
    assert len(first.strip()) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_services_come_from_the_environment(tmp_path: Path) -> None:
    outcome = settings_say(
        "s.DATABASES['default']['ENGINE'], s.CELERY_BROKER_URL, s.CACHES['default']['LOCATION'],"
        " s.EMAIL_HOST",
        tmp_path,
        **{
            name: deploycheck.PRODUCTION[name]
            for name in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL")
        },
    )

    assert outcome.stdout == (
        "django.db.backends.postgresql redis://queue.lmp.example/0 redis://queue.lmp.example/0"
        " mail.lmp.example\n"
    )


def test_sign_in_services_show_only_with_a_client_id(tmp_path: Path) -> None:
    say = "[a['provider_id'] for a in s.SOCIALACCOUNT_PROVIDERS['openid_connect']['APPS']]"
    feide = {
        "FEIDE_CLIENT_ID": "a",
        "FEIDE_CLIENT_SECRET": "b",
        "FEIDE_ISSUER": "https://idp.lmp.example",
    }

    assert settings_say(say, tmp_path).stdout == "[]\n"
    assert settings_say(say, tmp_path, **feide).stdout == "['feide']\n"


def test_sign_in_button_may_lead_to_the_issuer_and_the_hosts_behind_it(tmp_path: Path) -> None:
    outcome = settings_say(
        "s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action']",
        tmp_path,
        IDPORTEN_CLIENT_ID="a",
        IDPORTEN_CLIENT_SECRET="b",
        IDPORTEN_ISSUER="https://idp.lmp.example/oidc",
        IDP_ORIGINS="https://login.lmp.example",
    )

    assert outcome.stdout == (
        "[\"'self'\", 'https://idp.lmp.example', 'https://login.lmp.example']\n"
    )


def test_production_passes_the_deployment_check() -> None:
    outcome = deploycheck.check()

    assert (outcome.returncode, outcome.stdout + outcome.stderr) == (
        0,
        "System check identified no issues (0 silenced).\n",
    )


def test_policy_allows_no_inline_code_and_no_other_site() -> None:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    sources = {source for allowed in directives.values() for source in allowed}

    assert sorted(map(str, sources)) == sorted(["'none'", "'self'", "data:", "csp.constants.NONCE"])
    assert directives["default-src"] == ["'none'"]
