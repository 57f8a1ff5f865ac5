"""Hits in a register search: the matched letters marked, and what is worth knowing of a unit."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# Below this, children are easily recognised in what is written (domain 4.2).
FEW_CHILDREN = 10
SHORTEST = 2


@dataclass(frozen=True)
class Part:
    """A piece of a name; `hit` when it is what was searched for."""

    text: str
    hit: bool


def marked(name: str, query: str) -> list[Part]:
    """Split a name where the words of the query stand, without regard to case."""
    folded = name.casefold()
    words = [word for word in query.casefold().split() if len(word) >= SHORTEST]
    hits = [False] * len(name)
    for word in words if len(folded) == len(name) else []:
        at = folded.find(word)
        while at >= 0:
            hits[at : at + len(word)] = [True] * len(word)
            at = folded.find(word, at + 1)
    parts: list[Part] = []
    for letter, hit in zip(name, hits, strict=True):
        if parts and parts[-1].hit == hit:
            parts[-1] = Part(parts[-1].text + letter, hit)
        else:
            parts.append(Part(letter, hit))
    return parts


def grades_in_words(grade_from: int | None, grade_to: int | None) -> str:
    """«1.–7. trinn», or nothing when the register does not say."""
    if grade_from is None or grade_to is None:
        return ""
    if grade_from == grade_to:
        return _("%(grade)s. trinn") % {"grade": grade_from}
    return _("%(low)s.–%(high)s. trinn") % {"low": grade_from, "high": grade_to}


def children_in_words(kind: str, count: int | None) -> str:
    """«214 elever» in a skole, «72 barn» in a barnehage, nothing when the number is not known."""
    if count is None:
        return ""
    if kind == "skole":
        text = ngettext("%(count)s elev", "%(count)s elever", count)
    else:
        text = _("%(count)s barn")
    return text % {"count": count}


def orgnr_in_words(orgnr: str) -> str:
    """«org.nr. 999 990 101»."""
    return _("org.nr. %(number)s") % {"number": spaced_orgnr(orgnr)}


def spaced_orgnr(orgnr: str) -> str:
    """«999 990 101»."""
    return " ".join(orgnr[at : at + 3] for at in range(0, len(orgnr), 3))


def unit_in_words(
    kind: str,
    ownership: str,
    grades: tuple[int | None, int | None],
    children: int | None,
    owner: str = "",
) -> str:
    """What the register says of a unit: «Offentlig skole · 1.–7. trinn · 214 elever»."""
    names = {
        ("skole", "offentlig"): _("Offentlig skole"),
        ("skole", "privat"): _("Privat skole"),
        ("barnehage", "offentlig"): _("Offentlig barnehage"),
        ("barnehage", "privat"): _("Privat barnehage"),
    }
    first = names[kind, ownership]
    if ownership == "privat" and owner:
        first = f"{first}, {owner}"
    parts = [first, grades_in_words(*grades), children_in_words(kind, children)]
    return " · ".join(part for part in parts if part)


def few_children(children: int | None) -> bool:
    """Whether children are easily recognised in texts from the unit."""
    return children is not None and children < FEW_CHILDREN
