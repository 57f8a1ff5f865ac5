"""Descriptions that fit one person: «den eneste som …», one child of a trinn in a small unit."""

import re
from collections.abc import Iterator

from lmp.lib.personal_data.hint import Hint, Kind, fitted
from lmp.lib.personal_data.replacements import CHILD, NEWCOMER, PUPIL
from lmp.lib.personal_data.words import AGE, COUNT, GROUP

_S = "[ \u00a0]"
ONLY = r"(?:eneste|einaste)"
CHILDREN = r"(?:elev|gutt|gut|jente|barn|unge|ungdom|flyktning|bruker|brukar)"
CHILDREN_THE = r"(?:eleven|gutten|guten|jenta|jenten|barnet|ungen|ungdommen|ungdomen)"
CHILD_WORD = re.compile(rf"(?<!\w)(?:{CHILDREN}|{CHILDREN_THE})(?!\w)", re.IGNORECASE)
CLAUSE = r"(?:[^.!?,;:\n]|(?<=\d)\.(?=[ \u00a0])){0,60}"
# A role or a unit may well be the only one that does something; that is no child.
NO_CHILD = re.compile(
    r"(?:rektor|styrer|styrar|leder|leiar|lederen|leiaren|PPT|Udir|kommunen|skolen|skulen|vi|dette"
    r"|barnehagen|veileder|veilederen|rettleiaren|koordinator|koordinatoren|eieren|eigaren|det"
    rf"|tiltaket|planen|ingen){_S}(?:er|var|som|skal{_S}være){_S}$",
    re.IGNORECASE,
)
ONLY_ONE = re.compile(
    rf"(?<!\w)(?!det{_S}{ONLY}{_S}som)(?:(?:den|det|som|en|ei|ein){_S})?(?<!det ){ONLY}{_S}"
    rf"(?:som(?!\w)|{CHILDREN}(?:en|et|a)?(?!\w)|{CHILDREN_THE}(?!\w)|(?:på|i|fra|frå|med){_S})"
    rf"{CLAUSE}",
    re.IGNORECASE,
)
JUST_ONE = re.compile(
    rf"(?<!\w)(?:bare|berre|kun){_S}(?:én|ett|ei|éin|éi|eitt|en|ein|et|eit){_S}{CHILDREN}{_S}"
    rf"(?:på|i|fra|frå|med|som|har|er){CLAUSE}",
    re.IGNORECASE,
)
NEW = re.compile(
    rf"(?:begynte|byrja|starta|startet|flyttet|flytta)(?:{_S}nettopp)?{_S}(?:på|i){_S}{GROUP}",
    re.IGNORECASE,
)
ONE_OF = re.compile(
    rf"(?<!\w)(?:(?:en|ein|ei|én|éin|et|eit|den|det){_S}(?:\w+{_S})?{CHILDREN}(?:en|et|a)?"
    rf"|{CHILDREN_THE}|han|hun|ho|læreren|læraren|assistenten|pedagogen|fagarbeideren)"
    rf"(?:{_S}som{_S}går)?{_S}(?:på|i|fra|frå){_S}{GROUP}(?!\w)",
    re.IGNORECASE,
)
AGED = re.compile(
    rf"(?<!\w)(?:(?:en|ein|den){_S})?{COUNT}-?{_S}?åring(?:en)?(?!\w)"
    rf"|(?<!\w)(?:{CHILDREN_THE}|(?:en|ein|ei|et|eit){_S}{CHILDREN}){_S}på{_S}{AGE}(?!\w)",
    re.IGNORECASE,
)


THE_ONE = re.compile(
    rf"(?<!\w)den{_S}ene{_S}{CHILDREN_THE}{_S}(?:på|i|fra|frå|med|som){CLAUSE}", re.IGNORECASE
)


def only_one_hints(text: str) -> Iterator[Hint]:
    """Descriptions that say themselves that there is one such person."""
    for pattern in (ONLY_ONE, JUST_ONE, THE_ONE):
        for match in pattern.finditer(text):
            if _is_role(text, match):
                continue
            end = match.start() + len(match[0].rstrip())
            if NEW.search(match[0]):
                words = fitted(text, match.start(), str(NEWCOMER))
                yield Hint(match.start(), end, Kind.ONLY_ONE, "newcomer", words)
            else:
                yield Hint(match.start(), end, Kind.ONLY_ONE, "only_one")


def _is_role(text: str, match: re.Match[str]) -> bool:
    """Whether it is a role or a unit that is the only one: «rektor er den eneste som …»."""
    if CHILD_WORD.search(match[0]):
        return False
    return bool(NO_CHILD.search(text, max(0, match.start() - 30), match.start()))


def small_hints(text: str) -> Iterator[Hint]:
    """One child, or one employee, of a trinn or an age: few fit when the unit is small."""
    for pattern in (ONE_OF, AGED):
        for match in pattern.finditer(text):
            words = str(CHILD if "avdeling" in match[0] or "barn" in match[0] else PUPIL)
            yield Hint(
                match.start(), match.end(), Kind.FEW, "few", fitted(text, match.start(), words)
            )
