"""What is missing before a søknad can be sent, and the number of its receipt. Pure functions."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cohorts.rules.soeknad_answered import unanswered
from cohorts.rules.soeknad_form import (
    STYRINGSGRUPPE,
    Part,
    Question,
    parts_for,
)
from lmp.lib.wording import tallord

SEND_GROUP = "bekreft"


@dataclass(frozen=True)
class UnitState:
    """A unit that takes part: `done` when its own part is delivered, or left out with a reason."""

    pk: int
    name: str
    leader: str
    done: bool
    link_sent: bool


@dataclass(frozen=True)
class Missing:
    """One thing to do before sending.

    `part` is the slug of the part it is done in, `key` the question (or the unit's or the
    conflict's number as text), `whose` whose turn it is. `waits` when that is somebody else.
    """

    text: str
    part: str
    kind: str
    key: str = ""
    whose: str = ""
    waits: bool = False


@dataclass(frozen=True)
class Facts:
    """What sending depends on. `asked` and `confirmed` are names of other owners."""

    applicant: str
    answers: dict[str, Any]
    writers: dict[str, str] = field(default_factory=dict)
    asked: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()
    units: tuple[UnitState, ...] = ()
    conflicts: tuple[tuple[int, str], ...] = ()
    confirmations: tuple[str, ...] = ()
    ticked: tuple[str, ...] = ()


def missing_in(facts: Facts) -> list[Missing]:
    """Everything that is missing, in the order of the form."""
    found: list[Missing] = []
    for part in parts_for(facts.applicant):
        found += _ON_PAGES[part.slug](facts, part) if part.page else _questions(facts, part)
    return found


def _questions(facts: Facts, part: Part) -> list[Missing]:
    title = str(part.title)
    whose = next((w for q in part.questions if (w := facts.writers.get(q.key))), "")
    keys = {question.key: question for question in part.questions}
    conflicts = [
        Missing(
            _("Slå sammen to tekster under «%(label)s»") % {"label": keys[key].label},
            part.slug,
            "conflict",
            str(pk),
            title,
        )
        for pk, key in facts.conflicts
        if key in keys
    ]
    note = f"{title} · {whose}" if whose else title
    return conflicts + [
        Missing(_order(question), part.slug, "question", question.key, note)
        for question in unanswered(facts.applicant, part, facts.answers)
    ]


def _order(question: Question) -> str:
    label = {"label": question.label}
    if question.kind == "anchored":
        return _("Skriv når saka ble behandlet: %(label)s") % label
    if question.kind in ("choice", "many"):
        return _("Velg et svar under «%(label)s»") % label
    return _("Fyll ut «%(label)s»") % label


def _together(facts: Facts, part: Part) -> list[Missing]:
    found = [
        Missing(
            _("%(owner)s har ikke svart ennå") % {"owner": owner},
            part.slug,
            "partner",
            owner,
            str(part.title),
            waits=True,
        )
        for owner in facts.asked
    ]
    if facts.confirmed and not facts.answers.get(STYRINGSGRUPPE):
        text = _("Velg om dere vil ha felles eller egne styringsgrupper")
        found.append(Missing(text, part.slug, "styringsgruppe", STYRINGSGRUPPE, str(part.title)))
    return found


def _units(facts: Facts, part: Part) -> list[Missing]:
    if facts.units:
        return []
    alone = facts.applicant == "frittstaaende_skole"
    text = _("Velg skolen som søker") if alone else _("Velg minst én barnehage eller skole")
    return [Missing(text, part.slug, "units", "", str(part.title))]


def _unit_parts(facts: Facts, part: Part) -> list[Missing]:
    return [
        Missing(
            _("%(unit)s har ikke levert sin del") % {"unit": unit.name}
            if unit.link_sent
            else _("Send lenka til lederen for %(unit)s") % {"unit": unit.name},
            part.slug if unit.link_sent else "enheter",
            "unit",
            str(unit.pk),
            unit.leader if unit.link_sent else str(part.title),
            waits=unit.link_sent,
        )
        for unit in facts.units
        if not unit.done
    ]


def _confirmations(facts: Facts, part: Part) -> list[Missing]:
    left = len(set(facts.confirmations) - set(facts.ticked))
    if not left:
        return []
    text = ngettext("Bekreft %(n)s punkt nederst", "Bekreft %(n)s punkter nederst", left) % {
        "n": tallord(left, "n")
    }
    return [Missing(text, part.slug, "confirmations", "", str(part.title))]


def _nothing(facts: Facts, part: Part) -> list[Missing]:
    """Of an optional part nothing is missing."""
    return []


_ON_PAGES = {
    "sammen": _together,
    "enheter": _units,
    "deler": _unit_parts,
    "vedlegg": _nothing,
    "bekreft": _confirmations,
}


def soeknad_receipt(pulje: int, sent_on: date, soeknad: int, version: int) -> str:
    """«S10-2026-0031-1»: version 1 of søknad 31 in pulje 10, sent in 2026."""
    return f"S{pulje}-{sent_on.year}-{soeknad:04}-{version}"


def spaced_hash(sha256: str) -> str:
    """The first twenty digits of a checksum in groups of four, for reading out."""
    return " ".join(sha256[at : at + 4] for at in range(0, 20, 4))


def words_of(question: Question, value: Any, others: Iterable[tuple[str, str]] = ()) -> str:
    """An answer in words, in the active language; empty when there is none.

    `others` are choices that are not in the form's data («ppt» is a row of the register).
    """
    if question.kind == "tick":
        return _("Ja") if value else _("Nei")
    if question.kind == "anchored":
        return _anchored(value)
    names = {key: str(label) for key, label in [*question.choices, *others]}
    if question.kind == "choice":
        return names.get(str(value or ""), "")
    if question.kind == "many":
        return ", ".join(names[each] for each in value or [] if each in names)
    return str(value or "").strip()


def _anchored(value: Any) -> str:
    if not value or not value.get("yes"):
        return _("Nei")
    day = value.get("date")
    return f"{date.fromisoformat(day):%d.%m.%Y}" if day else _("Ja, dato mangler")
