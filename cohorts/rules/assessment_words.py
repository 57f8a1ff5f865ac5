"""What the pages about assessments say, in words. Local dates."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lmp.lib.wording import dag, join_words, small_first, tallord


def role_in_words(title: str, place: str, start: date, end: date | None, today: date) -> str:
    """«Du var rektor, Granli skole, fra 1. januar 2020 til 30. juni 2024.»"""
    values = {
        "role": small_first(title),
        "place": place,
        "start": dag(start, year=True),
        "end": dag(end, year=True) if end else "",
    }
    if start > today:
        return _("Du blir %(role)s, %(place)s, fra %(start)s.") % values
    if end is None:
        return _("Du er %(role)s, %(place)s, siden %(start)s.") % values
    if end < today:
        return _("Du var %(role)s, %(place)s, fra %(start)s til %(end)s.") % values
    return _("Du er %(role)s, %(place)s, fra %(start)s til %(end)s.") % values


def lead_of_two(other: str, compared: int, differing: int) -> str:
    """How far two assessors agree; `other` is the colleague's name, or "" when there is none.

    `compared` are the criteria where both scores are shown.
    """
    if not other:
        return _("Du vurderer søknaden alene til nå. En kollega kan vurdere den også.")
    apart = _("Du og %(other)s vurderer hver for dere.") % {"other": other}
    if not compared:
        return apart
    text = ngettext(
        "Dere er enige om %(agreed)s av %(total)s kriterium.",
        "Dere er enige om %(agreed)s av %(total)s kriterier.",
        compared,
    )
    agreed = compared - differing
    if not agreed:
        text = ngettext(
            "Dere er ikke enige om det ene kriteriet dere begge har vurdert.",
            "Dere er ikke enige om noen av de %(total)s kriteriene.",
            compared,
        )
    words = {"agreed": tallord(agreed, "n"), "total": tallord(compared, "n")}
    return f"{apart} {text % words}"


def table_heading(total: int, assessed: int) -> str:
    """«Elleve søknader, ti er vurdert»."""
    if not total:
        return _("Ingen søknader har kommet ennå")
    applications = ngettext("%(n)s søknad", "%(n)s søknader", total) % {"n": tallord(total)}
    if assessed == total:
        return capitalised(
            ngettext("%(all)s er vurdert", "%(all)s er vurdert", total) % {"all": applications}
        )
    done = tallord(assessed) if assessed else _("ingen")
    return capitalised(
        ngettext("%(all)s, %(done)s er vurdert", "%(all)s, %(done)s er vurdert", total)
        % {"all": applications, "done": done}
    )


def table_lead(top: Sequence[str], differing: int) -> str:
    """Who stands first, and how many applications two assessors see differently; "" for nothing."""
    sentences = []
    if top:
        sentences.append(_("%(names)s ligger øverst.") % {"names": join_words(list(top))})
    if differing:
        text = ngettext(
            "%(n)s søknad har ulike vurderinger som dere bør snakke om.",
            "%(n)s søknader har ulike vurderinger som dere bør snakke om.",
            differing,
        )
        sentences.append(capitalised(text % {"n": tallord(differing)}))
    return " ".join(sentences)


def units_in_words(kinds: Iterable[str]) -> str:
    """«3 skoler og 2 barnehager» from the kinds of the units; "" for none."""
    counted = list(kinds)
    skoler, barnehager = counted.count("skole"), counted.count("barnehage")
    words = []
    if skoler:
        words.append(ngettext("%(n)s skole", "%(n)s skoler", skoler) % {"n": skoler})
    if barnehager:
        text = ngettext("%(n)s barnehage", "%(n)s barnehager", barnehager)
        words.append(text % {"n": barnehager})
    return join_words(words)


def number(value: Decimal) -> str:
    """«17,5», and «17» when there is nothing behind the comma."""
    return f"{value:f}".removesuffix(".0").replace(".", ",")


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
