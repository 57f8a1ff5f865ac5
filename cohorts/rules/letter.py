"""The words of a letter: placeholders, its målform, and what it is made of. Pure functions."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.rules.letter_defaults import PLACEHOLDERS
from lmp.lib.wording import join_words, tallord

__all__ = [
    "PLACEHOLDERS",
    "Block",
    "blocks_of",
    "embete_in",
    "fill",
    "letter_language",
    "offered_units",
    "reference_of",
    "short_sum",
    "unknown_placeholders",
]

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_STATSFORVALTER = {"nb": "Statsforvalteren", "nn": "Statsforvaltaren"}


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with each known placeholder replaced; one without a value stays as it is."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1].strip(), found[0]), text)


def unknown_placeholders(text: str) -> list[str]:
    """The names in braces that no letter can fill, each once, in the order they stand."""
    names = (name.strip() for name in _PLACEHOLDER.findall(text))
    return list(dict.fromkeys(name for name in names if name not in PLACEHOLDERS))


def letter_language(maalform: str, answer: str) -> str:
    """«nb» or «nn» for a letter, whatever language its writer works in.

    `maalform` is the språkvedtak of the kommune («bokmaal», «nynorsk», «noeytral», or "" for an
    owner without one, as a private school); then the `answer` in the søknad («nb», «nn») decides.
    """
    decided = {"nynorsk": "nn", "bokmaal": "nb"}.get(maalform)
    return decided or ("nn" if answer == "nn" else "nb")


def reference_of(year: int, pulje: int, number: int) -> str:
    """«2026/10-0007»: the year it was decided, the pulje, and the number of the decision."""
    return f"{year}/{pulje}-{number:04d}"


def short_sum(sha256: str) -> str:
    """The first twelve digits of a control sum in groups of four, for reading out."""
    return " ".join(sha256[at : at + 4] for at in range(0, 12, 4))


def embete_in(name: str, language: str) -> str:
    """The name of an embete in the målform: «Statsforvaltaren i Innsjø og Fjell»."""
    for title in _STATSFORVALTER.values():
        if name.startswith(title):
            return _STATSFORVALTER[language] + name.removeprefix(title)
    return name


def offered_units(kinds: Iterable[str], offered: int | None = None) -> str:
    """«tre skoler og to barnehager» in the active language; «inntil fire enheter» when fewer are
    `offered` than the søknad has. `kinds` is «skole» or «barnehage» for each unit."""
    found = list(kinds)
    if offered is not None and offered != len(found):
        text = ngettext("inntil %(n)s enhet", "inntil %(n)s enheter", offered)
        return text % {"n": tallord(offered)}
    skoler, barnehager = found.count("skole"), found.count("barnehage")
    words = []
    if skoler:
        text = ngettext("%(n)s skole", "%(n)s skoler", skoler)
        words.append(text % {"n": tallord(skoler)})
    if barnehager:
        text = ngettext("%(n)s barnehage", "%(n)s barnehager", barnehager)
        words.append(text % {"n": tallord(barnehager)})
    return join_words(words) or _("ingen enheter")


@dataclass(frozen=True)
class Block:
    """A piece of a letter: a paragraph (`text`), one to act on (`strong` first), or a list."""

    kind: str
    text: str = ""
    strong: str = ""
    items: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """The same as JSON."""
        return {
            "kind": self.kind,
            "text": self.text,
            "strong": self.strong,
            "items": list(self.items),
        }


def blocks_of(text: str, values: Mapping[str, str]) -> list[Block]:
    """The pieces of a template's text with its placeholders filled.

    An empty line parts paragraphs, and a line that starts with «- » is an item of a list. The
    paragraph that names the deadline to answer is the one to act on.
    """
    found: list[Block] = []
    for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        lines = [line.strip() for line in part.splitlines() if line.strip()]
        items = tuple(fill(line[2:], values) for line in lines if line.startswith("- "))
        plain = " ".join(line for line in lines if not line.startswith("- "))
        if plain:
            found.append(_paragraph(plain, values))
        if items:
            found.append(Block("list", items=items))
    return found


def _paragraph(template: str, values: Mapping[str, str]) -> Block:
    deadline = values.get("svarfrist", "")
    text = fill(template, values)
    if "{svarfrist}" not in template or not deadline:
        return Block("p", text)
    end = text.index(deadline) + len(deadline)
    stop = text.find(".", end)
    end = stop + 1 if stop >= 0 else len(text)
    return Block("act", text[end:].strip(), strong=text[:end])
