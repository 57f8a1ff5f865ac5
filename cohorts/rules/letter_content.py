"""What stands in a letter, as JSON: built in the active language, frozen when it is released."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cohorts.rules.letter import (
    blocks_of,
    embete_in,
    fill,
    offered_units,
)
from cohorts.rules.text import in_language
from lmp.lib.wording import dato

Content = dict[str, Any]


@dataclass(frozen=True)
class LetterUnit:
    """A unit in the letter, as the søknad has it. `kind` and `ownership` are the register's."""

    name: str
    kind: str
    ownership: str
    grades: str
    leader: str


@dataclass(frozen=True)
class Period:
    """When a pulje runs: its first and last semester, each a term («hoest», «vaar») and a year."""

    first: tuple[str, int]
    last: tuple[str, int]


@dataclass(frozen=True)
class LetterFacts:
    """Everything a letter is built from. `language` is «nb» or «nn»; dates are local.

    `template` holds the columns of a `LetterTemplate`; `rank` is the applicant's own on the list
    of its embete; `complaint_until` only when the answer is an enkeltvedtak.
    """

    language: str
    reference: str
    day: date
    outcome: str
    owner: str
    owner_kind: str
    email: str
    programme: str
    pulje: int
    period: Period | None
    embete: str
    template: dict[str, str]
    units: tuple[LetterUnit, ...] = ()
    units_offered: int | None = None
    rank: int | None = None
    reason: str = ""
    conditions: str = ""
    answer_due: date | None = None
    signed_by: str = ""
    is_enkeltvedtak: bool = False
    complaint_until: date | None = None


def letter_content(facts: LetterFacts) -> Content:
    """The letter in the words of the active language, which must be that of `facts`."""
    values = placeholder_values(facts)
    is_offer = facts.outcome == "tilbud"
    return {
        "language": facts.language,
        "outcome": facts.outcome,
        "reference": facts.reference,
        "date": facts.day.isoformat(),
        "to": [line for line in (facts.owner, _addressee(facts.owner_kind), facts.email) if line],
        "title": fill(_column(facts, "title"), values),
        "intro": [block.as_data() for block in blocks_of(_column(facts, "intro"), values)],
        "why": _why(facts, values["embete"]),
        "units": [_unit(unit) for unit in facts.units] if is_offer else [],
        "units_offered": _units_offered(facts) if is_offer else "",
        "conditions": facts.conditions.strip() if is_offer else "",
        "closing": [block.as_data() for block in blocks_of(_column(facts, "closing"), values)],
        "complaint": _complaint(facts),
        "signed_by": facts.signed_by,
        "copy_to": values["embete"],
    }


def placeholder_values(facts: LetterFacts) -> dict[str, str]:
    """A value for every placeholder of a template, in words."""
    due = facts.answer_due
    return {
        "kommune": facts.owner,
        "pulje": _("%(programme)s, pulje %(number)s")
        % {"programme": facts.programme, "number": facts.pulje},
        "periode": _period(facts.period),
        "svarfrist": dato(due, year=True, lang=facts.language) if due else "",
        "antall_enheter": offered_units((unit.kind for unit in facts.units), facts.units_offered),
        "embete": embete_in(facts.embete, facts.language),
        "prioritet": str(facts.rank or ""),
    }


def _column(facts: LetterFacts, name: str) -> str:
    template = facts.template
    return in_language(template[f"{name}_bm"], template[f"{name}_nn"], facts.language)


def _addressee(kind: str) -> str:
    words = {
        "kommune": _("ved kommunedirektøren"),
        "fylkeskommune": _("ved fylkeskommunedirektøren"),
        "privat": _("ved styret"),
    }
    return words.get(kind, "")


def _period(period: Period | None) -> str:
    if period is None:
        return ""
    return _("fra %(first)s til %(last)s") % {
        "first": _semester(*period.first),
        "last": _semester(*period.last),
    }


def _semester(term: str, year: int) -> str:
    text = _("høsten %(year)s") if term == "hoest" else _("våren %(year)s")
    return text % {"year": year}


def _why(facts: LetterFacts, embete: str) -> dict[str, str]:
    """The reason; an offer also says how the embete ranked it. Never another's rank."""
    text = facts.reason.strip()
    if facts.outcome == "tilbud" and facts.rank is not None:
        ranked = _("%(embete)s prioriterte søknaden som nummer %(rank)s.")
        text = f"{ranked % {'embete': embete, 'rank': facts.rank}} {text}".strip()
    title = _("Hvorfor dere er valgt") if facts.outcome == "tilbud" else _("Begrunnelse")
    return {"title": title, "text": text}


def _unit(unit: LetterUnit) -> dict[str, str]:
    return {"name": unit.name, "type": _type_of(unit), "leader": unit.leader}


def _type_of(unit: LetterUnit) -> str:
    """«Skole, 1.–7. trinn», «Barnehage, privat»."""
    if unit.kind == "skole":
        name, more = _("Skole"), unit.grades
    else:
        name, more = _("Barnehage"), ""
    owned = {"privat": _("privat"), "offentlig": _("kommunal")}.get(unit.ownership, "")
    if unit.kind == "skole" and unit.ownership != "privat":
        owned = ""
    return ", ".join(part for part in (name, more, owned) if part)


def _units_offered(facts: LetterFacts) -> str:
    """What is said over the table when fewer units are offered than the søknad has."""
    if facts.units_offered is None or facts.units_offered == len(facts.units):
        return ""
    values = {"units": offered_units([], facts.units_offered)}
    return _("Tilbudet gjelder %(units)s. Dere velger hvilke når dere svarer.") % values


def _complaint(facts: LetterFacts) -> str:
    if not facts.is_enkeltvedtak:
        return ""
    text = _("Dere kan klage på avgjørelsen. Send klagen til Utdanningsdirektoratet.")
    if facts.complaint_until is None:
        return text
    until = dato(facts.complaint_until, year=True, lang=facts.language)
    more = _("Klagefristen er %(date)s.") % {"date": until}
    return f"{text} {more}"
