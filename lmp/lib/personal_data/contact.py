"""Ways to reach somebody: phone numbers, e-mail addresses, home addresses, an employee's mobile."""

import re
from collections.abc import Iterator

from lmp.lib.personal_data.hint import Hint, Kind

SPACE = "[ \u00a0]"
# Eight digits as Norwegians write them, with or without +47; other countries need their «+».
NORWEGIAN = re.compile(
    rf"(?<![\d.,/:–+-])(?:(?:\+|00)47{SPACE}?)?"
    rf"(?:[2-9]\d{{7}}|[2-9]\d(?:({SPACE}|[.-])\d\d)(?:\1\d\d){{2}}"
    rf"|[2-9]\d\d({SPACE}|\.)\d\d\2\d{{3}}|[2-9]\d{{3}}{SPACE}\d{{4}})(?![\d–]|[.,:/-]\d)"
)
ABROAD = re.compile(rf"(?<![\d+])\+(?!47)\d{{1,3}}(?:{SPACE}?\d{{2,4}}){{2,5}}(?!\d)")
# A number with another name is no phone number; a date in one piece («20261120») is none either.
OTHER_NUMBER = re.compile(
    r"(?:sak\w*|saksn\w*|journal\w*|arkiv\w*|ref\w*|org\w*|konto\w*|faktura\w*|løpen\w*|isbn|kr"
    r"|kvittering\w*|nsrid?)\W*(?:nr|nummer)?[\W\d]*$",
    re.IGNORECASE,
)
DAY_IN_ONE = re.compile(r"20\d\d(?:0[1-9]|1[0-2])[0-3]\d|[0-3]\d(?:0[1-9]|1[0-2])20\d\d")
MONEY = re.compile(r"\s*(?:kr\b|kroner|NOK|mill)", re.IGNORECASE)

EMAIL = re.compile(
    r"(?<![\w.+-])([\w.+-]+)(?:@|\s?\((?:at|a|krøllalfa)\)\s?|\s?\[at\]\s?)"
    r"(?:[\w-]+\.)+[A-Za-zæøåÆØÅ]{2,}(?![\w-])"
)
SHARED_BOX = re.compile(r"(?:firma)?post(?:mottak)?|kontakt|info|ikkesvar|noreply|support")

STREET = (
    r"(?:[A-ZÆØÅ][\w.-]*(?:vei|veg|gat|gate|stræde|allé|stien?|bakke|lia|tunet|kroken|ringen"
    r"|svingen|plass|kleiva|åsen|haugen|løkka|terrasse)(?:en|a|et|n)?"
    rf"|[A-ZÆØÅ]\w+(?:s|es)?{SPACE}(?:[A-ZÆØÅ]\w+{SPACE})?"
    rf"(?:vei|veg|gate|gata|gaten|plass|allé|terrasse))"
)
HOUSE = re.compile(rf"(?<!\w){STREET}{SPACE}\d{{1,3}}{SPACE}?[A-H]?(?!\w|[.,:]\d|{SPACE}\d)")
LIVES = re.compile(
    rf"(?<!\w)(?:bor|bur|bodde|budde|flytt(?:et|a|er|ar)|hjemmet|heimen)(?:{SPACE}\w+){{0,2}}?"
    rf"{SPACE}(?:i|på|til|frå|fra){SPACE}({STREET})(?!\w)"
)

EMPLOYEE = (
    r"(?:kontakt|fag|spesial)?lærar?(?:en|ane|ens|s)?|(?:kontakt)?lærer(?:en)?s?"
    r"|assistent(?:en)?s?|(?:sosial)?pedagog(?:en)?s?|miljøterapeut(?:en)?s?|vikar(?:en)?s?"
    r"|barnehagel[æe]r[ea]r(?:en)?s?|rektors?|styrer(?:en)?s?|fagarbeider(?:en)?s?"
)
LINE = r"(?:privat)?(?:mobil(?:en|nummer(?:et)?)?|telefon(?:en|nummer(?:et)?)?|e-?post(?:en)?)"
REACH = re.compile(
    rf"(?<!\w)(?:(?:{EMPLOYEE}){SPACE}(?:sin{SPACE}|sitt{SPACE})?(?:private?{SPACE})?{LINE}"
    rf"|{LINE}{SPACE}til{SPACE}(?:{EMPLOYEE}))(?!\w)",
    re.IGNORECASE,
)


def contact_hints(text: str) -> Iterator[Hint]:
    """Phone numbers, e-mail addresses, home addresses and how to reach one employee."""
    for match in NORWEGIAN.finditer(text):
        if _is_phone(text, match):
            yield Hint(match.start(), match.end(), Kind.PHONE, "phone")
    for match in ABROAD.finditer(text):
        yield Hint(match.start(), match.end(), Kind.PHONE, "phone")
    for match in EMAIL.finditer(text):
        if not SHARED_BOX.fullmatch(match[1].lower()):
            yield Hint(match.start(), match.end(), Kind.EMAIL, "email")
    for match in HOUSE.finditer(text):
        yield Hint(match.start(), match.end(), Kind.ADDRESS, "address")
    for match in LIVES.finditer(text):
        yield Hint(match.start(1), match.end(1), Kind.ADDRESS, "address")
    for match in REACH.finditer(text):
        yield Hint(match.start(), match.end(), Kind.STAFF, "staff")


def _is_phone(text: str, match: re.Match[str]) -> bool:
    before, after = text[max(0, match.start() - 30) : match.start()], text[match.end() :][:10]
    return not (OTHER_NUMBER.search(before) or DAY_IN_ONE.fullmatch(match[0]) or MONEY.match(after))
