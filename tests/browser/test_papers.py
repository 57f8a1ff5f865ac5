"""The chain of papers in a real browser: from a draft on a phone to the next grunnlag and the PDF.

Pulje 9, Friday 20 November 2026. The skole's veiledning is on 3 December, the next on 17 December.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from meetings.models import FollowUp, Meeting, Referat, Veiledningsgrunnlag
from tests.browser.browsers import give_session
from tests.browser.looking import violations
from tests.browser.steps import agree_on, fits, summarize, write
from tests.factories.meetings import Scene, make_meeting
from tests.factories.papers import held_meeting, make_referat, point, send_referat

PHONE = {"width": 360, "height": 740}
DURING = datetime(2026, 12, 3, 13, 0, tzinfo=UTC)  # Thursday 3 December, 14.00 in Oslo
WELL = "Hva fungerte godt?"
QUESTIONS = "Hva ønsker dere veiledning på?"
QUESTION = "Hvordan får vi alle voksne til å følge rutinen?"
STORY = "Mor til eleven ringte om uro i garderoben."
CLEAN = "En forelder ringte om uro i garderoben."
AGREED = "Teamene prøver rutinen i garderoben"
TASK = "Teamene observerer i to uker"
PROPOSAL = "Vi ble enige om å prøve i tre uker."

NewPage = Callable[..., Page]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def meeting(scene: Scene) -> Meeting:
    """The skole's veiledning on 3 December; from a referat of October two points and a task."""
    earlier = held_meeting(scene, "veiledning_1", days_ago=30)
    send_referat(
        scene, make_referat(scene, earlier), agreed=[point("Observasjon"), point("Rutine")]
    )
    return make_meeting(scene, day=date(2026, 12, 3))


def test_from_a_draft_on_a_phone_to_the_next_grunnlag(
    scene: Scene, meeting: Meeting, new_page: NewPage, live_server: Any, celery_worker: None
) -> None:
    rektor = new_page(scene.leder, viewport=PHONE)
    lose_the_session(rektor, meeting, lambda: sign_in_again(rektor, scene, live_server.url))
    send_grunnlag(rektor)
    comment(new_page(scene.veileder), meeting)
    read_the_comment(rektor, meeting, scene)

    with time_machine.travel(DURING, tick=True):
        rektor, veileder = new_page(scene.leder), new_page(scene.veileder)
        write_referat(rektor, meeting)
        object_to_it(veileder, meeting)
        take_it_in(rektor, meeting)
        approve(veileder, meeting)
        find_it_in_the_next(
            rektor, make_meeting(scene, "digital_veiledning", day=date(2026, 12, 17))
        )
        download(rektor, meeting)


def form_of(meeting: Meeting) -> str:
    return f"{meeting.get_absolute_url()}veiledningsgrunnlag/skriv/"


def lose_the_session(page: Page, meeting: Meeting, sign_in_again: Callable[[], None]) -> None:
    """What is typed is saved by itself; what is not yet, lies in the window until one is back."""
    page.goto(form_of(meeting))
    assert fits(page)
    write(page, WELL, "Vi kom i gang.")
    expect(page.locator("#autosave")).to_contain_text("Lagret kl.")
    assert Veiledningsgrunnlag.objects.get().worked_well == "Vi kom i gang."

    Session.objects.all().delete()
    page.get_by_label(QUESTIONS).fill(QUESTION)
    page.get_by_role("button", name="Send til veilederne").click()
    expect(page.get_by_text("Du er logget ut, men teksten din er trygg.")).to_be_visible()
    assert Veiledningsgrunnlag.objects.get().questions == ""

    sign_in_again()
    with page.expect_response("**/lagre/"):
        page.get_by_role("link", name="Logg inn og fortsett").click()
        expect(page.get_by_text("Vi har satt inn teksten din igjen.")).to_be_visible()
    expect(page.get_by_label(QUESTIONS)).to_have_value(QUESTION)
    expect(page.get_by_label(WELL)).to_have_value("Vi kom i gang.")


def sign_in_again(page: Page, scene: Scene, url: str) -> None:
    give_session(page.context, scene.leder, url)


def send_grunnlag(page: Page) -> None:
    """The portal asks about a spot where somebody may be recognised; it is cleaned, and sent."""
    for name in ("Observasjon", "Rutine", "Teamene observerer"):
        page.get_by_role("group", name=name).get_by_label("Gjort", exact=True).check()
    page.get_by_text("Legg til praksisfortelling").click()
    page.get_by_label("Praksisfortelling eller situasjon").fill(STORY)
    page.get_by_label("Hvem har laget grunnlaget?").fill("Arbeidsgruppa")
    page.get_by_label("Teksten inneholder ingenting").check()
    page.get_by_role("button", name="Send til veilederne").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Se over")
    assert not Veiledningsgrunnlag.objects.get().sent_at
    assert fits(page)
    page.get_by_label("Rett teksten selv").fill(CLEAN)
    page.get_by_role("button", name="Send til veilederne").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Grunnlaget er sendt")
    version = Veiledningsgrunnlag.objects.get().versions.get()
    assert (version.content["story"], version.content["questions"]) == (CLEAN, QUESTION)


def comment(page: Page, meeting: Meeting) -> None:
    """The veileder reads it and says something."""
    page.goto(f"{meeting.get_absolute_url()}veiledningsgrunnlag/")
    expect(page.get_by_text(QUESTION)).to_be_visible()
    page.get_by_label("Skriv en kommentar").fill("Ta med rutinen på papir.")
    page.get_by_role("button", name="Send kommentaren").click()
    expect(page.get_by_text("Ta med rutinen på papir.", exact=True)).to_be_visible()


def read_the_comment(page: Page, meeting: Meeting, scene: Scene) -> None:
    """The rektor sees the comment, and who has opened the paper; it cannot be withdrawn now."""
    page.goto(f"{meeting.get_absolute_url()}veiledningsgrunnlag/")
    expect(page.get_by_text("Ta med rutinen på papir.", exact=True)).to_be_visible()
    readers = page.get_by_role("region", name="Hvem har åpnet det")
    expect(readers.get_by_text(f"{scene.veileder.user} åpnet det")).to_be_visible()
    expect(readers.get_by_text(f"{scene.co_veileder.user} har ikke åpnet det")).to_be_visible()
    expect(page.get_by_role("button", name="Trekk tilbake")).to_have_count(0)
    assert fits(page)


def write_referat(page: Page, meeting: Meeting) -> None:
    """From the saksliste: a line a sak, one follow-up point, mellomarbeid."""
    page.goto(f"{meeting.get_absolute_url()}referat/skriv/")
    summarize(page, "Vi ble enige om å prøve i to uker.")
    agree_on(page, AGREED, "15.01.2027")
    page.get_by_role("textbox", name="Mellomarbeid til neste gang").fill(TASK)
    page.get_by_role("button", name="Send referatet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Referatet er sendt")


def object_to_it(page: Page, meeting: Meeting) -> None:
    """The veileder would have written the first sak otherwise."""
    page.goto(f"{meeting.get_absolute_url()}referat/")
    page.get_by_role("link", name="Skriv merknad").click()
    page.get_by_label("Hvilken sak gjelder det?").select_option(index=1)
    page.get_by_label("Hva mener du er feil eller mangler?").fill("Vi sa tre uker.")
    page.get_by_label("Forslag til ny tekst i saken").fill(PROPOSAL)
    page.get_by_role("button", name="Send merknaden").click()
    expect(page.get_by_text("Vi sa tre uker.", exact=True)).to_be_visible()


def take_it_in(page: Page, meeting: Meeting) -> None:
    """The rektor takes it in: version 2 has the proposed text."""
    page.goto(f"{meeting.get_absolute_url()}referat/")
    page.get_by_role("link", name="Svar på merknaden").click()
    page.get_by_label("Ta inn forslaget").check()
    page.get_by_role("button", name="Send svaret").click()

    versions = [version.content for version in referat_of(meeting).versions.order_by("number")]
    assert [content["saker"][0]["summary"] for content in versions] == [
        "Vi ble enige om å prøve i to uker.",
        PROPOSAL,
    ]
    page.goto(f"{meeting.get_absolute_url()}referat/versjoner/")
    expect(page.locator("ins", has_text="tre")).to_be_visible()


def approve(page: Page, meeting: Meeting) -> None:
    page.goto(f"{meeting.get_absolute_url()}referat/")
    page.get_by_role("button", name="Godkjenn referatet").click()
    expect(page.get_by_text("Godkjent").first).to_be_visible()
    assert referat_of(meeting).status == "approved"


def find_it_in_the_next(page: Page, meeting: Meeting) -> None:
    """The follow-up point and the mellomarbeid stand in the next grunnlag, ready to tick off."""
    page.goto(form_of(meeting))
    expect(page.get_by_role("group", name=AGREED)).to_be_visible()
    expect(page.get_by_role("group", name=TASK)).to_be_visible()
    assert FollowUp.objects.filter(text="Observasjon").get().status == "done"


def download(page: Page, meeting: Meeting) -> None:
    """A worker makes the PDF; the page that waits asks again by itself."""
    version = referat_of(meeting).versions.first()
    assert version is not None
    path = f"{meeting.get_absolute_url()}referat/pdf/{version.pk}/"
    for _again in range(60):
        answer = page.request.get(path)
        if answer.status != 202:
            break
        page.wait_for_timeout(500)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.body().startswith(b"%PDF-")


def referat_of(meeting: Meeting) -> Referat:
    return Referat.objects.get(meeting=meeting)


@pytest.mark.parametrize("width", [1280, 320])
def test_errors_and_two_texts_are_whole_and_fit(
    width: int, scene: Scene, meeting: Meeting, new_page: NewPage, axe_source: str
) -> None:
    mine = new_page(scene.leder, viewport={"width": width, "height": 800})
    theirs = new_page(scene.arbeidsgruppe)
    for page in (mine, theirs):
        page.goto(form_of(meeting))
    mine.get_by_role("button", name="Send til veilederne").click()
    expect(mine.get_by_role("alert")).to_contain_text("Rett opp dette før du sender")
    assert (violations(mine, axe_source), fits(mine)) == ([], True)

    write(mine, WELL, "Vi kom i gang.")
    write(theirs, WELL, "Andre trinn rakk det ikke.")
    theirs.get_by_role("link", name=re.compile("Se begge|Slå dem sammen")).first.click()
    joined = theirs.get_by_label(re.compile("skriv dem sammen"))
    expect(joined).to_have_value(re.compile("Vi kom i gang.\\s+Andre trinn rakk det ikke."))
    theirs.set_viewport_size({"width": width, "height": 800})
    assert (violations(theirs, axe_source), fits(theirs)) == ([], True)


def test_a_number_that_is_taken_away_does_not_come_back(
    scene: Scene, meeting: Meeting, new_page: NewPage
) -> None:
    """The copy in the tab is not put in over the page that answers."""
    page = new_page(scene.leder, viewport=PHONE)
    page.goto(form_of(meeting))
    write(page, QUESTIONS, "Hva gjør vi med 15058210037 nå?")
    expect(page.locator("#autosave")).to_contain_text("Ikke lagret")
    page.get_by_role("button", name="Send til veilederne").click()
    page.get_by_role("button", name="Fjern tallet for meg").click()

    expect(page.get_by_text("Tallet er fjernet.")).to_be_visible()
    expect(page.get_by_text("Vi har satt inn teksten din igjen.")).to_have_count(0)
    expect(page.get_by_label(QUESTIONS)).to_have_value("Hva gjør vi med nå?")
