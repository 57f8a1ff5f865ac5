"""What the people of a recruitment do on its pages. The owner's pages are in nynorsk."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from actors.models import Owner, Role
from cohorts.actions.pulje import open_pulje
from cohorts.models import EmbeteOpptak, Soeknad
from cohorts.rules.soeknad_form import PPT_UNLISTED
from tests.browser.steps import mail_to, nn, path_in
from tests.factories.cohorts import OPENED, packaged_programme, pulje_calendar
from tests.factories.people import PPTFactory, PPTKommuneFactory, make_role
from tests.factories.recruitment import (
    assess,
    make_candidate,
    make_embete,
    make_opptak,
    make_soeknad,
)
from tests.factories.register import BarnehageFactory, KommuneFactory, OwnerFactory, SkoleFactory

CONTACT, COLLEAGUE = "kontakt@lyngvik.example", "kollega@lyngvik.example"
REKTOR, STYRER = "rektor@lyngvik.example", "styrer@lyngvik.example"
PULJE = "/opptak/10/"
PARTS = ("kontakt", "behov", "barn", "ppt", "tid", "spredning", "annet")
REASON = "Godt forankret, og begge skoleslag er med."


@dataclass
class Scene:
    """An open opptak to pulje 10; a nynorsk kommune with two units; its rival has applied."""

    embete: EmbeteOpptak
    owner: Owner
    rival: Soeknad
    statsforvalter: Role
    udir: Role
    second: Role
    ppt: str


def make_recruitment() -> Scene:
    """What is there before the journey begins."""
    calendar = pulje_calendar(10, shift_years=2)
    pulje = open_pulje(
        programme=packaged_programme(), calendar=calendar, by=None, now=OPENED, status="recruiting"
    )
    embete = make_embete(make_opptak(pulje))
    kommune = KommuneFactory(name="Lyngvik", maalform="nynorsk")
    owner = OwnerFactory(kommune=kommune)
    SkoleFactory(owner=owner, name="Lyngvik skule", children=140)
    BarnehageFactory(owner=owner, name="Tussereiret barnehage", children=42)
    ppt = PPTFactory(name="PPT for Lyngvik")
    PPTKommuneFactory(ppt=ppt, kommune=kommune)
    rival = make_soeknad(make_candidate(embete), sent=True)
    assess(rival)
    return Scene(
        embete=embete,
        owner=owner,
        rival=rival,
        statsforvalter=make_role("statsforvalter", embete.statsforvalter),
        udir=make_role("udir"),
        second=make_role("udir"),
        ppt=str(ppt),
    )


def heading(page: Page):
    return page.get_by_role("heading", level=1)


def press(page: Page, name: str) -> None:
    """Click the button, and wait until what it leads to has come."""
    page.get_by_role("button", name=name).click()
    page.wait_for_load_state()


def follow(page: Page, name: str) -> None:
    """Click the first such link, and wait until the page has come."""
    page.get_by_role("link", name=name).first.click()
    page.wait_for_load_state()


# The statsforvalter invites, and the owner comes in.


def invite(page: Page, owner: Owner) -> None:
    """From the opptak to the working list, and an invitation to the owner's contact."""
    page.goto(PULJE)
    follow(page, "Legg til kommune")
    page.get_by_label("Navn eller organisasjonsnummer").fill("lyngv")
    press(page, "Søk")
    page.get_by_label(owner.name).check()
    press(page, "Legg til og inviter")
    page.get_by_label("Navn på kontakten").fill("Kari Kontakt")
    page.get_by_label("E-postadresse").fill(CONTACT)
    press(page, "Send invitasjonene")
    expect(page.get_by_text(f"{owner} er invitert.")).to_be_visible()


def accept(page: Page, email: str) -> None:
    """The personal link of the mail; it signs in."""
    page.goto(path_in(mail_to(email), "/invitasjon/"))
    press(page, nn("Ta imot og logg inn"))


def begin(page: Page) -> None:
    """From what the opptak is to the task list of a new søknad."""
    expect(heading(page)).to_have_text(nn("Søk om plass i pulje %(number)s") % {"number": 10})
    press(page, nn("Begynn på søknaden"))
    expect(page.get_by_role("link", name=nn("Fortsett søknaden"))).to_be_visible()


def invite_colleague(page: Page) -> None:
    """Another editor of the same owner, from the task list."""
    follow(page, nn("Inviter noen til å skrive"))
    page.get_by_label(nn("Navn"), exact=True).fill("Ola Kollega")
    page.get_by_label(nn("E-postadresse")).fill(COLLEAGUE)
    press(page, nn("Send invitasjonen"))


# Writing.


def add_unit(page: Page, unit: str, leader: str, email: str) -> None:
    """Search in the register, pick the unit, and send its leader the personal link."""
    page.get_by_label(nn("Navn eller organisasjonsnummer")).fill(unit[:5].lower())
    press(page, nn("Søk"))
    press(page, f"{nn('Legg til')} {unit}")
    page.get_by_label(nn("Navn på lederen")).fill(leader)
    page.get_by_label(nn("E-postadresse")).fill(email)
    press(page, nn("Lagre og send lenka"))


def deliver_part(page: Page, email: str, wish: str) -> None:
    """The leader's own part through the link, without signing in."""
    page.goto(path_in(mail_to(email), "/enhetens-del/"))
    page.get_by_label(nn("Hvorfor vil dere være med?")).fill(wish)
    page.get_by_label(nn("Hva trenger dere mest hjelp til?")).fill("Felles rutinar.")
    page.get_by_label(nn("Ja"), exact=True).last.check()
    press(page, nn("Lever til kommunen"))


def fill_part(page: Page) -> None:
    """Answer whatever the part still asks for."""
    for field in page.locator("form textarea, form input.ds-input[type=text]").all():
        if not field.input_value() and "_date" not in (field.get_attribute("name") or ""):
            field.fill("Svaret vårt.")
    for field in page.locator("form input[type=email]").all():
        field.fill(CONTACT)
    for choice in page.locator("form select[name=ppt]").all():
        choice.select_option(PPT_UNLISTED)
    for group in page.locator("form fieldset:not(:has(:checked))").all():
        group.get_by_role("checkbox").or_(group.get_by_role("radio")).last.check()


def fill_anchors(page: Page) -> None:
    """Who has said yes, and when: one date lies ahead."""
    for row in page.locator("ul.anchor > li").all():
        row.get_by_role("checkbox").check()
        row.get_by_role("textbox").fill("21.10.2026")


def write_parts(page: Page, home: str, slugs: tuple[str, ...] = PARTS) -> None:
    """The parts of the søknad at `home` that have questions, from page to page."""
    for slug in slugs:
        page.goto(f"{home}del/{slug}/")
        fill_part(page)
        fill_anchors(page)
        press(page, nn("Gå videre til «%(next)s»").split("«")[0])
        expect(page).not_to_have_url(re.compile(f"/{slug}/$"))


def confirm_and_send(page: Page) -> None:
    """Every confirmation, then the button twice in a row."""
    for box in page.get_by_role("group").get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name=nn("Send søknaden")).dblclick()
    expect(heading(page)).to_have_text(nn("Søknaden er sendt"))


# The statsforvalter judges and ranks.


def assess_in_portal(page: Page, owner: Owner) -> None:
    """Habilitet first, then 1–4 with a reason for each criterion, and the recommendation."""
    page.goto(PULJE)
    follow(page, "Vurderinger")
    follow(page, owner.name)
    page.get_by_label("Jeg er habil").check()
    press(page, "Lagre svaret")
    for criterion in page.locator("section.crit").all():
        criterion.get_by_role("radio").nth(3).check()
        criterion.get_by_label("Begrunnelse").fill("Det er konkret beskrevet.")
    page.get_by_label("Tilrås", exact=True).check()
    page.get_by_label("Begrunnelse til søkeren").fill(REASON)
    press(page, "Ferdig")
    expect(page.get_by_text("Vurderingen er ferdig.")).to_be_visible()


def ranked(page: Page) -> list[str]:
    """The names on the list that is being ordered, first first, once the page has come."""
    page.wait_for_load_state()
    return page.locator("ol.prio h3").all_inner_texts()


def send_list(page: Page) -> None:
    press(page, "Send lista til Udir")
    expect(page.get_by_role("link", name="Endre lista")).to_be_visible()


# Udir decides, two people let the letter go.


def offer_place(page: Page, owner: Owner) -> None:
    """From the lists side by side to a letter in the outbox."""
    page.goto(PULJE)
    page.get_by_role("navigation", name="Gå til").get_by_role("link", name="Avgjørelse").click()
    page.get_by_label(f"Velg {owner.kommune}").check()
    page.get_by_label("Tilbud", exact=True).check()
    press(page, "Lag ett brev i utboksen")


def read_and_approve(page: Page, owner: Owner) -> None:
    """The letter as it will be, in the målform of the kommune; then the first of two people."""
    page.goto(f"{PULJE}utboks/")
    follow(page, f"Les brevet til {owner}")
    letter = page.get_by_role("article", name="Brevet")
    expect(letter).to_have_attribute("lang", "nn-NO")
    expect(letter).to_contain_text("Svar ja eller nei i portalen innan")
    press(page, "Jeg har lest brevet")
    page.goto(f"{PULJE}utboks/")
    page.get_by_role("region", name="Brev som venter").get_by_role("checkbox").check()
    page.locator("#id_seen").check()
    press(page, "Godkjenn ett brev")


def release(page: Page) -> None:
    """The second of two people."""
    page.goto(f"{PULJE}utboks/")
    page.get_by_role("checkbox").last.check()
    press(page, "Slipp ett brev")


# The owner answers.


def say_yes(page: Page, ppt: str) -> None:
    """From the form to the receipt, with those who are to lead; the units are filled in."""
    page.get_by_label(nn("Ja, vi takker ja")).check()
    leader = nn("Navn på den som leder styringsgruppa")
    page.get_by_label(leader).fill("Lise Leiar")
    page.get_by_label(nn("E-postadresse til lederen av styringsgruppa")).fill("leiar@lmp.example")
    page.get_by_label(nn("Hvilken PPT blir med?")).select_option(label=ppt)
    page.get_by_label(nn("Navn på kontakten i PPT")).fill("Pia Ppt")
    page.get_by_label(nn("E-postadresse til kontakten i PPT")).fill("pia@lmp.example")
    press(page, nn("Send svaret"))
    expect(heading(page)).to_have_text("Lyngvik kommune er med i pulje 10")
