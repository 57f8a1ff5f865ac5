"""A real Chromium against a live server. Without one the tests are skipped, except in CI."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import BrowserContext, ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

# Playwright's synchronous interface runs a loop in the main thread, which Django takes for async.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WATCH_POLICY = """
window.__broken = [];
document.addEventListener("securitypolicyviolation", (event) => {
    window.__broken.push(`${event.violatedDirective}: ${event.blockedURI}`);
});
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what is below this folder where there is no browser; fail instead in CI."""
    if Path(CHROMIUM).exists() or os.environ.get("CI"):
        return
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.skip(reason=f"no Chromium at {CHROMIUM}"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "nb-NO", "timezone_id": "Europe/Oslo"}


@pytest.fixture
def page(page: Page, live_server: LiveServer) -> Iterator[Page]:
    """Return a page that fails its test on a script error or a broken security policy."""
    errors: list[str] = []
    page.add_init_script(WATCH_POLICY)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.extend(policy_errors(message)))
    yield page
    assert errors == []
    if page.url.startswith(live_server.url):
        assert page.evaluate("window.__broken") == []


def policy_errors(message: ConsoleMessage) -> list[str]:
    """Return the text of a console message about the policy; a missing page is no such error."""
    is_policy = message.type == "error" and "Content Security Policy" in message.text
    return [message.text] if is_policy else []


@pytest.fixture
def sign_in(context: BrowserContext, live_server: LiveServer) -> Callable[[Any], None]:
    """Return a function that signs a user in by a session cookie, without the sign-in pages."""

    def sign_in_as(user: Any) -> None:
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        cookie = {
            "name": settings.SESSION_COOKIE_NAME,
            "value": session.session_key or "",
            "url": live_server.url,
        }
        context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
        context.add_cookies([cookie])

    return sign_in_as


@pytest.fixture(scope="session")
def axe_source() -> str:
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()


@pytest.fixture
def axe(page: Page, axe_source: str) -> Callable[[], list[str]]:
    """Return a function that checks the page as it is; each violation is one line of text."""

    def violations() -> list[str]:
        page.evaluate(axe_source)
        found = page.evaluate(
            "tags => axe.run(document, {runOnly: tags}).then(result => result.violations)",
            AXE_TAGS,
        )
        return [
            f"{violation['id']}: {node['html'][:160]}"
            for violation in found
            for node in violation["nodes"]
        ]

    return violations
