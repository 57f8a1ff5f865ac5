"""Browsers that are kept from test to test, and emptied of what the last one left in them.

A new one takes Chromium two seconds of work, most of it for its first page; an emptied one none.
"""

import time
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from actors.middleware import SESSION_KEY as ROLE_KEY
from actors.models import Role

VIEWPORT = {"width": 1280, "height": 720}
EMPTY = "/static/img/mark.svg"  # a picture, without a script
WATCH_POLICY = """
window.__broken = [];
document.addEventListener("securitypolicyviolation", (event) => {
    window.__broken.push(`${event.violatedDirective}: ${event.blockedURI}`);
});
"""


@dataclass
class Tab:
    """One window of a browser of its own, and the errors that have come on its pages."""

    page: Page
    scripted: bool
    errors: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Collect script errors and breaches of the policy from now on."""
        self.page.add_init_script(WATCH_POLICY)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda message: self.errors.extend(policy_errors(message)))

    def look(self, viewport: dict[str, int], color_scheme: str) -> None:
        """Be so large, in these colours."""
        if self.page.viewport_size != viewport:
            self.page.set_viewport_size(viewport)  # type: ignore[arg-type]
        self.page.emulate_media(color_scheme=color_scheme)  # type: ignore[arg-type]

    def empty(self) -> None:
        """Forget the person, and what the pages have stored."""
        self.page.context.clear_cookies()
        self.page.goto(EMPTY)
        if self.scripted:
            self.page.evaluate("localStorage.clear(); sessionStorage.clear()")
        self.errors.clear()


class Browsers:
    """The browsers at one address, free or taken."""

    def __init__(self, browser: Browser, values: dict[str, Any], url: str) -> None:
        self._browser = browser
        self._values = {**values, "base_url": url}
        self.url = url
        self._free: list[Tab] = []

    def take(
        self,
        user: Any = None,
        *,
        viewport: dict[str, int] = VIEWPORT,
        color_scheme: str = "light",
        java_script_enabled: bool = True,
    ) -> Tab:
        """Return a browser without a past, with the person signed in."""
        free = [tab for tab in self._free if tab.scripted == java_script_enabled]
        tab = free[-1] if free else self._open(java_script_enabled)
        if free:
            self._free.remove(tab)
        tab.look(viewport, color_scheme)
        if user is not None:
            give_session(tab.page.context, user, self.url)
        return tab

    def give_back(self, tab: Tab) -> None:
        """Empty it for the next one."""
        tab.empty()
        self._free.append(tab)

    def close(self) -> None:
        for tab in self._free:
            tab.page.context.close()

    def _open(self, scripted: bool) -> Tab:
        context = self._browser.new_context(**{**self._values, "java_script_enabled": scripted})
        tab = Tab(context.new_page(), scripted)
        tab.watch()
        return tab


def policy_errors(message: ConsoleMessage) -> list[str]:
    """Return the text of a console message about the policy; a missing page is no such error."""
    is_policy = message.type == "error" and "Content Security Policy" in message.text
    return [message.text] if is_policy else []


def give_session(context: BrowserContext, user: Any, url: str) -> None:
    """Sign the person in by a session cookie; given a role, the one who holds it, acting in it."""
    session = SessionStore()
    if isinstance(user, Role):
        session[ROLE_KEY] = user.pk
        user = user.user
    code = {"method": "code", "at": time.time(), "email": user.email}
    session["account_authentication_methods"] = [code]  # just now, so that it need not be repeated
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    name = settings.SESSION_COOKIE_NAME
    context.clear_cookies(name=name)
    context.add_cookies([{"name": name, "value": session.session_key or "", "url": url}])
