"""The page of somebody who is signed in for one task, without what would be refused.

The pages are those that everybody gets, and lead to meetings, units and other papers. What the
session does not open is taken out of the finished page, so that no page needs to know of sessions,
and a link that is added tomorrow is no dead end either. Pure: HTML in, HTML out.
"""

import re
from collections.abc import Callable
from html import unescape

LINK = re.compile(r'<a\b[^>]*?\shref="([^"]*)"[^>]*>(.*?)</a>', re.S)
FORM = re.compile(r'<form\b[^>]*?\saction="([^"]*)"[^>]*>.*?</form>', re.S)
OPENING = re.compile(r"<(\w+)[^>]*>\s*$")
GONE = "\0"
NOTHING = rf"(?:[\s{GONE}]|<svg\b[^>]*>(?:(?!</svg>).)*</svg>)*"
EMPTY = re.compile(rf"<(li|p|div|ul|nav)\b[^>]*>{NOTHING}{GONE}{NOTHING}</\1>", re.S)
NAMES = ("b", "dd", "dt", "h1", "h2", "h3", "h4", "span", "strong", "td", "th")
"""In these a link is the name of something, which stays without it."""


def without_dead_ends(html: str, opens: Callable[[str], bool]) -> str:
    """The page without the links, buttons and forms that lead to what `opens` says no to.

    `opens` is asked with paths that begin with one slash, query included. The words of a link stay
    when it stands in a sentence or names something; a button, a link by itself, and what is empty
    after that go.
    """

    def link(found: re.Match) -> str:
        if _is_open(found[1], opens):
            return found[0]
        return found[2] if _keeps_words(html, found) else GONE

    def form(found: re.Match) -> str:
        return found[0] if _is_open(found[1], opens) else GONE

    left = LINK.sub(link, html)
    left = FORM.sub(form, left)
    shorter = EMPTY.sub(GONE, left)
    while shorter != left:
        left, shorter = shorter, EMPTY.sub(GONE, shorter)
    return left.replace(GONE, "")


def _is_open(address: str, opens: Callable[[str], bool]) -> bool:
    path = unescape(address).partition("#")[0]
    is_ours = path.startswith("/") and not path.startswith("//")
    return not is_ours or opens(path)


def _keeps_words(html: str, link: re.Match) -> bool:
    if "ds-button" in link[0][: link.start(2) - link.start()]:
        return False
    opening = OPENING.search(html, max(0, link.start() - 300), link.start())
    if opening:
        return opening[1] in NAMES
    before, after = html[: link.start()].rstrip()[-1:], html[link.end() :].lstrip()[:1]
    return before not in ">.·" or after != "<"
