"""A real Chromium against a live server. Without one the tests are skipped, except in CI."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.http import HttpRequest, HttpResponse
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.browsers import Browsers, Tab, give_session
from tests.browser.looking import violations
from tests.factories.meetings import Scene, make_scene

# Playwright's synchronous interface runs a loop in the main thread, which Django takes for async.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

ROOT = Path(__file__).resolve().parents[2]
# Without windows it does the same work in half the time: where it is installed, it is taken.
INSTALLED = filter(os.path.exists, ["/usr/bin/chromium-headless-shell"])
CHROMIUM = os.environ.get("CHROMIUM") or next(INSTALLED, "/usr/bin/chromium")
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
TEN_YEARS = 10 * 365 * 24 * 60 * 60  # seconds; the tests live on another day than the browser


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


@pytest.fixture(scope="session", autouse=True)
def _static_files_are_kept() -> Iterator[None]:
    """Let the browser keep a static file, as it does in production; else each page asks anew."""
    serve = StaticFilesHandler.serve

    def serve_to_keep(self: StaticFilesHandler, request: HttpRequest) -> HttpResponse:
        response = serve(self, request)
        response["Cache-Control"] = f"max-age={TEN_YEARS}, immutable"
        return response

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "serve", serve_to_keep)
        yield


@pytest.fixture(scope="session")
def browsers(
    browser: Browser, browser_context_args: dict[str, Any], live_server: LiveServer
) -> Iterator[Browsers]:
    """The browsers of the tests against `live_server`."""
    found = Browsers(browser, browser_context_args, live_server.url)
    yield found
    found.close()


@pytest.fixture
def new_page(browsers: Browsers) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a browser of another person, as strict as `page`.

    A person given first is signed in; other arguments are those of `Browsers.take`.
    """
    taken: list[Tab] = []

    def open_page(user: Any = None, **values: Any) -> Page:
        taken.append(browsers.take(user, **values))
        return taken[-1].page

    yield open_page
    errors = [error for tab in taken for error in tab.errors]
    for tab in taken:
        browsers.give_back(tab)
    assert errors == []


@pytest.fixture
def page(new_page: Callable[..., Page], live_server: LiveServer) -> Iterator[Page]:
    """Return a page that fails its test on a script error or a broken security policy."""
    page = new_page()
    yield page
    if page.url.startswith(live_server.url):
        assert page.evaluate("window.__broken") == []


@pytest.fixture
def sign_in(page: Page, live_server: LiveServer) -> Callable[[Any], None]:
    """Return a function that signs a user in by a session cookie, without the sign-in pages."""

    def sign_in_as(user: Any) -> None:
        give_session(page.context, user, live_server.url)

    return sign_in_as


@pytest.fixture
def scene() -> Scene:
    """A kommune with a skole and a barnehage, and people in every office."""
    return make_scene()


@pytest.fixture(scope="session")
def axe_source() -> str:
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()


@pytest.fixture
def axe(page: Page, axe_source: str) -> Callable[[], list[str]]:
    """Return a function that checks the page as it is; each violation is one line of text."""
    return lambda: violations(page, axe_source)
