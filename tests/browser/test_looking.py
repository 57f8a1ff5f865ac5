"""The memory of what axe has looked at: whatever is new on a page is judged, by every rule."""

import pytest
from playwright.sync_api import Page

from tests.browser.looking import Memory

WHOLE = """<html lang="nb"><head><title>Side</title></head><body>
<header><a href="/">Forsiden</a></header><main>{}</main></body></html>"""
KNOWN = '<section aria-label="En"><h2>Overskrift</h2><p>Tekst</p></section>'
PALE = '<section aria-label="To"><p style="color: #ccc">Blek</p></section>'


@pytest.fixture
def memory(axe_source: str) -> Memory:
    return Memory(axe_source)


def problems(memory: Memory, page: Page, main: str, whole: str = WHOLE) -> list[str]:
    """The rules that are broken on a page with `main` in it."""
    page.goto("about:blank")
    page.set_content(whole.format(main))
    return [each.split(":")[0] for each in memory.problems(page)]


def test_what_is_new_beside_a_known_block_is_judged(memory: Memory, page: Page) -> None:
    assert problems(memory, page, KNOWN) == []
    assert problems(memory, page, KNOWN + PALE) == ["color-contrast"]


def test_a_known_block_is_judged_again_in_other_surroundings(memory: Memory, page: Page) -> None:
    dark = WHOLE.replace("<main>", '<main style="background: #555">')

    assert problems(memory, page, KNOWN) == []
    assert problems(memory, page, KNOWN, dark) == ["color-contrast", "color-contrast"]


def test_a_known_block_is_judged_again_in_other_colours_and_widths(
    memory: Memory, page: Page
) -> None:
    main = (
        "<style>@media (prefers-color-scheme: dark) or (width < 400px) { p { color: #ccc } }"
        f"</style>{KNOWN}"
    )

    assert problems(memory, page, main) == []
    page.emulate_media(color_scheme="dark")
    assert problems(memory, page, main) == ["color-contrast"]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 320, "height": 700})
    assert problems(memory, page, main) == ["color-contrast"]


def test_the_head_of_a_page_is_judged_though_its_blocks_are_known(
    memory: Memory, page: Page
) -> None:
    untitled = WHOLE.replace("<title>Side</title>", "")

    assert problems(memory, page, KNOWN) == []
    assert problems(memory, page, f"{KNOWN}<p>Mer</p>", untitled) == ["document-title"]


def test_two_elements_with_an_id_that_is_referred_to(memory: Memory, page: Page) -> None:
    field = '<form><label for="navn">Navn</label><input id="navn"></form>'

    assert problems(memory, page, field) == []
    assert problems(memory, page, field + field) == [
        "two elements have the id that another refers to"
    ]
