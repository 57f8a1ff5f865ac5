"""What a kartlegging must have before it is finished, and what the worksheet says. Pure."""

from collections.abc import Iterable
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lmp.lib.wording import tallord

KEEP, DEVELOP = "keep", "develop"
KIND = "kartlegging"  # the kind of the programme's activity that a finished one counts for
SPEKTER, OTHER = "spekter", "annet"


def missing_before_done(findings: str, kinds: Iterable[str]) -> list[str]:
    """What is missing before a kartlegging is finished, as sentences; `kinds` of the områder."""
    have = set(kinds)
    checks = (
        (bool(findings.strip()), _("Skriv hovedfunnene.")),
        (KEEP in have, _("Skriv minst én ting dere vil ta vare på.")),
        (DEVELOP in have, _("Skriv minst én ting dere vil utvikle.")),
    )
    return [text for fine, text in checks if not fine]


class HasGoal(Protocol):
    maal_id: int | None


def worksheet_words(lines: Iterable[HasGoal]) -> str:
    """How much of what the unit can influence has become goals: «To ting … Én er ikke brukt …»."""
    rows = list(lines)
    used = sum(line.maal_id is not None for line in rows)
    left = len(rows) - used
    words = []
    if used:
        text = ngettext(
            "%(n)s ting dere kan påvirke, er blitt til mål.",
            "%(n)s ting dere kan påvirke, er blitt til mål.",
            used,
        )
        words.append(_capital(text % {"n": tallord(used)}))
    if left and used:
        text = ngettext("%(n)s er ikke brukt ennå.", "%(n)s er ikke brukt ennå.", left)
        words.append(_capital(text % {"n": tallord(left)}))
    elif left:
        text = ngettext(
            "%(n)s ting dere kan påvirke, er ikke blitt til mål ennå.",
            "%(n)s ting dere kan påvirke, er ikke blitt til mål ennå.",
            left,
        )
        words.append(_capital(text % {"n": tallord(left)}))
    return " ".join(words)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
