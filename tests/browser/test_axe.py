"""axe in a real Chromium: every page, as every role that may open it, in both målformer.

Bokmål is looked at 1280 px wide, nynorsk 320 px wide, where nothing may need sideways scrolling.
All of it reads one world in one database, which is emptied when the module is done.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test.utils import modify_settings
from django.urls import URLPattern, get_resolver, reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from actors.models import MailboxMessage, User
from actors.rules.links import task_link, unsubscribe_link
from tests.access_world import World, make_identities, make_world
from tests.browser.conftest import give_session, violations, watch
from tests.browser.pages import DEMO, LEADS_ON, LIBRARY, ROLES, addresses, pages_of
from tests.conftest import FIXED_NOW
from tests.factories.notices import make_notice

pytestmark = pytest.mark.django_db(transaction=True)

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 740}
LANGUAGES = {"nb": WIDE, "nn": NARROW}
# A styrer is a leder, and nobody has no role: in nynorsk they add nothing to the others.
IN_ONE_LANGUAGE = ("nobody", "styrer")
# One process a language: it remembers which halves of pages axe has seen at that width.
LOOKED_AT = [
    pytest.param(who, language, marks=pytest.mark.xdist_group(f"axe-{language}"))
    for who in ROLES
    for language in LANGUAGES
    if language == "nb" or who not in IN_ONE_LANGUAGE
]


@dataclass
class Site:
    """A running portal with one world, and the halves of pages that axe has seen already."""

    url: str
    world: World
    people: dict[str, Any]
    seen: set[str] = field(default_factory=set)


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Site]:
    """Build the world once; let nothing of it be left."""
    with django_db_blocker.unblock(), modify_settings(ALLOWED_HOSTS={"append": "localhost"}):
        with time_machine.travel(FIXED_NOW, tick=True):
            world = make_world(9)
            people = make_identities(world.scene)
        server = LiveServer("localhost")
        yield Site(server.url, world, people)
        server.stop()
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def _django_db_helper(site: Site) -> None:
    """In place of pytest-django's own, which empties the database after each test."""


@pytest.fixture
def open_as(site: Site, browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Any]:
    """Return a function that opens a browser as one of the roles; errors on its pages fail."""
    contexts = []

    def open_browser(who: str, language: str = "nb", **values: Any) -> Page:
        values = {"viewport": LANGUAGES[language], **values}
        context = browser.new_context(**{**browser_context_args, "base_url": site.url, **values})
        role = site.people[who]
        if role is None:
            cookie = {"name": "spraak", "value": language, "url": site.url}
            context.add_cookies([cookie])
        else:
            User.objects.filter(pk=role.user_id).update(language=language)
            give_session(context, role, site.url)
        page = context.new_page()
        contexts.append((context, watch(page)))
        return page

    yield open_browser
    for context, _errors in contexts:
        context.close()
    assert [error for _context, errors in contexts for error in errors] == []


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
def test_every_page(who: str, language: str, site: Site, open_as: Any, axe_source: str) -> None:
    page = open_as(who, language)

    found = [
        f"{name}: {problem}"
        for name, path in pages_of(who, site.world).items()
        for problem in problems(page, path, site, axe_source)
    ]

    assert found == []


def problems(page: Page, path: str, site: Site, axe_source: str) -> list[str]:
    """What is wrong with the page at `path`: its answer, its width, the policy, and axe."""
    answer = page.goto(path)
    if answer is None or answer.status not in (200, 401):  # 401: sign-in elsewhere went wrong
        return [f"answers {answer and answer.status}"]
    found = [f"policy: {each}" for each in page.evaluate("window.__broken")]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("needs sideways scrolling")
    return found if is_known(page, site) else [*found, *violations(page, axe_source)]


# axe judges elements, names and colours, not words: where only texts, numbers and addresses differ,
# the same page has been seen.
HALVES = """() => {
    const text = document.body.outerHTML
        .replace(/[A-Za-z0-9]{64}/g, "")
        .replace(/>[^<]*[^<\\s][^<]*</g, ">x<")
        .replace(/ (href|action|value|datetime)="[^"]+"/g, ' $1="x"')
        .replace(/[0-9]+/g, "0");
    const end = text.indexOf("</header>");
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const halves = [text.slice(0, end).replaceAll(' aria-current="page"', ""), text.slice(end)];
    return halves.map(half => `${innerWidth} ${dark} ${half}`);
}"""


def is_known(page: Page, site: Site) -> bool:
    """Whether axe has seen both halves of this page, at this width and in these colours."""
    halves = set(page.evaluate(HALVES))
    known = halves <= site.seen
    site.seen |= halves
    return known


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_in_the_dark(size: dict[str, int], site: Site, open_as: Any, axe_source: str) -> None:
    page = open_as("leder", viewport=size, color_scheme="dark")
    world = site.world.arguments
    paths = [
        reverse("reports:my_page"),
        reverse("meetings:meeting_detail", args=world["held"]),
        reverse("meetings:grunnlag_edit", args=world["meeting"]),
        reverse("reports:unit_detail", args=world["unit"]),
    ]

    found = {path: problems(page, path, site, axe_source) for path in paths}
    udir = open_as("udir", viewport=size, color_scheme="dark")
    for path in (
        "/puljer/9/",
        reverse("cohorts:decision_board", args=world["opptak+listed"]),
        reverse("meetings:control_room"),
        reverse("meetings:control_pause"),
        rule_path(site),
    ):
        found[path] = problems(udir, path, site, axe_source)
    adviser = open_as("statsforvalter", viewport=size, color_scheme="dark")
    for name, key in (
        ("opptak_detail", "opptak"),
        ("assessment_edit", "sent"),
        ("priority_edit", "opptak+assessing"),
    ):
        path = reverse(f"cohorts:{name}", args=world[key])
        found[path] = problems(adviser, path, site, axe_source)
    owner = open_as("eier", viewport=size, color_scheme="dark")
    path = reverse("cohorts:soeknad_conflict", args=world["draft+answer"])
    found[path] = problems(owner, path, site, axe_source)
    login = open_as("anonym", viewport=size, color_scheme="dark")
    found["login"] = problems(login, reverse("account_login"), site, axe_source)

    assert found == {path: [] for path in found}


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_errors_in_a_form(color_scheme: str, site: Site, open_as: Any, axe_source: str) -> None:
    page = open_as("leder", viewport=NARROW, color_scheme=color_scheme)
    page.goto(reverse("meetings:grunnlag_edit", args=site.world.arguments["meeting"]))
    page.get_by_label("Hva ønsker dere veiledning på?").fill("")

    page.get_by_role("button", name="Send ny versjon til veilederne").click()

    expect(page.get_by_role("alert")).to_be_focused()
    assert violations(page, axe_source) == []
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]


def rule_path(site: Site) -> str:
    """The page of a rule for reminders."""
    rule = site.world.scene.pulje.deadline_rules.get(key="veiledningsgrunnlag")
    return reverse("meetings:rule_edit", args=[rule.pk])


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_errors_in_a_rule(color_scheme: str, site: Site, open_as: Any, axe_source: str) -> None:
    page = open_as("udir", viewport=NARROW, color_scheme=color_scheme)
    page.goto(rule_path(site))
    page.get_by_label("Dager", exact=True).first.fill("snart")
    page.locator("#id_text_bm").fill("Frist {frsit}.")

    page.get_by_role("button", name="Ta i bruk").click()

    expect(page.get_by_text("Mente du {frist}?").last).to_be_visible()
    assert violations(page, axe_source) == []
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]


def test_the_links_of_a_mail(site: Site, open_as: Any, axe_source: str) -> None:
    """The page that asks for a code, the same with an error, another person's, and no more mail."""
    duty = site.world.scene.pulje.obligations.for_lists().get(
        meeting=site.world.arguments["held"][0], rule__key="veiledningsgrunnlag"
    )
    notice = make_notice(
        recipient=site.world.scene.leder.user,
        role=site.world.scene.leder,
        subject=f"obligation:{duty.pk}",
        url=duty.get_absolute_url(),
        due=duty.due,
    )
    page = open_as("anonym", viewport=NARROW)

    for path in (task_link(notice), unsubscribe_link(notice.recipient_id, ["reminder"])):
        assert problems(page, path, site, axe_source) == []
    page.goto(task_link(notice))
    page.get_by_role("button", name="Send meg en kode").click()
    page.get_by_label("Kode").fill("feil")
    page.get_by_role("button", name="Åpne oppgaven").click()

    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page, axe_source) == []
    other = open_as("styrer", viewport=NARROW)
    other.goto(task_link(notice))
    assert violations(other, axe_source) == []


def test_sign_in_with_a_code(open_as: Any, axe_source: str) -> None:
    page = open_as("anonym")
    page.goto(reverse("account_request_login_code"))
    page.get_by_label("E-post").fill("feil")
    page.get_by_role("button", name="Send meg en kode").click()
    assert violations(page, axe_source) == []

    page.get_by_label("E-post").fill("ingen@lmp.example")
    page.get_by_role("button", name="Send meg en kode").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Skriv koden fra e-posten")
    assert violations(page, axe_source) == []


@pytest.mark.parametrize("path", ["/finnes-ikke/", "/puljer/9/oppsett/"])
def test_refusals(path: str, open_as: Any, axe_source: str) -> None:
    page = open_as("leder", viewport=NARROW)

    page.goto(path)

    assert violations(page, axe_source) == []
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]


def test_the_demo(site: Site, open_as: Any, axe_source: str, settings: Any) -> None:
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

    found = {path: problems(page, path, site, axe_source) for path in paths}

    assert found == {path: [] for path in paths}
