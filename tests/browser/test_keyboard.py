"""Everything by keyboard alone: the skip link, the role switch, the menu, and visible focus."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.factories.meetings import Scene
from tests.factories.people import make_role

pytestmark = pytest.mark.django_db(transaction=True)

NewPage = Callable[..., Page]
PHONE = {"width": 360, "height": 740}
OUTLINE = "getComputedStyle(document.activeElement).outlineStyle"
SHADOW = "getComputedStyle(document.activeElement).boxShadow"


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the focus is on what has the text `name`; every stop shows its focus."""
    for _press in range(30):
        page.keyboard.press("Tab")
        assert (page.evaluate(OUTLINE), page.evaluate(SHADOW)) != ("none", "none")
        if name in page.evaluate("document.activeElement.textContent"):
            return
    pytest.fail(f"The focus never came to {name}.")


def test_the_skip_link_is_first_and_leads_to_the_content(scene: Scene, new_page: NewPage) -> None:
    page = new_page(scene.leder)
    page.goto("/min-side/")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hopp til innhold")).to_be_focused()
    expect(page.get_by_role("link", name="Hopp til innhold")).to_be_in_viewport()
    page.keyboard.press("Enter")

    expect(page.locator("#innhold")).to_be_focused()


def test_the_role_is_switched(scene: Scene, new_page: NewPage) -> None:
    make_role("leder", scene.barnehage.unit, user=scene.leder.user)
    page = new_page(scene.leder)
    page.goto("/min-side/")

    tab_to(page, scene.skole.unit.name)
    page.keyboard.press("Enter")
    tab_to(page, scene.barnehage.unit.name)
    page.keyboard.press("Enter")

    expect(page.locator("details.ctx summary")).to_contain_text(scene.barnehage.unit.name)


def test_escape_closes_the_role_switch(scene: Scene, new_page: NewPage) -> None:
    page = new_page(scene.leder)
    page.goto("/min-side/")
    tab_to(page, scene.skole.unit.name)
    page.keyboard.press("Enter")
    expect(page.locator("details.ctx").get_by_role("button", name="Logg ut")).to_be_visible()

    page.keyboard.press("Escape")

    expect(page.locator("details.ctx").get_by_role("button", name="Logg ut")).to_be_hidden()
    expect(page.locator("details.ctx summary")).to_be_focused()


def test_the_menu_on_a_phone(scene: Scene, new_page: NewPage) -> None:
    page = new_page(scene.leder, viewport=PHONE)
    page.goto("/min-side/")

    tab_to(page, "Meny")
    page.keyboard.press("Enter")
    tab_to(page, "Møter")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("øter")
