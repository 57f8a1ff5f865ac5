"""Tables as CSV that opens right in a Norwegian spreadsheet and can do no harm there."""

import csv
from collections.abc import Iterable
from io import StringIO

BOM = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def to_csv(rows: Iterable[Iterable[object]]) -> bytes:
    """UTF-8 with a byte order mark, semicolons, CRLF; see `harmless` for the cells."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return (BOM + text.getvalue()).encode("utf-8")


def harmless(cell: object) -> object:
    """The cell; a text that a spreadsheet would run as a formula gets an apostrophe in front.

    Numbers stay numbers, also negative ones: they come from us, not from a person's keyboard.
    """
    if isinstance(cell, int | float) or cell is None:
        return cell
    text = str(cell)
    starts = text.lstrip(" \u00a0").startswith(FORMULA_STARTS) or text.startswith(FORMULA_STARTS)
    return f"'{text}" if starts else text
