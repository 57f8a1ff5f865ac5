"""A real Chromium against a live server. Without one the tests are skipped, except in CI."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from actors.middleware import SESSION_KEY as ROLE_KEY
from actors.models import Role

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
    errors = watch(page)
    yield page
    assert errors == []
    if page.url.startswith(live_server.url):
        assert page.evaluate("window.__broken") == []


@pytest.fixture
def new_page(
    browser: Browser, browser_context_args: dict[str, Any], live_server: LiveServer
) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a browser of another person, as strict as `page`.

    A person given first is signed in; other arguments go to the context (`viewport`, …).
    """
    opened: list[tuple[BrowserContext, list[str]]] = []

    def open_page(user: Any = None, **values: Any) -> Page:
        context = browser.new_context(
            **{**browser_context_args, "base_url": live_server.url, **values}
        )
        if user is not None:
            give_session(context, user, live_server.url)
        page = context.new_page()
        opened.append((context, watch(page)))
        return page

    yield open_page
    for context, _errors in opened:
        context.close()
    assert [error for _context, errors in opened for error in errors] == []


def watch(page: Page) -> list[str]:
    """Return the list that script errors and breaches of the policy on the page will come into."""
    errors: list[str] = []
    page.add_init_script(WATCH_POLICY)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.extend(policy_errors(message)))
    return errors


def policy_errors(message: ConsoleMessage) -> list[str]:
    """Return the text of a console message about the policy; a missing page is no such error."""
    is_policy = message.type == "error" and "Content Security Policy" in message.text
    return [message.text] if is_policy else []


@pytest.fixture
def sign_in(context: BrowserContext, live_server: LiveServer) -> Callable[[Any], None]:
    """Return a function that signs a user in by a session cookie, without the sign-in pages."""

    def sign_in_as(user: Any) -> None:
        give_session(context, user, live_server.url)

    return sign_in_as


def give_session(context: BrowserContext, user: Any, url: str) -> None:
    """Sign the person in by a session cookie; given a role, the one who holds it, acting in it."""
    session = SessionStore()
    if isinstance(user, Role):
        session[ROLE_KEY] = user.pk
        user = user.user
    code = {"method": "code", "at": time.time(), "email": user.email}
    session["account_authentication_methods"] = [code]  # just now, so that it need not be repeated
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    name = settings.SESSION_COOKIE_NAME
    context.clear_cookies(name=name)
    context.add_cookies([{"name": name, "value": session.session_key or "", "url": url}])


@pytest.fixture(scope="session")
def axe_source() -> str:
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()


@pytest.fixture
def axe(page: Page, axe_source: str) -> Callable[[], list[str]]:
    """Return a function that checks the page as it is; each violation is one line of text."""
    return lambda: violations(page, axe_source)


def violations(page: Page, axe_source: str) -> list[str]:
    """What axe finds on the page as it is: one line of text for each element and rule."""
    page.evaluate(axe_source)
    found = page.evaluate(
        """tags => axe.run(document, {runOnly: tags, resultTypes: ["violations"], preload: false})
        .then(result => result.violations)""",
        AXE_TAGS,
    )
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in found
        for node in violation["nodes"]
    ]
