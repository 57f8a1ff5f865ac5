"""Steps that several journeys share: the mail, the code, the words of the other målform."""

import re

from django.core import mail
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Page, expect

from actors.tasks import deliver_notices

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def nn(text: str) -> str:
    """What a page in nynorsk says for the bokmål `text` of the source."""
    with translation.override("nn"):
        return gettext(text)


def mail_to(address: str) -> EmailMessage:
    """The newest mail to the address, after what waits has been sent."""
    deliver_notices.apply()
    return [each for each in mail.outbox if each.to == [address]][-1]


def path_in(message: EmailMessage, within: str) -> str:
    """The path of the first link in the mail that has `within` in it."""
    found = re.search(rf"https?://[^/\s]+(?=\S*{within})(/\S+)", str(message.body))
    assert found is not None, message.body
    return found[1]


def code_to(address: str) -> str:
    """The code in the newest mail to the address."""
    message = [each for each in mail.outbox if each.to == [address]][-1]
    code = re.search(r"^\d{6}$", str(message.body), re.MULTILINE)
    assert code is not None, message.body
    return code[0]


def sign_in_by_code(page: Page, email: str) -> None:
    """Through the front page, with the code from the mail."""
    page.goto("/")
    page.get_by_role("link", name="Logg inn").first.click()
    page.get_by_label("E-post").fill(email)
    page.get_by_role("button", name="Send meg en kode").click()
    expect(page.get_by_label("Kode")).to_be_visible()
    page.get_by_label("Kode").fill(code_to(email))
    page.get_by_role("button", name="Logg inn").click()
    expect(page).to_have_url(re.compile("/min-side/$"))


def write(page: Page, label: str, text: str) -> None:
    """Type in a field that saves itself, and wait until it has."""
    with page.expect_response("**/lagre/"):
        page.get_by_label(label).fill(text)


def summarize(page: Page, text: str) -> None:
    """Write the same in every sak of a referat; the last form is for a sak that is not there."""
    page.wait_for_load_state()  # so that all of them are there
    for summary in page.get_by_label("Hva kom dere fram til?").all()[:-1]:
        summary.fill(text)


def agree_on(page: Page, what: str, due: str) -> None:
    """Add a follow-up point to the first sak of a referat; the first role is responsible."""
    sak = page.locator("#sak-1")
    sak.get_by_text("Legg til oppfølgingspunkt").click()
    sak.get_by_label("Hva skal gjøres?").first.fill(what)
    sak.get_by_label("Ansvarlig").first.select_option(index=1)
    sak.get_by_label("Frist").first.fill(due)


def fits(page: Page) -> bool:
    """Whether the page, once it has come, needs no scrolling sideways."""
    page.wait_for_load_state()
    return page.evaluate(SIDEWAYS) <= 0
