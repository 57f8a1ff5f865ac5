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


def test_the_head_of_a_signed_out_page_is_one_line_on_a_phone(
    page: Page, live_server: LiveServer
) -> None:
    page.set_viewport_size({"width": 360, "height": 640})

    page.goto(live_server.url)

    tops = page.eval_on_selector_all(
        ".brand, .band__link", "all => all.map(e => e.offsetTop + e.offsetHeight / 2)"
    )
    assert max(tops) - min(tops) < 2
