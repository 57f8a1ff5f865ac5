"""Names of people, names with an age or a group, initials, and dates of birth."""

import re
from collections.abc import Iterator

from lmp.lib.personal_data.hint import Hint, Kind, begins_sentence, fitted
from lmp.lib.personal_data.replacements import CHILD, PUPIL
from lmp.lib.personal_data.words import (
    ACTS,
    AGE,
    ALSO_WORDS,
    CAPITALISED,
    COUNT,
    GIVEN_NAMES,
    GROUP,
    LOWER,
    NO_NAMES,
    is_name,
    without_genitive,
)

_S = "[ \u00a0]"
WORD = re.compile(rf"(?<![\w@./-]){CAPITALISED}(?:['’]s?)?(?![\w@])")
SURNAMES = re.compile(rf"(?:{_S}{CAPITALISED}){{1,2}}(?!\w)")
AFTER = re.compile(
    rf"{_S}?(?:,{_S}?)?(?:\({_S}?(?:{AGE}|{COUNT}|{GROUP}){_S}?(?:,[^)\n]{{0,20}})?\)"
    rf"|(?:som{_S}(?:er|går|går{_S}i){_S}|er{_S}|går{_S})?(?:på{_S}|i{_S}|fra{_S}|frå{_S})?"
    rf"(?:{AGE}|{GROUP})(?!\w))"
)
BEFORE = re.compile(
    rf"(?:(?:{AGE}|{GROUP}|{COUNT}-?åring(?:en)?|(?:10|[1-9]){_S}?[A-F]-eleven)(?:{_S}gamle)?,?{_S})$",
    re.IGNORECASE,
)
# Who is named, whatever the name: «eleven Zayd», «en gutt som heter Zayd».
CALLED = re.compile(
    rf"(?<!\w)(?i:elev(?:en)?|gutt(?:en)?|guten?|jente[na]?|jenta|barnet|tvilling(?:en)?|venninna"
    rf"|kompisen|(?:som{_S})?heter|(?:som{_S})?heiter|kalt|kalla){_S}({CAPITALISED})(?!\w)"
)
LOWER_NAME = re.compile(rf"(?<![\w@./-])([{LOWER}]{{3,}})(?={_S}?(?:\(|på{_S}|i{_S}|fra{_S}|,))")
SEN = re.compile(rf"{CAPITALISED}{_S}[A-ZÆØÅ]\w*(?:sen|sdatter|sson)(?!\w)")

UNIT = re.compile(
    rf"(?:[-–]?(?:s|es)?{_S}?(?:[A-ZÆØÅ]\w+{_S}){{0,2}})?[-–]?(?:barne|ungdoms|grunn|fri|privat)?"
    r"(?:(?:skole|skule|barnehage|kommune|fylke|kirke|kyrkje|senter|metode|modell|program|prosjekt"
    r"|pris|opplegg|konsern|konvensjon)(?:n|en|ne|et|t|a|s|r)?|oppvekst\w*|undersøk\w*|vei(?:en)?"
    r"|veg(?:en)?|gat[ea]n?|plass(?:en)?|uka|dagen)(?!\w)"
)
PART_OF_WORD = re.compile(rf"[-–][{LOWER}]")  # «Ole Bull-prosjektet»
LITERATURE = re.compile(rf"(?:{_S}{CAPITALISED}){{0,2}},?{_S}?(?:et al\.|og{_S}\w+)?{_S}?\(\d{{4}}")
TITLED = re.compile(
    r"(?:professor|forsker|forskar|forfatter(?:en)?|forfattar(?:en)?|sankt|st\.|dronning|kong|prins"
    rf"|prinsesse|boka|boken|av|avdeling|avdelinga|avdelingen|basen|gruppa|filmen|sangen){_S}$",
    re.IGNORECASE,
)

INITIALS = re.compile(
    r"(?<![\w.])[A-ZÆØÅ]\.(?:[ ]?[A-ZÆØÅ]\.|[A-ZÆØÅ])(?![A-ZÆØÅ\w])|(?<![\w.])NN(?!\w)"
)
MARKED = re.compile(
    rf"(?<!\w)(?i:elev(?:en)?|gutt(?:en)?|guten|jenta|barnet){_S}"
    r"((?!SFO|PPT|FAU|SU|BUP|IOP|AKS|BVT|SMU|VGS|IKT|PPR)[A-ZÆØÅ]{2,3})(?!\w)"
)

MONTH = "(?:jan|feb|mars?|apr|mai|juni?|juli?|aug|sept?|okt|nov|des)[a-z]*"
FULL_DAY = rf"(?:\d{{1,2}}[. /-]{{1,2}}(?:\d{{1,2}}[. /-]{{1,2}}|{MONTH}{_S})\d{{2,4}}|\d{{6}})"
DAY = rf"(?:{FULL_DAY}|(?:0?[1-9]|1[0-2])[./]20\d\d|\d{{1,2}}\.{_S}?{MONTH})"
BORN = re.compile(
    rf"(?<!\w)(?:født|fødd|f\.|fødselsdato|fødselsdag(?:en)?|bursdag(?:en)?)(?:{_S}er)?"
    rf"{_S}?:?{_S}?(?:(?:den|på){_S})?{DAY}(?!\d)",
    re.IGNORECASE,
)
TURNS = re.compile(
    rf"(?<!\w)(?:fyller|fylte|fyller|fyl){_S}{COUNT}(?:{_S}år)?(?:{_S}den)?{_S}{DAY}(?!\d)",
    re.IGNORECASE,
)
BORN_YEAR = re.compile(
    rf"(?<!\w)(?:han|hun|ho|eleven|gutten|guten|jenta|barnet|elev|gutt|jente){_S}?(?:\(|,)?{_S}?"
    rf"(?:som{_S})?(?:er{_S}|var{_S}|ble{_S}|blei{_S}|vart{_S})?"
    rf"((?:født|fødd|f\.){_S}?(?:i{_S})?(?:{MONTH}{_S})?(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)


def people_hints(text: str) -> Iterator[Hint]:
    """Names, initials and dates of birth."""
    yield from _names(text)
    yield from _lower_names(text)
    for match in CALLED.finditer(text):
        if match[1] not in NO_NAMES and not UNIT.match(text, match.end()):
            yield Hint(match.start(1), match.end(1), Kind.NAME, "name")
    for pattern in (INITIALS, MARKED):
        for match in pattern.finditer(text):
            yield Hint(*match.span(pattern.groups), Kind.INITIALS, "initials")
    for pattern in (BORN, TURNS, BORN_YEAR):
        for match in pattern.finditer(text):
            yield Hint(*match.span(pattern.groups), Kind.BIRTH, "birth")


def _names(text: str) -> Iterator[Hint]:
    end = 0
    for match in WORD.finditer(text):
        if match.start() < end or not _may_be_name(text, match):
            continue
        start, end = match.span()
        if surnames := SURNAMES.match(text, end):
            end = surnames.end()
            if UNIT.match(text, end) or PART_OF_WORD.match(text, end):
                continue
        hint = _with_group(text, start, end)
        if hint or _is_known(text, match, followed=surnames is not None):
            yield hint or Hint(start, end, Kind.NAME, "name")
            end = hint.end if hint else end


def _may_be_name(text: str, match: re.Match[str]) -> bool:
    """Whether a capitalised word could be somebody's name where it stands."""
    word = without_genitive(match[0])
    if word in NO_NAMES:
        return False
    if any(each.match(text, match.end()) for each in (PART_OF_WORD, UNIT, LITERATURE)):
        return False
    if TITLED.search(text, max(0, match.start() - 16), match.start()):
        return False
    return is_name(word) or not begins_sentence(text, match.start())


def _is_known(text: str, match: re.Match[str], *, followed: bool) -> bool:
    """Whether the word alone is enough: a given name, and no ordinary word that begins a line."""
    word = without_genitive(match[0])
    if not is_name(word):
        return bool(SEN.match(text, match.start()))
    if word not in ALSO_WORDS or not begins_sentence(text, match.start()):
        return True
    return followed or bool(re.match(rf"{_S}{ACTS}(?!\w)", text[match.end() :]))


def _with_group(text: str, start: int, end: int) -> Hint | None:
    """The name with the age, trinn, klasse or avdeling that stands before or after it."""
    known = is_name(without_genitive(text[start:end].split()[0]))
    after = AFTER.match(text, end)
    before = BEFORE.search(text, max(0, start - 40), start)
    if after and (known or _is_age(after[0])):
        return _group_hint(text, start, after.end())
    if before and known:
        return _group_hint(text, before.start(), end)
    return None


def _is_age(words: str) -> bool:
    return bool(re.search(rf"{AGE}|\({_S}?{COUNT}{_S}?\)", words))


def _group_hint(text: str, start: int, end: int) -> Hint:
    words = str(CHILD if re.search("avdeling|base|barn", text[start:end]) else PUPIL)
    return Hint(start, end, Kind.NAME_GROUP, "name_group", fitted(text, start, words))


def _lower_names(text: str) -> Iterator[Hint]:
    """A name written without a capital, when an age or a group follows: «amina på 3. trinn»."""
    for match in LOWER_NAME.finditer(text):
        name = match[1].capitalize()
        after = AFTER.match(text, match.end())
        if after and name in GIVEN_NAMES and name not in ALSO_WORDS:
            yield _group_hint(text, match.start(), after.end())
