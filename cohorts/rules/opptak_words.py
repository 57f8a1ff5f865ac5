"""How an opptak stands, in sentences."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lmp.lib.wording import join_words, tallord


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def lists_headline(sent: int, total: int) -> str:
    """How many embeter have sent their list: «To av ti embeter har sendt lista»."""
    values = {"sent": _capital(tallord(sent)), "total": tallord(total)}
    if total == 0:
        return _("Ingen embeter er med i opptaket")
    if sent == 0:
        return _("Ingen av embetene har sendt lista ennå")
    if sent == total:
        return _("Alle embetene har sendt lista")
    if sent == 1:
        values["sent"] = _capital(tallord(1, "n"))
    return _("%(sent)s av %(total)s embeter har sendt lista") % values


def lists_missing(names: list[str]) -> str:
    """Which embeter have not sent their list: the names when they are few; empty when none."""
    if not names:
        return ""
    if len(names) <= 3:
        return _("%(names)s har ikke sendt lista.") % {"names": join_words(names)}
    return _("%(count)s embeter har ikke sendt lista.") % {"count": _capital(tallord(len(names)))}


def undecided_in_words(count: int) -> str:
    """How many applications on sent lists have no decision."""
    text = ngettext(
        "%(count)s søknad er ikke avgjort.", "%(count)s søknader er ikke avgjort.", count
    )
    return text % {"count": _capital(tallord(count))}


def held_in_words(count: int) -> str:
    """How many letters wait in the outbox."""
    return _("%(count)s brev ligger i utboksen.") % {"count": _capital(tallord(count, "n"))}


def unanswered_in_words(count: int) -> str:
    """How many offers nobody has answered."""
    return _("%(count)s tilbud venter på svar.") % {"count": _capital(tallord(count, "n"))}


def free_in_words(count: int) -> str:
    """How many places were given back and may go to the next on the reserve list."""
    text = ngettext(
        "%(count)s plass er ledig, og noen står på reservelista.",
        "%(count)s plasser er ledige, og noen står på reservelista.",
        count,
    )
    return text % {"count": _capital(tallord(count))}


def candidates_in_words(count: int, capacity: int | None) -> str:
    """How many are considered, and for how many places."""
    text = ngettext(
        "%(count)s kommune eller skole er aktuell.",
        "%(count)s kommuner og skoler er aktuelle.",
        count,
    )
    words = text % {"count": _capital(tallord(count))}
    if not count:
        words = _("Ingen er satt opp som aktuelle ennå.")
    if capacity is None:
        return words
    places = ngettext("Det er %(count)s plass i alt.", "Det er %(count)s plasser i alt.", capacity)
    return f"{words} {places % {'count': tallord(capacity)}}"
