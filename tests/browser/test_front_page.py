"""The front page in a real browser: the smallest proof that pages, files and policy fit."""

from collections.abc import Callable

from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer


def test_front_page_is_accessible_and_keeps_the_policy(
    page: Page, live_server: LiveServer, axe: Callable[[], list[str]]
) -> None:
    page.goto(live_server.url)

    assert page.locator("h1").count() == 1
    assert axe() == []


def test_front_page_needs_no_sideways_scrolling_at_320_px(
    page: Page, live_server: LiveServer
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})

    page.goto(live_server.url)

    assert page.evaluate("document.documentElement.scrollWidth") == 320
