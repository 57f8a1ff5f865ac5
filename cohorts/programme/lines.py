"""On which line of a TOML file each key stands: ``tomllib`` reads the values and forgets the lines.

The scanner trusts that ``tomllib`` has read the text without an error; it only finds its way.
"""

import re
from bisect import bisect_left

from cohorts.programme.problems import Path

BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
SPACE = re.compile(r"[ \t]*")
BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
SCALAR = re.compile(r"[^,\]}#\r\n]*")
STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?!")'
    r"|'''.*?'''(?!')"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'",
    re.DOTALL,
)


class LineIndex:
    """The line (from 1) of every table, key and list element of one valid TOML text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._newlines = [n for n, letter in enumerate(text) if letter == "\n"]
        self._lines: dict[Path, int] = {}
        self._last: dict[Path, int] = {}  # array of tables -> position of its newest table
        self._read_file()

    def line(self, path: Path) -> int:
        """Return the line of a path, or of the nearest table around it that has one."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def __contains__(self, path: Path) -> bool:
        return path in self._lines

    def _read_file(self) -> None:
        table: Path = ()
        self._skip(BLANK)
        while self._at < len(self._text):
            if self._text[self._at] == "[":
                table = self._read_header()
            else:
                self._read_pair(table)
            self._skip(BLANK)

    def _read_header(self) -> Path:
        start, is_array = self._at, self._text.startswith("[[", self._at)
        self._at += 2 if is_array else 1
        *above, last = self._read_key()
        self._at += 2 if is_array else 1
        path: Path = ()
        for name in above:
            path = self._newest((*path, name))
        path = (*path, last)
        if is_array:
            self._last[path] = self._last.get(path, -1) + 1
            self._note(path, start)
            path = self._newest(path)
        self._note(path, start)
        return path

    def _newest(self, path: Path) -> Path:
        return (*path, self._last[path]) if path in self._last else path

    def _read_pair(self, table: Path) -> None:
        start = self._at
        path = table
        for name in self._read_key():
            path = (*path, name)
            self._note(path, start)
        self._at += 1  # the equals sign
        self._read_value(path)

    def _read_key(self) -> list[str]:
        names = []
        while True:
            self._skip(SPACE)
            quoted = STRING.match(self._text, self._at)
            found = quoted or BARE_KEY.match(self._text, self._at)
            if found is None:
                raise ValueError("not a TOML text that tomllib accepts")
            names.append(found.group()[1:-1] if quoted else found.group())
            self._at = found.end()
            self._skip(SPACE)
            if self._text[self._at] != ".":
                return names
            self._at += 1

    def _read_value(self, path: Path) -> None:
        self._skip(SPACE)
        match self._text[self._at]:
            case "[":
                self._read_array(path)
            case "{":
                self._read_inline_table(path)
            case '"' | "'":
                self._skip(STRING)
            case _:
                self._skip(SCALAR)

    def _read_array(self, path: Path) -> None:
        position = 0
        self._at += 1
        while self._has_more("]"):
            self._note((*path, position), self._at)
            self._read_value((*path, position))
            position += 1

    def _read_inline_table(self, path: Path) -> None:
        self._at += 1
        while self._has_more("}"):
            self._read_pair(path)

    def _has_more(self, closing: str) -> bool:
        """Step over commas and comments; False, and past the bracket, at the closing one."""
        self._skip(BLANK)
        if self._text[self._at] == ",":
            self._at += 1
            self._skip(BLANK)
        if self._text[self._at] == closing:
            self._at += 1
            return False
        return True

    def _skip(self, what: re.Pattern[str]) -> None:
        found = what.match(self._text, self._at)
        if found is not None:
            self._at = found.end()

    def _note(self, path: Path, at: int) -> None:
        self._lines.setdefault(path, bisect_left(self._newlines, at) + 1)
