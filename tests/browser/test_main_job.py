"""The main job from end to end, in real browsers: from a grunnlag that is owed to a met duty.

Pulje 9 is opened from the packaged programme with its real dates. It is Friday 20 November 2026;
the skole's veiledning is on Thursday 3 December, the barnehage's on Friday 4 December.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.core import mail
from playwright.sync_api import Page, expect

from actors.tasks import deliver_notices
from cohorts.models import DeltakendeUnit
from meetings.models import Meeting, Veiledningsgrunnlag
from meetings.tasks import send_reminders
from tests.browser.steps import agree_on, sign_in_by_code, summarize
from tests.factories.meetings import Scene, make_meeting
from tests.factories.papers import NATIONAL_ID

QUESTION = "Hvordan får vi alle voksne til å følge rutinen?"
SECRET = "Det er uro i garderoben etter storefri"
AGREED = "Teamene prøver rutinen i garderoben"
DURING = datetime(2026, 12, 3, 13, 0, tzinfo=UTC)  # Thursday 3 December, 14.00 in Oslo
PHONE = {"width": 360, "height": 740}

NewPage = Callable[..., Page]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def meeting(scene: Scene) -> Meeting:
    """The skole's veiledning on 3 December, 09.00–11.30; its grunnlag is due on 26 November."""
    return make_meeting(scene, day=date(2026, 12, 3))


@pytest.fixture
def at_barnehage(scene: Scene) -> Meeting:
    """The barnehage's veiledning on 4 December; the first reminder of its grunnlag is today's."""
    return make_meeting(scene, day=date(2026, 12, 4), units=[scene.barnehage])


def test_main_job(scene: Scene, meeting: Meeting, at_barnehage: Meeting, new_page: NewPage) -> None:
    rektor = new_page()
    sign_in_by_code(rektor, scene.leder.user.email)
    open_grunnlag(rektor)
    send_too_early(rektor)
    tell_a_story(rektor)
    send_with_national_id(rektor)
    send_grunnlag(rektor)

    read_grunnlag(new_page(scene.veileder), meeting)
    for role in (scene.udir, scene.statsforvalter):
        see_no_text(new_page(role), meeting)
    remind_styrer(scene)

    with time_machine.travel(DURING, tick=True):
        udir = new_page(scene.udir)
        assert referat_of(udir, scene.skole) == "Planlagt"
        write_referat(new_page(scene.leder))
        approve_referat(new_page(scene.veileder), meeting)
        assert referat_of(udir, scene.skole) == "Gjennomført"


@pytest.mark.parametrize(
    "browser_values",
    [{"viewport": PHONE}, {"java_script_enabled": False}],
    ids=["on a phone", "without JavaScript"],
)
def test_a_grunnlag_is_filed(
    browser_values: dict[str, Any], scene: Scene, meeting: Meeting, new_page: NewPage
) -> None:
    rektor = new_page(scene.leder, **browser_values)
    rektor.goto("/min-side/")

    open_grunnlag(rektor)
    rektor.get_by_role("button", name="Send til veilederne").click()
    expect(rektor.get_by_role("alert")).to_contain_text("Rett opp dette før du sender")
    rektor.get_by_label("Hvem har laget grunnlaget?").fill("Arbeidsgruppa")
    rektor.get_by_label("Teksten inneholder ingenting").check()
    tell_a_story(rektor)
    send_grunnlag(rektor)


def open_grunnlag(page: Page) -> None:
    """From what Min side says is owed."""
    owed = page.get_by_role("region", name="Dette skal du gjøre")
    owed.get_by_role("link", name=re.compile("^Veiledningsgrunnlag")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("saksliste")


def send_too_early(page: Page) -> None:
    """The summary gets focus and leads to the field; what was typed stays."""
    page.get_by_label("Hva fungerte godt?").fill("Vi kom i gang")
    page.get_by_role("button", name="Send til veilederne").click()

    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(page.get_by_label("Hva fungerte godt?")).to_have_value("Vi kom i gang")
    summary.get_by_role("link", name="Skriv hva dere ønsker veiledning på.").click()
    expect(page.get_by_label("Hva ønsker dere veiledning på?")).to_be_focused()


def tell_a_story(page: Page) -> None:
    """The field is folded until somebody wants it."""
    page.get_by_text("Legg til praksisfortelling").click()
    page.get_by_label("Praksisfortelling eller situasjon").fill(SECRET)


def send_with_national_id(page: Page) -> None:
    """A fødselsnummer is refused at its field, and not stored; the rest is."""
    questions = page.get_by_label("Hva ønsker dere veiledning på?")
    questions.fill(f"{QUESTION} Gjelder {NATIONAL_ID}.")
    page.get_by_label("Hvem har laget grunnlaget?").fill("Arbeidsgruppa")
    page.get_by_label("Teksten inneholder ingenting").check()
    page.get_by_role("button", name="Send til veilederne").click()

    expect(page.get_by_role("alert")).to_contain_text("Teksten inneholder et fødselsnummer")
    expect(questions).to_have_attribute("aria-invalid", "true")
    expect(questions).to_have_value(re.compile(NATIONAL_ID))
    saved = Veiledningsgrunnlag.objects.get()
    assert (saved.questions, saved.prepared_by) == ("", "Arbeidsgruppa")


def send_grunnlag(page: Page) -> None:
    """Without the number it is sent, and the receipt has a number."""
    page.get_by_label("Hva ønsker dere veiledning på?").fill(QUESTION)
    page.get_by_role("button", name="Send til veilederne").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Grunnlaget er sendt")
    receipt = Veiledningsgrunnlag.objects.get().versions.get().receipt
    expect(page.get_by_text(receipt)).to_be_visible()


def read_grunnlag(page: Page, meeting: Meeting) -> None:
    """The veileder finds it on the meeting's page."""
    page.goto(meeting.get_absolute_url())
    page.get_by_role("link", name="Les grunnlaget").first.click()
    expect(page.get_by_text(QUESTION)).to_be_visible()
    expect(page.get_by_text(SECRET)).to_be_visible()


def see_no_text(page: Page, meeting: Meeting) -> None:
    """Those who see the status only: the meeting says that it is sent, and nothing more."""
    page.goto(meeting.get_absolute_url())
    panel = page.get_by_role("region", name="Veiledningsgrunnlag")
    expect(panel.get_by_text("Sendt", exact=True)).to_be_visible()
    assert QUESTION not in page.content()
    answer = page.goto(f"{meeting.get_absolute_url()}veiledningsgrunnlag/")
    assert answer is not None
    assert (answer.status, QUESTION in page.content()) == (403, False)


def remind_styrer(scene: Scene) -> None:
    """The barnehage's grunnlag is missing: its styrer is reminded, once; the rektor is not."""
    mail.outbox.clear()

    for _round in range(2):
        send_reminders.apply()
        deliver_notices.apply()

    owed = "Veiledningsgrunnlag til fredag 4. desember"
    reminders = [each for each in mail.outbox if owed in each.body]
    assert [each.to for each in reminders] == [[scene.styrer.user.email]]
    assert QUESTION not in reminders[0].body


def write_referat(page: Page) -> None:
    """From Min side after the meeting: a summary of each sak, one follow-up point, sent."""
    page.goto("/min-side/")
    owed = page.get_by_role("region", name="Dette skal du gjøre")
    owed.get_by_role("link", name=re.compile("^Referat")).click()
    summarize(page, SECRET)
    agree_on(page, AGREED, "15.01.2027")
    page.get_by_role("textbox", name="Mellomarbeid til neste gang").fill("Teamene observerer")
    page.get_by_role("button", name="Send referatet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Referatet er sendt")


def approve_referat(page: Page, meeting: Meeting) -> None:
    """The veileder reads the referat and approves it."""
    page.goto(meeting.get_absolute_url())
    page.get_by_role("link", name="Les referatet").first.click()
    expect(page.get_by_text(AGREED)).to_be_visible()
    page.get_by_role("button", name="Godkjenn referatet").click()
    expect(page.get_by_text("Godkjent").first).to_be_visible()


def referat_of(page: Page, unit: DeltakendeUnit) -> str:
    """From a cell of Udir's dashboard to the status word of the unit's referat."""
    page.goto("/puljer/9/")
    page.locator("table.heat a[href*='/referat/']").first.click()
    row = page.get_by_role("row").filter(has_text=unit.unit.name)
    return row.get_by_role("cell").nth(1).inner_text()
