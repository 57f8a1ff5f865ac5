"""Udir's choice among the embeter's lists: places used, what to say of it. Pure functions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.rules.opptak import is_late
from lmp.lib.hashing import content_hash
from lmp.lib.wording import join_words, tallord

UNDECIDED = ""


def fingerprint(values: Mapping[str, Any]) -> str:
    """A short mark of what a writer began from: another mark, another text."""
    return content_hash(dict(values))[:16]


def takes_a_place(outcome: str, *, accepted: bool | None, lapsed: bool) -> bool:
    """Whether a decision uses a place: an offer that is neither refused nor lapsed."""
    return outcome == "tilbud" and accepted is not False and (accepted is True or not lapsed)


def leaves_late(day: date, decide_by: date | None, *, replaces: bool) -> bool:
    """Whether a letter that leaves on the local `day` leaves after the day Udir was to decide.

    One that replaces an earlier decision does not: a place went to the next on the reserve list.
    """
    return not replaces and is_late(day, decide_by)


@dataclass(frozen=True)
class Places:
    """Places used of those there are; `total` is None when nobody has set it."""

    used: int
    total: int | None

    @property
    def squares(self) -> list[str]:
        """One for each place: «on», «off», or «over» for one more than there are."""
        total = self.used if self.total is None else self.total
        within = min(self.used, total)
        return ["on"] * within + ["off"] * (total - within) + ["over"] * (self.used - within)

    @property
    def spare(self) -> int:
        """Places left; less than 0 when too many are used, 0 when nobody has set them."""
        return 0 if self.total is None else self.total - self.used

    @property
    def words(self) -> str:
        """«4 av 3 plasser»."""
        if self.total is None:
            text = ngettext("%(used)s plass", "%(used)s plasser", self.used)
            return text % {"used": self.used}
        text = ngettext("%(used)s av %(total)s plass", "%(used)s av %(total)s plasser", self.total)
        return text % {"used": self.used, "total": self.total}


def heading(places: Places) -> str:
    """«11 av 12 plasser er brukt»."""
    if places.total is None:
        text = ngettext("%(n)s plass er brukt", "%(n)s plasser er brukt", places.used)
        return text % {"n": places.used}
    return _("%(used)s av %(total)s plasser er brukt") % {
        "used": places.used,
        "total": places.total,
    }


def lead(undecided: int, embeter: Iterable[tuple[str, Places]]) -> str:
    """«Fire søkere er ikke avgjort. Kyst og Skjærgård har én mer enn plassene, og …»."""
    if undecided:
        text = ngettext("%(n)s søker er ikke avgjort.", "%(n)s søkere er ikke avgjort.", undecided)
        first = _capital(text % {"n": tallord(undecided)})
    else:
        first = _("Alle søkerne er avgjort.")
    uneven = [_uneven(name, places) for name, places in embeter if places.spare]
    return f"{first} {_capital(join_words(uneven))}." if uneven else first


def _uneven(name: str, places: Places) -> str:
    text = _("%(embete)s har %(n)s ledige")
    if places.spare < 0:
        text = _("%(embete)s har %(n)s mer enn plassene")
    elif places.spare == 1:
        text = _("%(embete)s har %(n)s ledig")
    return text % {"embete": name, "n": tallord(abs(places.spare))}


def place_note(places: Places, *, more_applicants: bool) -> str:
    """What the number of places used asks for: «Én plass er ledig. …»; "" when all is even."""
    if places.spare < 0:
        return _("%(n)s mer enn plassene.") % {"n": _capital(tallord(-places.spare))}
    if places.spare == 0:
        return ""
    text = ngettext("%(n)s plass er ledig.", "%(n)s plasser er ledige.", places.spare)
    text = _capital(text % {"n": tallord(places.spare)})
    return text if more_applicants else f"{text} {_('Embetet har ikke flere søkere.')}"


def quota_note(former: int | None, quota: int | None) -> str:
    """That the places were changed after the list was sent."""
    if former is None or quota is None:
        return ""
    values = {"before": former, "now": quota}
    return _("Plassene er endret fra %(before)s til %(now)s etter at lista ble sendt.") % values


def crowded_note(fylke: str, count: int, most: int) -> str:
    """That a fylke has more private schools with an offer than the opptak allows."""
    text = _("%(fylke)s har tilbud til %(n)s frittstående skoler. Høyst %(most)s kan være med.")
    return text % {"fylke": fylke, "n": tallord(count), "most": tallord(most)}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
