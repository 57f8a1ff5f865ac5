"""Finding national identity numbers in free text, without ever repeating them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stdnum.no import fodselsnummer

# Six digits of a date (the century may be written) and five more. People write one sign between
# the parts of the date, up to three before the last five, and sometimes a space within those.
# The lookarounds keep out longer numbers; the outer lookahead finds candidates that overlap.
GAP = r"[\s.\-–/]"
CANDIDATE = re.compile(
    rf"(?<![0-9])(?=([0-9]{{2}}{GAP}?[0-9]{{2}}{GAP}?(?:18|19|20)?([0-9]{{2}})"
    rf"{GAP}{{0,3}}([0-9]{{3}}{GAP}?[0-9]{{2}})(?![0-9])))"
)


@dataclass(frozen=True)
class Span:
    """Where a number stands (`text[start:end]`) and what it is; the number itself is not kept.

    `kind` is "foedselsnummer", "d_nummer" or "h_nummer" (a hospital's own, month + 40).
    """

    start: int
    end: int
    kind: str


def find_national_ids(text: str) -> list[Span]:
    """Every valid foedselsnummer and D-nummer in `text`, in order.

    Valid means a possible date and both check digits right (Skatteetaten), so an
    organisasjonsnummer, a phone number or most account numbers are not taken for one.
    """
    return list(spans(text))


def spans(text: str) -> Iterator[Span]:
    end = 0
    for match in CANDIDATE.finditer(text):
        whole, year, rest = match.groups()
        day_and_month = only_digits(whole)[:4]
        kind = kind_of(day_and_month + year + only_digits(rest))
        if kind and match.start() >= end:
            end = match.start() + len(whole)
            yield Span(match.start(), end, kind)


def only_digits(text: str) -> str:
    return re.sub("[^0-9]", "", text)


def kind_of(digits: str) -> str:
    """What eleven plain digits are, as in `Span.kind`, or "" when they are no valid id."""
    if not fodselsnummer.is_valid(digits):
        return ""
    if digits[0] in "4567":
        return "d_nummer"
    return "h_nummer" if digits[2] in "45" else "foedselsnummer"
