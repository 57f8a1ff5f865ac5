"""What holds for every paper that is written as a draft and sent. Pure functions of plain data."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Any

from lmp.lib.personal_data import find_national_ids

Data = dict[str, Any]

# Word marks its bullets with signs of its own symbol fonts, which no other font has.
_BULLETS = re.compile("[\uf000-\uf0ff]")
_LINE_ENDS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_BLANKS = " \t\n\xa0\xad\u200b\u200c\u200d\u2060\ufeff"


def tidy_text(text: str) -> str:
    """A text as it is stored, whatever it was pasted from; nothing that can be seen is lost.

    One kind of line ending, no control signs, bullets of symbol fonts as «•», and no blanks
    around it, also none that cannot be seen: a text of blanks alone becomes empty.
    """
    lines = _BULLETS.sub("•", _LINE_ENDS.sub("\n", text))
    signs = (sign for sign in lines if sign in "\n\t" or unicodedata.category(sign) != "Cc")
    return "".join(signs).strip(_BLANKS)


def receipt_stem(prefix: str, pulje: int, paper: int) -> str:
    """What the receipts of all versions of a paper begin with: «VG-9-000123»."""
    return f"{prefix}-{pulje}-{paper:06d}"


def stem_of(receipt: str) -> str:
    """The `receipt_stem` in the receipt of a version or an addendum."""
    return receipt.rpartition("-")[0]


def receipt_number(prefix: str, pulje: int, paper: int, version: int) -> str:
    """A receipt that can be read out: «VG-9-000123-1» is version 1 of grunnlag 123 in pulje 9."""
    return f"{receipt_stem(prefix, pulje, paper)}-{version}"


def texts_in(value: Any) -> Iterator[str]:
    """Every text in a value of a paper's data, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts_in(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts_in(part)


def fields_with_national_ids(data: Data) -> list[str]:
    """The keys of `data` whose text holds a valid fødselsnummer or D-nummer, in order."""
    return [key for key, value in data.items() if any(map(find_national_ids, texts_in(value)))]


def without(data: Data, fields: list[str]) -> Data:
    """A copy of `data` without the keys in `fields`."""
    return {key: value for key, value in data.items() if key not in fields}


def is_late(sent_on: date, due: date | None) -> bool:
    """Whether something sent on a local date came after its deadline (the due day included)."""
    return due is not None and sent_on > due


def differing(mine: Data, theirs: Data) -> list[str]:
    """The keys of `mine` whose value is not what somebody else has saved."""
    return [key for key, value in mine.items() if key in theirs and value != theirs[key]]


def joined(mine: str, theirs: str) -> str:
    """Both texts as one, without repeating the lines they share."""
    if mine.strip() in theirs:
        return theirs
    if theirs.strip() in mine:
        return mine
    lines = theirs.splitlines()
    return "\n".join([*lines, *(line for line in mine.splitlines() if line not in lines)])
