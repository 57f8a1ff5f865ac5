"""Reminders in a real browser: from a rule that is changed to a paper that is filed from a phone.

Pulje 9, Friday 20 November 2026. The skole and the barnehage have their veiledning on 3 December,
and their grunnlag is due on 26 November. A real worker scans and sends; the mail lies in the
demo's mailbox, and its links are followed from there.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from celery.contrib.testing.worker import start_worker
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from actors.models import Job, MailboxMessage, MailPreference, Notice, Role
from actors.tasks import deliver_notices
from cohorts.models import DeadlineRule
from lmp.celery import app
from meetings.models import Meeting, VeiledningsgrunnlagVersion
from meetings.tasks import send_reminders
from tests.browser.steps import fits
from tests.conftest import FIXED_NOW
from tests.factories.meetings import Scene, make_meeting
from tests.factories.papers import make_grunnlag, send_grunnlag
from tests.processes import WORKER, running

PHONE = {"width": 360, "height": 740}
MONDAY = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)  # 08.00 in Oslo, the first day of the new rule
NOON = 12
TITLE = "Veiledningsgrunnlag til torsdag 3. desember"
QUESTION = "Hvordan får vi alle voksne til å følge rutinen?"
DONE, DONE_MEANWHILE = "Gjort mandag 23. november", "Gjort fredag 20. november"

NewPage = Callable[..., Page]
Eventually = Callable[[Callable[[], bool]], None]
Work = Callable[[Any], None]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def meeting(scene: Scene) -> Meeting:
    """The skole's veiledning; what is told of the meeting itself has been read."""
    meeting = make_meeting(scene)
    Notice.objects.all().delete()
    return meeting


@pytest.fixture
def rule(scene: Scene) -> DeadlineRule:
    return scene.pulje.deadline_rules.get(key="veiledningsgrunnlag")


@pytest.fixture
def _mailbox(settings: Any, live_server: Any) -> None:
    """Mail ends in the demo's mailbox, with links that lead to this server."""
    settings.DEMO = True
    settings.SITE_URL = live_server.url
    settings.EMAIL_BACKEND = "actors.mailbox.MailboxBackend"


@contextmanager
def worker(url: str) -> Iterator[None]:
    """Run a worker from now on: a process of its own on Redis, in our time; else a thread."""
    app.control.purge()
    if app.conf.broker_url.startswith("redis"):
        place = {"JOURNEY_BEGINS": timezone.now().isoformat(), "JOURNEY_URL": url}
        command = [part.replace("lmp", "tests.travelling") for part in WORKER]
        with running([*command, "--pool", "solo"], **place):
            yield
    else:
        with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=30):
            yield


@pytest.fixture
def work(eventually: Eventually) -> Work:
    """Return a function that gives the worker a task and waits until it, and the mail, is done."""

    def run(task: Any) -> None:
        before = {name: _ended(name) for name in ("reminders", "deliver")}
        task.delay()
        names = {task.run.job, "deliver"}
        eventually(lambda: all(_ended(name) != before[name] for name in names))

    return run


def _ended(name: str) -> datetime | None:
    return Job.objects.filter(name=name).values_list("ok_at", flat=True).first()


@pytest.mark.usefixtures("_mailbox")
def test_from_a_changed_rule_to_a_filed_paper(
    scene: Scene,
    meeting: Meeting,
    rule: DeadlineRule,
    new_page: NewPage,
    live_server: Any,
    work: Work,
) -> None:
    MailPreference.objects.create(user=scene.arbeidsgruppe.user, hour=NOON, changed_at=FIXED_NOW)
    change_the_rule(new_page(scene.udir), rule)

    with time_machine.travel(MONDAY, tick=True), worker(live_server.url):
        work(send_reminders)
        assert told() == [("arbeidsgruppe", "queued", ""), ("leder", "sent", "")]
        phone = new_page(viewport=PHONE)
        come_in_by_the_mail(phone, scene.leder)
        find_nothing_else(phone)
        file_it(phone)
        work(send_reminders)

        assert told() == [("arbeidsgruppe", "cancelled", DONE), ("leder", "sent", "")]
        read_what_became_of_it(new_page(scene.udir), scene)


def told() -> list[tuple[str, str, str]]:
    """Who was reminded, and what became of it."""
    about_it = Notice.objects.filter(kind="veiledningsgrunnlag")
    rows = about_it.order_by("role__kind", "role").select_related("role")
    return [(row.role.kind if row.role else "", row.status, row.why) for row in rows]


def change_the_rule(page: Page, rule: DeadlineRule) -> None:
    """Three working days before in stead of five, and one more to the arbeidsgruppe: the preview
    counts them before anything holds."""
    page.goto("/varsler/")
    expect(figure(page, "Neste 14 dager")).to_have_text(re.compile("^19\\D"))
    page.get_by_role("link", name="Regler", exact=True).click()
    page.get_by_role("listitem").filter(has_text=rule.title).get_by_role("link").click()
    numbers = page.locator(".effect strong")
    expect(numbers).to_have_text(["5", "5"])

    page.get_by_label("Dager", exact=True).first.fill("3")
    page.get_by_role("button", name="Legg til påminnelse").click()
    rows = page.locator(".offs li")
    expect(rows).to_have_count(7)
    row = rows.last
    row.get_by_label("Dager", exact=True).fill("3")
    row.get_by_label("Regnet fra fristen").select_option("before")
    row.get_by_label("Til", exact=True).select_option("arbeidsgruppe")
    page.get_by_role("button", name="Regn ut på nytt").last.click()

    expect(numbers).to_have_text(["5", "7"])
    expect(page.get_by_text("Endringen gir 2 flere varsler")).to_be_visible()
    assert not rule.editions.exists()
    page.get_by_role("button", name="Ta i bruk fra mandag").click()

    expect(page.get_by_text("Versjon 2 gjelder fra mandag 23. november.").first).to_be_visible()
    page.goto("/varsler/")
    expect(figure(page, "Neste 14 dager")).to_have_text(re.compile("^21\\D"))


def figure(page: Page, label: str) -> Locator:
    """The number of a key figure."""
    return page.locator(".key > div", has=page.get_by_text(label, exact=True)).locator("dd")


def come_in_by_the_mail(page: Page, role: Role) -> None:
    """The link in the mail says what it is to; a code to the same mailbox opens the form."""
    page.goto("/postkasse/")
    mail = page.get_by_role("row", name=role.user.email).get_by_role("link")
    expect(mail).to_contain_text("[Handling kreves]")
    mail.click()
    page.frame_locator("iframe").get_by_role("link", name="Skriv grunnlaget").first.click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Veiledningsgrunnlag")
    assert fits(page)
    page.get_by_role("button", name="Send meg en kode").click()
    code = re.search(r"^\d{6}$", MailboxMessage.objects.latest("pk").text, re.MULTILINE)
    assert code is not None
    page.get_by_label("Kode").fill(code[0])
    page.get_by_role("button", name="Åpne oppgaven").click()
    expect(page).to_have_url(re.compile("/veiledningsgrunnlag/"))
    expect(page.get_by_text("Du er logget inn bare for denne oppgaven")).to_be_visible()
    assert fits(page)


def find_nothing_else(page: Page) -> None:
    """Every other page asks for an ordinary sign-in."""
    for path in ("/min-side/", "/moeter/", "/varsler/mine/", "/profil/"):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 403
    expect(page.get_by_role("heading", level=1)).to_contain_text("bare for denne oppgaven")
    assert fits(page)
    page.get_by_role("link", name="Tilbake til oppgaven").click()


def file_it(page: Page) -> None:
    page.get_by_label("Hva ønsker dere veiledning på?").fill(QUESTION)
    page.get_by_label("Hvem har laget grunnlaget?").fill("Arbeidsgruppa")
    page.get_by_label("Teksten inneholder ingenting").check()
    assert fits(page)
    page.get_by_role("button", name="Send til veilederne").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Grunnlaget er sendt")
    assert VeiledningsgrunnlagVersion.objects.get().content["questions"] == QUESTION


def read_what_became_of_it(page: Page, scene: Scene) -> None:
    """The control room: nothing more is coming, and who was not written to, and why."""
    page.goto("/varsler/")
    expect(figure(page, "Sendt i dag")).to_have_text(re.compile("^4\\D"))
    planned = page.get_by_role("region", name="Planlagte varsler", exact=True)
    expect(planned).to_contain_text("Møte eller samling nærmer seg")
    expect(planned).not_to_contain_text("Veiledningsgrunnlag")
    page.get_by_role("link", name="Søk i alt som er sendt").click()
    about_it = page.get_by_role("row").filter(has_text=TITLE)
    stopped = about_it.filter(has_text=str(scene.arbeidsgruppe.user))
    expect(stopped).to_contain_text("Stoppet")
    expect(stopped).to_contain_text(DONE)
    sent = about_it.filter(has_text=str(scene.leder.user))
    expect(sent).to_contain_text("Sendt")
    expect(sent).to_contain_text("versjon 2")


@pytest.mark.usefixtures("_mailbox")
def test_what_is_filed_while_the_sending_stands_still_is_not_sent(
    scene: Scene, meeting: Meeting, new_page: NewPage, live_server: Any, work: Work
) -> None:
    make_meeting(scene, units=[scene.barnehage], clock="13.00")
    Notice.objects.all().delete()
    udir = new_page(scene.udir)

    with worker(live_server.url):
        pause(udir)
        work(send_reminders)
        assert not MailboxMessage.objects.exists()
        see_the_band(udir, new_page(scene.koordinator))
        send_grunnlag(scene, make_grunnlag(scene, meeting))
        start_again(udir)
        work(deliver_notices)

    about_it = {mail.to: TITLE in mail.text for mail in MailboxMessage.objects.all()}
    assert [about_it[role.user.email] for role in (scene.leder, scene.styrer)] == [False, True]
    assert told() == [("leder", "cancelled", DONE_MEANWHILE), ("leder", "sent", "")]


def pause(page: Page) -> None:
    page.goto("/varsler/")
    page.get_by_role("link", name="Sett utsending på pause").click()
    page.get_by_label("Til noen starter igjen").check()
    page.get_by_label("Hvorfor?").fill("Feil dato i mange møter.")
    page.get_by_role("button", name="Sett på pause").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Utsendingen står stille")


def see_the_band(udir: Page, koordinator: Page) -> None:
    """On every page of those who oversee; only Udir has the button."""
    for page in (udir, koordinator):
        page.goto("/puljer/")
        band = page.locator('.strip[data-tone="pause"]')
        expect(band).to_contain_text("Feil dato i mange møter.")
        expect(band).to_contain_text("6 varsler venter.")
    expect(udir.get_by_role("link", name="Se og start igjen")).to_be_visible()
    expect(koordinator.get_by_role("link", name="Se og start igjen")).to_have_count(0)


def start_again(page: Page) -> None:
    """What waits is counted, and what has been filed meanwhile."""
    page.get_by_role("link", name="Se og start igjen").click()
    expect(page.get_by_role("row", name="Veiledningsgrunnlag")).to_contain_text("1")
    page.get_by_role("button", name="Start utsendingen igjen").click()
    expect(page.get_by_text("Utsendingen er i gang igjen.")).to_be_visible()
    expect(page.locator('.strip[data-tone="pause"]')).to_have_count(0)
