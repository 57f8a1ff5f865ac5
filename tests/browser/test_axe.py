"""axe in a real Chromium: every page, as every role that may open it, in both målformer.

Bokmål is looked at 1280 px wide, nynorsk 320 px wide, where nothing may need sideways scrolling.
All of it reads one world in one database, which is emptied when the module is done. Every page is
loaded; what axe has looked at on another page it does not look at again (`Memory`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test.utils import modify_settings
from django.urls import URLPattern, get_resolver, reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from actors.models import MailboxMessage, Pause, PauseScope, User
from actors.rules.links import task_link
from tests.access_world import World, make_identities, make_world
from tests.browser.browsers import Browsers, Tab
from tests.browser.looking import Memory
from tests.browser.pages import DARK, DEMO, LEADS_ON, LIBRARY, ROLES, addresses, pages_of
from tests.browser.steps import code_to
from tests.conftest import FIXED_NOW
from tests.factories.notices import make_notice

pytestmark = pytest.mark.django_db(transaction=True)

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 740}
LANGUAGES = {"nb": WIDE, "nn": NARROW}
# A styrer is a leder, and nobody has no role: in nynorsk they add nothing to the others.
IN_ONE_LANGUAGE = ("nobody", "styrer")
# One process a language: it remembers which blocks of pages axe has seen at that width.
LOOKED_AT = [
    pytest.param(who, language, marks=pytest.mark.xdist_group(f"axe-{language}"))
    for who in ROLES
    for language in LANGUAGES
    if language == "nb" or who not in IN_ONE_LANGUAGE
]


@dataclass
class Site:
    """A running portal with one world, its browsers, and what axe has seen in them already."""

    world: World
    people: dict[str, Any]
    browsers: Browsers
    memory: Memory

    def problems(self, page: Page, path: str) -> list[str]:
        """What is wrong with the page at `path`: its answer, and what can be seen."""
        answer = page.goto(path)
        if answer is None or answer.status not in (200, 401):  # 401: sign-in elsewhere went wrong
            return [f"answers {answer and answer.status}"]
        return self.memory.problems(page)


@pytest.fixture(scope="module")
def site(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    browser: Browser,
    browser_context_args: dict[str, Any],
    axe_source: str,
) -> Iterator[Site]:
    """Build the world once; let nothing of it be left."""
    with django_db_blocker.unblock(), modify_settings(ALLOWED_HOSTS={"append": "localhost"}):
        with time_machine.travel(FIXED_NOW, tick=True):
            world = make_world(9)
            people = make_identities(world.scene)
        server = LiveServer("localhost")
        browsers = Browsers(browser, browser_context_args, server.url)
        yield Site(world, people, browsers, Memory(axe_source))
        browsers.close()
        server.stop()
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def _django_db_helper(site: Site) -> None:
    """In place of pytest-django's own, which empties the database after each test."""


@pytest.fixture
def open_as(site: Site) -> Iterator[Any]:
    """Return a function that opens a browser as one of the roles; errors on its pages fail."""
    taken: list[Tab] = []

    def open_browser(who: str, language: str = "nb", **values: Any) -> Page:
        role = site.people[who]
        if role is not None:
            User.objects.filter(pk=role.user_id).update(language=language)
        tab = site.browsers.take(role, **{"viewport": LANGUAGES[language], **values})
        taken.append(tab)
        if role is None:
            cookie = {"name": "spraak", "value": language, "url": site.browsers.url}
            tab.page.context.add_cookies([cookie])
        return tab.page

    yield open_browser
    errors = [error for tab in taken for error in tab.errors]
    for tab in taken:
        site.browsers.give_back(tab)
    assert errors == []


def test_every_address_is_looked_at_or_has_a_reason() -> None:
    every = {
        pattern.name
        for each in get_resolver().url_patterns
        for pattern in _patterns(each)
        if pattern.name
    }

    assert every - {name.split(":")[-1] for name in addresses()} == {
        name.split(":")[-1] for name in [*DEMO, *LIBRARY, *LEADS_ON]
    } | {"mailbox_message", "mailbox_html"}


def _patterns(found: Any) -> list[URLPattern]:
    if isinstance(found, URLPattern):
        return [found]
    if found.namespace == "admin":
        return []
    return [pattern for each in found.url_patterns for pattern in _patterns(each)]


@pytest.mark.parametrize(("who", "language"), LOOKED_AT)
def test_every_page(who: str, language: str, site: Site, open_as: Any) -> None:
    page = open_as(who, language)

    found = [
        f"{name}: {problem}"
        for name, path in pages_of(who, site.world).items()
        for problem in site.problems(page, path)
    ]

    assert found == []


THEMES = pytest.mark.parametrize("color_scheme", ["light", "dark"])
SIZES = pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])


@SIZES
@pytest.mark.parametrize("who", DARK)
def test_in_the_dark(who: str, viewport: dict[str, int], site: Site, open_as: Any) -> None:
    page = open_as(who, viewport=viewport, color_scheme="dark")

    found = [
        f"{name}: {problem}"
        for name, key in DARK[who].items()
        for problem in site.problems(page, reverse(name, args=site.world.arguments[key]))
    ]

    assert found == []


@THEMES
def test_errors_in_a_form(color_scheme: str, site: Site, open_as: Any) -> None:
    page = open_as("leder", viewport=NARROW, color_scheme=color_scheme)
    page.goto(reverse("meetings:grunnlag_edit", args=site.world.arguments["meeting"]))
    page.get_by_label("Hva ønsker dere veiledning på?").fill("")

    page.get_by_role("button", name="Send ny versjon til veilederne").click()

    expect(page.get_by_role("alert")).to_be_focused()
    assert site.memory.problems(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]


def rule_path(site: Site, key: str) -> str:
    """The page of a rule for reminders."""
    rule = site.world.scene.pulje.deadline_rules.get(key=key)
    return reverse("meetings:rule_edit", args=[rule.pk])


@SIZES
@THEMES
def test_a_rule_with_its_preview(
    color_scheme: str, viewport: dict[str, int], site: Site, open_as: Any
) -> None:
    page = open_as("udir", viewport=viewport, color_scheme=color_scheme)
    assert site.problems(page, rule_path(site, "semesterevaluering")) == []
    page.get_by_role("button", name="Legg til påminnelse").click()
    page.locator(".offs li").last.get_by_label("Dager", exact=True).fill("2")
    page.get_by_role("button", name="Regn ut på nytt").last.click()

    page.get_by_role("button", name=re.compile("^Se de")).click()

    expect(page.get_by_role("region", name="Får flere med endringen")).to_be_visible()
    assert site.memory.problems(page) == []


@SIZES
@THEMES
def test_while_the_sending_stands_still(
    color_scheme: str, viewport: dict[str, int], site: Site, open_as: Any
) -> None:
    pause = Pause.objects.create(
        scope=PauseScope.EVERYTHING,
        reason="Feil dato.",
        starts_at=FIXED_NOW,
        set_by=site.world.scene.udir.user,
    )
    page = open_as("udir", viewport=viewport, color_scheme=color_scheme)
    paths = [
        reverse("meetings:control_room"),
        reverse("meetings:control_paused", args=[pause.pk]),
        reverse("reports:pulje_list"),
    ]

    found = {path: site.problems(page, path) for path in paths}
    pause.delete()

    assert found == {path: [] for path in paths}


@THEMES
def test_errors_in_a_rule(color_scheme: str, site: Site, open_as: Any) -> None:
    page = open_as("udir", viewport=NARROW, color_scheme=color_scheme)
    page.goto(rule_path(site, "veiledningsgrunnlag"))
    page.get_by_label("Dager", exact=True).first.fill("snart")
    page.locator("#id_text_bm").fill("Frist {frsit}.")

    page.get_by_role("button", name="Ta i bruk").click()

    expect(page.get_by_text("Mente du {frist}?").last).to_be_visible()
    assert site.memory.problems(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]


@THEMES
def test_the_link_of_a_mail(color_scheme: str, site: Site, open_as: Any) -> None:
    """The page that asks for a code, the same with an error, the form behind it, and all others."""
    person = site.world.scene.leder.user
    duty = site.world.scene.pulje.obligations.for_lists().get(
        meeting=site.world.arguments["held"][0], rule__key="veiledningsgrunnlag"
    )
    link = task_link(
        make_notice(
            recipient=person,
            role=site.world.scene.leder,
            subject=f"obligation:{duty.pk}",
            occasion=color_scheme,
            url=duty.get_absolute_url(),
            due=duty.due,
        )
    )
    page = open_as("anonym", viewport=NARROW, color_scheme=color_scheme)

    assert site.problems(page, link) == []
    page.get_by_role("button", name="Send meg en kode").click()
    page.get_by_label("Kode").fill("feil")
    page.get_by_role("button", name="Åpne oppgaven").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert site.memory.problems(page) == []

    page.get_by_label("Kode").fill(code_to(person.email))
    page.get_by_role("button", name="Åpne oppgaven").click()
    expect(page.get_by_text("Du er logget inn bare for denne oppgaven")).to_be_visible()
    assert site.memory.problems(page) == []
    page.goto(reverse("reports:my_page"))
    assert site.memory.problems(page) == []
    other = open_as("styrer", viewport=NARROW, color_scheme=color_scheme)
    other.goto(link)
    assert site.memory.problems(other) == []


def test_sign_in_with_a_code(site: Site, open_as: Any) -> None:
    page = open_as("anonym")
    page.goto(reverse("account_request_login_code"))
    page.get_by_label("E-post").fill("feil")
    page.get_by_role("button", name="Send meg en kode").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert site.memory.problems(page) == []

    page.get_by_label("E-post").fill("ingen@lmp.example")
    page.get_by_role("button", name="Send meg en kode").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Skriv koden fra e-posten")
    assert site.memory.problems(page) == []


@pytest.mark.parametrize("path", ["/finnes-ikke/", "/puljer/9/oppsett/"])
def test_refusals(path: str, site: Site, open_as: Any) -> None:
    page = open_as("leder", viewport=NARROW)

    page.goto(path)

    assert site.memory.problems(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]


def test_the_demo(site: Site, open_as: Any, settings: Any) -> None:
    settings.DEMO = True
    mail = MailboxMessage.objects.create(
        to="rektor@lmp.example",
        sender="post@lmp.example",
        subject="To frister denne uka",
        text="Hei",
        html="<p>Hei</p>",
        sent_at=FIXED_NOW,
    )
    page = open_as("anonym", viewport=NARROW)
    paths = [
        reverse("actors:demo_sign_in"),
        reverse("actors:mailbox"),
        reverse("actors:mailbox_message", args=[mail.pk]),
    ]

    found = {path: site.problems(page, path) for path in paths}

    assert found == {path: [] for path in paths}
