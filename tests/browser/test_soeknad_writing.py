"""Writing a søknad in a real browser: two at once, and a session that ends on the way."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from cohorts.models import AnswerConflict, Soeknad
from tests.browser.steps import fits, write
from tests.factories.people import make_role
from tests.factories.recruitment import make_soeknad
from tests.factories.register import OwnerFactory

pytestmark = pytest.mark.django_db(transaction=True)
SHOTS = os.environ.get("SHOTS", "")
CHALLENGES = "Hva er utfordringene?"
ORGANISATION = "Hvordan vil dere organisere arbeidet?"


@pytest.fixture
def soeknad() -> Soeknad:
    return make_soeknad(answered=False, partners=[OwnerFactory()])


@pytest.fixture
def writer(soeknad: Soeknad) -> Any:
    return make_role("eier", soeknad.candidate.owner)


def part(soeknad: Soeknad) -> str:
    return f"/soeknader/{soeknad.pk}/del/behov/"


def stored(soeknad: Soeknad) -> dict[str, Any]:
    return dict(soeknad.answers.values_list("key", "value"))


@pytest.mark.parametrize("width", [1280, 320])
def test_the_pages_are_whole_and_fit_a_phone(
    page: Page, live_server: LiveServer, sign_in, axe, soeknad, writer, width
) -> None:
    sign_in(writer)
    page.set_viewport_size({"width": width, "height": 800})
    for name, path in {
        "soek": f"/soeknader/{soeknad.pk}/",
        "del": part(soeknad),
        "kontakt": f"/soeknader/{soeknad.pk}/del/kontakt/",
    }.items():
        page.goto(live_server.url + path)
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True)
        assert axe() == []
        assert fits(page)


def test_what_is_typed_is_saved_and_two_meet_without_losing_text(
    new_page: Callable[..., Page], soeknad, writer
) -> None:
    mine, theirs = new_page(writer), new_page(make_role("eier", soeknad.candidate.owner))
    mine.goto(part(soeknad))
    theirs.goto(part(soeknad))

    write(mine, CHALLENGES, "Det er uro.")
    write(mine, CHALLENGES, "Noe helt annet.")
    write(theirs, ORGANISATION, "Vi møtes hver uke.")
    expect(mine.locator("#autosave")).to_contain_text("Lagret kl.")
    assert stored(soeknad) == {
        "challenges": "Noe helt annet.",
        "organisation": "Vi møtes hver uke.",
    }
    assert not AnswerConflict.objects.exists()

    write(theirs, CHALLENGES, "Fra den andre.")
    theirs.get_by_role("link", name="Se begge").click()
    expect(theirs.get_by_label("Eller skriv dem sammen")).to_have_value(
        "Noe helt annet.\nFra den andre."
    )
    if SHOTS:
        theirs.screenshot(path=Path(SHOTS) / "to-tekster.png", full_page=True)
    theirs.get_by_role("button", name="Bruk teksten over").click()
    expect(theirs.get_by_label(CHALLENGES)).to_have_value("Noe helt annet.\nFra den andre.")


def test_a_session_that_ends_takes_no_text_with_it(
    page: Page, live_server: LiveServer, sign_in, soeknad, writer
) -> None:
    sign_in(writer)
    page.goto(live_server.url + part(soeknad))
    write(page, CHALLENGES, "Lagret i tide.")
    Session.objects.all().delete()

    page.get_by_label(CHALLENGES).fill("Skrevet etter at økta var ute.")
    page.get_by_role("button", name="Gå videre").click()
    expect(page.get_by_text("Du er logget ut, men teksten din er trygg.")).to_be_visible()
    assert stored(soeknad) == {"challenges": "Lagret i tide."}

    sign_in(writer)
    with page.expect_response("**/lagre/"):
        page.get_by_role("link", name="Logg inn og fortsett").click()
        expect(page.get_by_text("Vi har satt inn teksten din igjen.")).to_be_visible()
    expect(page.get_by_label(CHALLENGES)).to_have_value("Skrevet etter at økta var ute.")
    expect(page.locator("#autosave")).to_contain_text("Lagret kl.")
    assert stored(soeknad) == {"challenges": "Skrevet etter at økta var ute."}
    page.get_by_role("button", name="Gå videre").click()
    expect(page).to_have_url(f"{live_server.url}/soeknader/{soeknad.pk}/del/barn/")
    page.goto(live_server.url + part(soeknad))
    expect(page.get_by_text("Vi har satt inn teksten din igjen.")).to_have_count(0)


def test_the_text_that_is_kept_can_be_deleted(
    page: Page, live_server: LiveServer, sign_in, soeknad, writer
) -> None:
    sign_in(writer)
    page.goto(live_server.url + part(soeknad))
    Session.objects.all().delete()
    page.get_by_label(CHALLENGES).fill("På en lånt maskin.")
    expect(page.get_by_text("Du er logget ut, men teksten din er trygg.")).to_be_visible()
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / "logget-ut.png")
    page.get_by_role("button", name="Slett det som ligger her").click()
    page.wait_for_url("**/konto/**")
    sign_in(writer)
    page.goto(live_server.url + part(soeknad))

    expect(page.get_by_label(CHALLENGES)).to_have_value("")
    assert stored(soeknad) == {}
