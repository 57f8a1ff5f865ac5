"""The pages of the papers in a real browser: no axe violation, no sideways scrolling on a phone."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from meetings.actions.merknad import add_merknad
from meetings.models import Meeting
from tests.factories.meetings import NOW, Scene, make_meeting, make_scene
from tests.factories.papers import (
    held_meeting,
    make_grunnlag,
    make_referat,
    point,
    send_grunnlag,
    send_referat,
)

pytestmark = pytest.mark.django_db(transaction=True)
SHOTS = os.environ.get("SHOTS", "")
NARROW = {"width": 320, "height": 740}
WIDE = {"width": 1280, "height": 900}


@pytest.fixture
def scene() -> Scene:
    return make_scene()


@pytest.fixture
def check(
    page: Page, live_server: LiveServer, axe: Callable[[], list[str]]
) -> Callable[[str, str], None]:
    """Return a function that opens an address wide and narrow and looks for violations."""

    def look(path: str, name: str) -> None:
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)
            page.goto(live_server.url + path)
            inspect(page, axe, name, size["width"])

    return look


def inspect(page: Page, axe: Callable[[], list[str]], name: str, width: int) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True)
    assert axe() == []
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(overflow) <= 0


def test_writing_a_grunnlag(
    page: Page, scene: Scene, sign_in: Callable[[Any], None], check, axe
) -> None:
    earlier = held_meeting(scene, "veiledning_1", days_ago=30)
    send_referat(
        scene, make_referat(scene, earlier), agreed=[point("Observasjon"), point("Rutine")]
    )
    meeting = make_meeting(scene, place="Personalrommet")
    sign_in(scene.leder.user)

    check(address(meeting, "veiledningsgrunnlag/skriv/"), "grunnlag")
    page.get_by_role("button", name="Send til veilederne").click()
    inspect(page, axe, "grunnlag-feil", NARROW["width"])
    page.set_viewport_size(WIDE)
    inspect(page, axe, "grunnlag-feil", WIDE["width"])


def test_reading_a_grunnlag(scene: Scene, sign_in: Callable[[Any], None], check) -> None:
    meeting = make_meeting(scene)
    version = send_grunnlag(scene, make_grunnlag(scene, meeting), tried="Felles gjennomgang")
    sign_in(scene.leder.user)

    check(address(meeting, f"veiledningsgrunnlag/kvittering/{version.receipt}/"), "kvittering")
    check(address(meeting, "veiledningsgrunnlag/"), "grunnlag-lest")
    check(address(meeting, f"veiledningsgrunnlag/utskrift/{version.pk}/"), "utskrift")


def test_a_conflict(
    page: Page, live_server: LiveServer, scene: Scene, sign_in: Callable[[Any], None], axe
) -> None:
    from meetings.actions.grunnlag import save_grunnlag

    grunnlag = make_grunnlag(scene, make_meeting(scene))
    sign_in(scene.leder.user)
    page.goto(live_server.url + address(grunnlag.meeting, "veiledningsgrunnlag/skriv/"))
    data = {"was_difficult": "Andre trinn rakk ikke å begynne."}
    save_grunnlag(
        grunnlag=grunnlag, edit_version=1, data=data, by=scene.by("arbeidsgruppe"), now=NOW
    )

    page.get_by_label("Hva ble vanskelig").fill("Det var vanskelig på dager med vikar.")
    page.get_by_role("button", name="Lagre utkast").last.click()

    inspect(page, axe, "to-skriver", WIDE["width"])
    page.set_viewport_size(NARROW)
    inspect(page, axe, "to-skriver", NARROW["width"])


def test_writing_and_reading_a_referat(scene: Scene, sign_in: Callable[[Any], None], check) -> None:
    meeting = held_meeting(scene)
    send_grunnlag(scene, make_grunnlag(scene, meeting))
    sign_in(scene.leder.user)

    check(address(meeting, "referat/skriv/"), "referat")
    referat = make_referat(scene, meeting)
    send_referat(scene, referat)
    merknad = add_merknad(
        referat=referat, text="Vi sa begge deler.", by=scene.by("veileder"), now=NOW
    )
    check(address(meeting, "referat/"), "referat-lest")
    check(address(meeting, f"referat/merknad/{merknad.pk}/"), "merknad-svar")
    check(address(meeting, ""), "moete")
    sign_in(scene.veileder.user)
    check(address(meeting, "referat/"), "referat-veileder")
    check(address(meeting, "referat/merknad/"), "merknad")
    sign_in(scene.udir.user)
    check(address(meeting, "referat/"), "referat-udir")


def address(meeting: Meeting, rest: str) -> str:
    return f"/moeter/{meeting.pk}/{rest}"
