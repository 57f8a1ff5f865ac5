"""The page of somebody who is signed in for one task, without what would be refused.

The pages are those that everybody gets, and lead to meetings, units and other papers. What the
session does not open is taken out of the finished page, so that no page needs to know of sessions,
and a link that is added tomorrow is no dead end either. Pure: HTML in, HTML out.
"""

from collections.abc import Callable

from bs4 import BeautifulSoup, NavigableString, Tag

NAMES = {"b", "dd", "dt", "h1", "h2", "h3", "h4", "span", "strong", "td", "th"}
"""In these a link is the name of something, which stays without it."""
SHELLS = {"li", "p", "div", "ul", "nav"}
"""These go when what was taken out was all they held."""
HOLDS = ["a", "button", "form", "img", "input", "select", "textarea"]


def without_dead_ends(html: str, opens: Callable[[str], bool]) -> str:
    """The page without the links, buttons and forms that lead to what `opens` says no to.

    `opens` is asked with paths that begin with one slash, query included. The words of a link stay
    when it stands in a sentence or names something; a button, a link by itself, and what is empty
    after that go.
    """
    page = BeautifulSoup(html, "html.parser")
    for form in page.find_all("form", action=True):
        if not _is_open(str(form["action"]), opens):
            _take_out(form)
    for link in page.find_all("a", href=True):
        if _is_open(str(link["href"]), opens):
            continue
        if _keeps_words(link):
            link.unwrap()
        else:
            _take_out(link)
    return str(page)


def _is_open(address: str, opens: Callable[[str], bool]) -> bool:
    path = address.partition("#")[0]
    is_ours = path.startswith("/") and not path.startswith("//")
    return not is_ours or opens(path)


def _keeps_words(link: Tag) -> bool:
    if "ds-button" in link.get_attribute_list("class"):
        return False
    before, after = _beside(link.previous_siblings), _beside(link.next_siblings)
    if before is None:
        return link.parent is not None and link.parent.name in NAMES
    return (bool(before) and before[-1] not in ".·") or bool(after)


def _beside(siblings) -> str | None:
    """The words next to an element: empty when an element is next to it, None when nothing is."""
    for each in siblings:
        if not isinstance(each, NavigableString):
            return ""
        if each.strip():
            return each.strip()
    return None


def _take_out(element: Tag) -> None:
    """Take it out, and the elements around it that hold nothing any more."""
    around = element.parent
    element.decompose()
    while around is not None and around.name in SHELLS and _is_empty(around):
        empty, around = around, around.parent
        empty.decompose()


def _is_empty(element: Tag) -> bool:
    return not element.get_text(strip=True) and element.find(HOLDS) is None
