"""The heading says the answer: how a pulje, an owner or a unit stands, in one or two sentences.

Pure functions of names and counts. They never judge quality, only what has a date and what is
late (domain 5, no. 11).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lmp.lib.wording import dag, join_words, tallord

MOST_CLAUSES = 3
MOST_NAMES = 3
MOST_KINDS = 2


@dataclass(frozen=True)
class Standing:
    """Somebody that takes part, and what is behind: the names of the kinds of activity.

    `missing` lack a date after the deadline for setting one, `overdue` are over their deadline.
    """

    name: str
    missing: tuple[str, ...] = ()
    overdue: tuple[str, ...] = ()

    @property
    def is_behind(self) -> bool:
        return bool(self.missing or self.overdue)


def pulje_heading(name: str, behind: int, total: int, *, state: str = "now") -> str:
    """«Pulje 9 er stort sett i rute». `state` is now, before (not begun), after or closed."""
    if state == "closed":
        return _("%(pulje)s er avsluttet") % {"pulje": name}
    if total == 0:
        return _("%(pulje)s har ingen deltakere ennå") % {"pulje": name}
    if state == "before":
        return _("%(pulje)s: semesteret har ikke begynt") % {"pulje": name}
    if state == "after":
        return _("%(pulje)s: semesteret er over") % {"pulje": name}
    if behind == 0:
        return _("%(pulje)s er i rute") % {"pulje": name}
    if behind * 3 <= total:
        return _("%(pulje)s er stort sett i rute") % {"pulje": name}
    if behind * 3 <= total * 2:
        return _("%(pulje)s er delvis i rute") % {"pulje": name}
    return _("%(pulje)s er forsinket") % {"pulje": name}


def in_step(standings: Sequence[Standing], *, kommuner: bool = True) -> str:
    """«10 av 14 kommuner er helt i rute.»; empty when nobody takes part."""
    total = len(standings)
    good = sum(not standing.is_behind for standing in standings)
    if total == 0:
        return ""
    if good == total:
        if kommuner:
            words = ngettext(
                "Kommunen er helt i rute.", "Alle %(n)s kommuner er helt i rute.", total
            )
        else:
            words = ngettext("Eieren er helt i rute.", "Alle %(n)s eiere er helt i rute.", total)
        return words % {"n": tallord(total)}
    if good == 0:
        none = _("Ingen av de %(n)s kommunene er helt i rute.")
        if not kommuner:
            none = _("Ingen av de %(n)s eierne er helt i rute.")
        return "" if total == 1 else none % {"n": tallord(total)}
    if kommuner:
        words = ngettext(
            "%(good)s av %(n)s kommune er helt i rute.",
            "%(good)s av %(n)s kommuner er helt i rute.",
            total,
        )
    else:
        words = ngettext(
            "%(good)s av %(n)s eier er helt i rute.",
            "%(good)s av %(n)s eiere er helt i rute.",
            total,
        )
    return words % {"good": good, "n": total}


def reasons(standings: Iterable[Standing]) -> list[str]:
    """A sentence for each reason, naming who is behind, in the order given; at most three.

    Who lacks the same things is named together. Of one who both lacks dates and is late, the dates
    are told: nothing else comes right before them. The last sentence counts those left out.
    """
    groups: dict[tuple[bool, tuple[str, ...]], list[str]] = {}
    for each in standings:
        if each.is_behind:
            kinds = each.missing or each.overdue
            shown = kinds if len(kinds) <= MOST_KINDS else (*kinds[:1], "")
            groups.setdefault((bool(each.missing), shown), []).append(each.name)
    sentences = [
        _reason(names, kinds, lacks_dates=lacks_dates)
        for (lacks_dates, kinds), names in list(groups.items())[:MOST_CLAUSES]
    ]
    left = sum(len(names) for names in list(groups.values())[MOST_CLAUSES:])
    if left:
        words = ngettext("%(n)s til er etter.", "%(n)s til er etter.", left)
        sentences.append((words % {"n": tallord(left)}).capitalize())
    return sentences


def _reason(names: Sequence[str], kinds: Sequence[str], *, lacks_dates: bool) -> str:
    """`kinds` ends with an empty name when there are more than are told."""
    values = {"who": _names(names), "what": _things([kind for kind in kinds if kind])}
    if "" in kinds:
        text = (
            _("%(who)s mangler dato for blant annet %(what)s.")
            if lacks_dates
            else _("%(who)s er over fristen med blant annet %(what)s.")
        )
    elif lacks_dates:
        text = _("%(who)s mangler dato for %(what)s.")
    else:
        text = _("%(who)s er over fristen med %(what)s.")
    return text % values


def _names(names: Sequence[str]) -> str:
    if len(names) <= MOST_NAMES:
        return join_words(list(names))
    more = len(names) - MOST_NAMES + 1
    others = ngettext("%(n)s til", "%(n)s til", more) % {"n": tallord(more)}
    return join_words([*names[: MOST_NAMES - 1], others])


def _things(kinds: Sequence[str]) -> str:
    """Names of kinds inside a sentence: with a small first letter."""
    return join_words([kind[:1].lower() + kind[1:] for kind in kinds])


def units_in_step(standings: Sequence[Standing]) -> str:
    """«Tre av fire enheter er i rute.»; empty without units."""
    total = len(standings)
    good = sum(not standing.is_behind for standing in standings)
    if total == 0:
        return ""
    if total == 1:
        return _("Enheten er i rute.") if good else ""
    if good == total:
        return _("Alle %(n)s enheter er i rute.") % {"n": tallord(total)}
    if good == 0:
        return _("Ingen av de %(n)s enhetene er helt i rute.") % {"n": tallord(total)}
    words = ngettext(
        "%(good)s av %(n)s enheter er i rute.", "%(good)s av %(n)s enheter er i rute.", good
    )
    text = words % {"good": tallord(good), "n": tallord(total)}
    return text[:1].upper() + text[1:]


def greeting(first_name: str, count: int, *, opptak_waits: bool = False) -> str:
    """«Hei, Marit. Du har fire ting å gjøre.»"""
    if count == 0 and opptak_waits:
        return _("Hei, %(name)s. Opptaket venter på deg.") % {"name": first_name}
    if count == 0:
        return _("Hei, %(name)s. Du er ajour.") % {"name": first_name}
    words = ngettext(
        "Hei, %(name)s. Du har %(n)s ting å gjøre.",
        "Hei, %(name)s. Du har %(n)s ting å gjøre.",
        count,
    )
    return words % {"name": first_name, "n": tallord(count)}


def things_to_raise(standing: Standing, *, late_points: int = 0) -> list[str]:
    """What the styringsgruppe may ask a unit: questions, not verdicts (design 4.6)."""
    questions = []
    if standing.missing:
        text = _("Hva skal til for å finne datoer for %(what)s?")
        questions.append(text % {"what": _things(standing.missing)})
    if standing.overdue:
        text = _("Hvilken hjelp trengs for å få ferdig %(what)s?")
        questions.append(text % {"what": _things(standing.overdue)})
    if late_points:
        questions.append(_("Hva står i veien for det dere avtalte sist?"))
    return questions or [_("Hvilke erfaringer kan andre ha nytte av?")]


def unit_heading(standing: Standing) -> str:
    """«Granli skole er i rute»; a unit that is behind «trenger hjelp til å komme videre»."""
    if standing.is_behind:
        return _("%(unit)s har noe som haster") % {"unit": standing.name}
    return _("%(unit)s er i rute") % {"unit": standing.name}


def week_heading(weeks_away: int, number: int, visits: int, papers: int) -> str:
    """«Neste uke: fire økter, to nye grunnlag»."""
    when = {0: _("Denne uka"), 1: _("Neste uke")}.get(weeks_away, _("Uke %(n)s") % {"n": number})
    if visits == 0:
        return _("%(when)s: ingen møter") % {"when": when}
    meetings = ngettext("ett møte", "%(n)s møter", visits) % {"n": tallord(visits)}
    if papers == 0:
        return f"{when}: {meetings}"
    sent = ngettext("ett grunnlag er kommet", "%(n)s grunnlag er kommet", papers)
    return f"{when}: {meetings}, {sent % {'n': tallord(papers)}}"


def span_of_days(first: date, last: date) -> str:
    """«23.–27. november», «30. november–4. desember»."""
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}.–{dag(last)}"
    return f"{dag(first)}–{dag(last)}"
