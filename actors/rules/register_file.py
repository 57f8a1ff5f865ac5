"""Reading a register file: bytes in, checked rows and a list of everything wrong out."""

import csv
import io
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from actors.rules.register import is_orgnr


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a file. `line` is the line in the file, None for the file itself."""

    file: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        if self.line is None:
            return f"{self.file}: {self.reason}"
        return _("%(file)s, linje %(line)d: %(reason)s") % {
            "file": self.file,
            "line": self.line,
            "reason": self.reason,
        }


@dataclass
class Row:
    """One row being read. Each reader returns a value and notes what is wrong with it."""

    file: str
    line: int
    values: dict[str, str]
    problems: list[Problem] = field(default_factory=list)

    def reject(self, reason: str) -> None:
        self.problems.append(Problem(self.file, self.line, reason))

    def text(self, column: str, longest: int, required: bool = False) -> str:
        """A text of at most `longest` characters, without space around it."""
        text = self.values[column].strip()
        if required and not text:
            self.reject(_("«%(column)s» er tom") % {"column": column})
        if len(text) > longest:
            self.reject(
                _("«%(column)s» er lengre enn %(longest)d tegn")
                % {"column": column, "longest": longest}
            )
        if "\x00" in text:
            self.reject(_("«%(column)s» har et ugyldig tegn") % {"column": column})
        return text

    def orgnr(self, column: str) -> str:
        """A valid organisasjonsnummer (modulus 11)."""
        text = self.values[column].strip()
        if not is_orgnr(text):
            self.reject(
                _("«%(value)s» er ikke et gyldig organisasjonsnummer (ni sifre, modulus 11)")
                % {"value": text}
            )
        return text

    def code(self, column: str, length: int) -> str:
        """A register number of exactly `length` digits; leading zeros are kept."""
        text = self.values[column].strip()
        if not re.fullmatch(f"[0-9]{{{length}}}", text):
            self.reject(
                _("«%(column)s» skal ha %(length)d sifre, men er «%(value)s»")
                % {"column": column, "length": length, "value": text}
            )
        return text

    def whole_number(self, column: str, largest: int) -> int | None:
        """A whole number from 0 to `largest`; an empty cell is None."""
        text = self.values[column].strip()
        if not text:
            return None
        if not re.fullmatch("[0-9]{1,9}", text) or int(text) > largest:
            self.reject(
                _("«%(column)s» skal være et helt tall fra 0 til %(largest)d, men er «%(value)s»")
                % {"column": column, "largest": largest, "value": text}
            )
            return None
        return int(text)

    def degrees(self, column: str, limit: int) -> float | None:
        """Decimal degrees between -limit and limit; an empty cell is None."""
        text = self.values[column].strip()
        if not text:
            return None
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not -limit <= number <= limit:
            self.reject(
                _("«%(column)s» skal være desimalgrader, men er «%(value)s»")
                % {"column": column, "value": text}
            )
            return None
        return number

    def choice(self, column: str, meanings: dict[str, str]) -> str:
        """What one of a closed list of words means to us."""
        text = self.values[column].strip()
        if text not in meanings:
            self.reject(
                _("«%(column)s» er «%(value)s», men skal være en av: %(allowed)s")
                % {"column": column, "value": text, "allowed": ", ".join(meanings)}
            )
        return meanings.get(text, "")

    def day(self, column: str) -> date:
        """A date written as year-month-day."""
        text = self.values[column].strip()
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.reject(
                _("«%(column)s» skal være en dato (åååå-mm-dd), men er «%(value)s»")
                % {"column": column, "value": text}
            )
            return date.min


@dataclass
class Table:
    """What a file held: its rows in order, and what is wrong with it so far."""

    file: str
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def reject(self, line: int | None, reason: str) -> None:
        self.problems.append(Problem(self.file, line, reason))

    def all_problems(self) -> list[Problem]:
        """The file's own problems and those of its rows, in the order of the lines."""
        found = [*self.problems, *(problem for row in self.rows for problem in row.problems)]
        return sorted(found, key=lambda problem: problem.line or 0)

    def reject_repeated(self, column: str) -> None:
        """Reject each row whose value in `column` also stands further up."""
        first_line: dict[str, int] = {}
        for row in self.rows:
            value = row.values[column].strip()
            if value in first_line:
                row.reject(
                    _("«%(column)s» %(value)s står også på linje %(line)d")
                    % {"column": column, "value": value, "line": first_line[value]}
                )
            else:
                first_line[value] = row.line


def read_table(file: str, content: bytes, columns: Sequence[str]) -> Table:
    """Read a comma-separated UTF-8 file with a heading row that has at least `columns`.

    Never raises for bad content: what is wrong stands in the table's `problems`.
    """
    table = Table(file)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        table.reject(line, _("filen er ikke UTF-8"))
        return table
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        table.rows = list(read_rows(table, reader, columns))
    except csv.Error as error:
        table.reject(reader.line_num, _("raden kan ikke leses som CSV: %s") % error)
    if not table.rows and not table.problems:
        table.reject(None, _("filen har ingen rader"))
    return table


def read_rows(table: Table, reader, columns: Sequence[str]) -> Iterator[Row]:
    """The rows under the heading; rows of the wrong width are noted and left out."""
    heading = [name.strip() for name in next(reader, [])]
    missing = [column for column in columns if column not in heading]
    if missing:
        table.reject(1, _("kolonner mangler: %s") % ", ".join(missing))
        return
    line = reader.line_num + 1
    for cells in reader:
        if cells and len(cells) != len(heading):
            table.reject(
                line,
                _("raden har %(found)d felt, men overskriften har %(wanted)d")
                % {"found": len(cells), "wanted": len(heading)},
            )
        elif cells:
            yield Row(table.file, line, dict(zip(heading, cells, strict=True)))
        line = reader.line_num + 1
