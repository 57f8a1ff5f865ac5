"""Tables as a workbook in which nothing is ever a formula or a link (ADR 11)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# What a sheet may not be called with, and how long its name may be.
NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
LONGEST_NAME = 31
WIDEST = 60


def to_xlsx(sheets: Mapping[str, Iterable[Sequence[object]]]) -> bytes:
    """A workbook with these rows by the name of their sheet; the first row is kept in view.

    Numbers stay numbers, None is an empty cell, and everything else is written as text, whatever
    it begins with. A name is shortened to what a workbook allows.
    """
    import xlsxwriter  # slow to import: only when a workbook is asked for

    file = BytesIO()
    with xlsxwriter.Workbook(file, PLAIN) as book:
        bold = book.add_format({"bold": True})
        for name, rows in sheets.items():
            _fill(book.add_worksheet(sheet_name(name)), [list(row) for row in rows], bold)
    return file.getvalue()


def sheet_name(text: str) -> str:
    """The text as a name of a sheet: without the characters that are refused, and not too long."""
    return NOT_IN_A_NAME.sub(" ", text).strip(" '")[:LONGEST_NAME].strip() or "Ark1"


def _fill(page, table: list[list[object]], bold) -> None:
    for number, row in enumerate(table):
        for column, cell in enumerate(row):
            _write(page, number, column, cell, bold if number == 0 else None)
    page.freeze_panes(1, 1)
    for column, width in enumerate(_widths(table)):
        page.set_column(column, column, width)


def _write(page, row: int, column: int, cell: object, style) -> None:
    if cell is None:
        return
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        page.write_number(row, column, cell, style)
    else:
        page.write_string(row, column, str(cell), style)


def _widths(table: list[list[object]]) -> list[int]:
    """How wide each column is, in characters."""
    columns = max((len(row) for row in table), default=0)
    return [
        min(WIDEST, 2 + max(len(str(row[column])) for row in table if column < len(row)))
        for column in range(columns)
    ]
