"""The schema check: reads plain data into the records of this package and collects what is wrong.

The records *are* the schema. A field without a default is required; its type says what is allowed
(``Literal`` for closed lists, ``tuple[X, ...]`` for lists, another record for tables); a mark says
the rest (``marks.py``). A record may add ``check()``, which yields (key, message) about itself.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from inspect import signature
from itertools import chain
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from cohorts.programme.lines import LineIndex
from cohorts.programme.marks import AtLeast, Inline, Key, Matches, Ref, UpTo
from cohorts.programme.problems import Path, Problem, describe

Record = TypeVar("Record")
Finding = tuple[object, str, str]
"""A record, the key in it and the message: what a rule about several records yields."""

PLAIN = {str: "text", int: "a whole number", bool: "true or false"}
BAD = object()


@dataclass(frozen=True)
class Slot:
    """One field of a record as the file knows it."""

    name: str
    key: str
    hint: Any
    marks: tuple[Any, ...]
    required: bool
    default: Any = None

    @property
    def is_inline(self) -> bool:
        """Whether the text stands in the record itself."""
        return any(isinstance(mark, Inline) for mark in self.marks)


@cache
def slots_of(record: type) -> tuple[Slot, ...]:
    """Return the fields of a record class with their keys in the file."""
    hints = get_type_hints(record, include_extras=True)
    return tuple(
        _slot(field.name, hints[field.name], field.default)
        for field in fields(record)
        if field.init
    )


def _slot(name: str, hint: Any, default: Any) -> Slot:
    hint, marks = _unwrap(hint)
    key = next((mark.name for mark in marks if isinstance(mark, Key)), name)
    if default is MISSING:
        return Slot(name, key, hint, marks, required=True)
    return Slot(name, key, hint, marks, required=False, default=default)


@cache
def _unwrap(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    """Strip ``| None`` and ``Annotated`` from a type; return it with all its marks."""
    marks: tuple[Any, ...] = ()
    while True:
        if get_origin(hint) is Annotated:
            hint, *found = get_args(hint)
            marks += tuple(found)
        elif get_origin(hint) in (Union, UnionType):
            (hint,) = [part for part in get_args(hint) if part is not NoneType]
        else:
            return hint, marks


class Reader:
    """Reads one file. References point into the file, or into ``others`` when it is given."""

    def __init__(
        self, data: Any, *, file: str = "", lines: LineIndex | None = None, others: Any = None
    ) -> None:
        self._data, self._file, self._lines = data, file, lines
        self._targets = data if others is None else others
        self._found: list[tuple[Path, str]] = []
        self._paths: dict[int, Path] = {}
        self._known_values: dict[Ref, list[str]] = {}

    @property
    def problems(self) -> list[Problem]:
        """What was found so far, in the order of the file, each thing once."""
        listed = [
            Problem(self._file, self._line(path), describe(self._data, path), message)
            for path, message in dict.fromkeys(self._found)
        ]
        return sorted(listed, key=lambda problem: problem.line)

    def read(self, record: type[Record]) -> tuple[dict[str, Any], Record | None]:
        """Read the whole file as one record.

        Return what could be read, by field name (None for what could not, lists without their
        bad items, defaults for what is left out), and the record itself, or None when there are
        problems.
        """
        shape: type = record
        values = self._read_fields(shape, self._data, ())
        whole = None if self._found else record(**values)
        left_out = {
            slot.name: slot.default for slot in slots_of(shape) if slot.key not in self._data
        }
        return {slot.name: None for slot in slots_of(shape)} | left_out | values, whole

    def report(self, findings: Iterator[Finding]) -> None:
        """Note what a rule about several records found."""
        for record, key, message in findings:
            self._note((*self._paths.get(id(record), ()), *key.split(".")), message)

    def _read_record(self, record: type, raw: Any, path: Path) -> Any:
        before = len(self._found)
        values = self._read_fields(record, raw, path)
        if len(self._found) > before:
            return BAD
        made = record(**values)
        self._paths[id(made)] = path
        for key, message in getattr(made, "check", tuple)():
            self._note((*path, *key.split(".")), message)
        return made if len(self._found) == before else BAD

    def _read_fields(self, record: type, raw: Any, path: Path) -> dict[str, Any]:
        if not isinstance(raw, dict):
            self._note(path, "must be a table")
            return {}
        self._refuse_unknown(record, raw, path)
        values: dict[str, Any] = {}
        for slot in slots_of(record):
            if slot.is_inline:
                pair = {key: raw[key] for key in ("bm", "nn") if key in raw}
                values[slot.name] = self._read_record(slot.hint, pair, path)
            elif slot.key in raw:
                values[slot.name] = self._read_value(slot, raw[slot.key], (*path, slot.key))
            elif slot.required:
                self._note((*path, slot.key), "is missing")
        return {name: value for name, value in values.items() if value is not BAD}

    def _refuse_unknown(self, record: type, raw: dict[str, Any], path: Path) -> None:
        known: list[str] = []
        for slot in slots_of(record):
            known += ["bm", "nn"] if slot.is_inline else [slot.key]
        for key in raw:
            if key not in known:
                self._note((*path, key), "is not a known key" + suggest(key, known))

    def _read_value(self, slot: Slot, raw: Any, path: Path) -> Any:
        hint, marks = slot.hint, slot.marks
        if is_dataclass(hint):
            return self._read_record(hint, raw, path)  # type: ignore[arg-type]
        if get_origin(hint) is tuple:
            return self._read_list(get_args(hint), raw, path)
        return self._read_plain(hint, marks, raw, path)

    def _read_list(self, inside: tuple[Any, ...], raw: Any, path: Path) -> Any:
        if not isinstance(raw, list):
            return self._refuse(path, "must be a list")
        if inside[-1] is ...:
            self._refuse_repeated(raw, path)
        elif len(raw) != len(inside):
            return self._refuse(path, f"must have {len(inside)} values")
        slot = Slot("", "", *_unwrap(inside[0]), required=True)
        items = [self._read_value(slot, item, (*path, at)) for at, item in enumerate(raw)]
        return tuple(item for item in items if item is not BAD)

    def _refuse_repeated(self, raw: list[Any], path: Path) -> None:
        """Records of a list differ in their id, number or value; plain values in themselves."""
        seen: list[Any] = []
        for at, item in enumerate(raw):
            value, key = _identity(item)
            if value is not None and value in seen:
                self._note((*path, at, *key), f"{_quoted(value)} is in the list already")
            seen.append(value)

    def _read_plain(self, hint: Any, marks: tuple[Any, ...], raw: Any, path: Path) -> Any:
        problem = _wrong_type(hint, raw)
        if problem:
            return self._refuse(path, problem)
        if hint is date and isinstance(raw, str):
            raw = date.fromisoformat(raw)
        message = next(filter(None, (self._against(mark, raw) for mark in marks)), "")
        return self._refuse(path, message) if message else raw

    def _against(self, mark: Any, value: Any) -> str:
        """Say what is wrong with a value of the right type under one mark, if anything."""
        if isinstance(mark, AtLeast) and value < mark.minimum:
            return f"must be at least {mark.minimum}, not {value}"
        if isinstance(mark, UpTo):
            limit = next(iter(self._values(mark.target)), value)
            if isinstance(limit, int) and value > limit:
                return f"must be at most {limit} ({mark.target}), not {value}"
        if isinstance(mark, Matches) and not re.fullmatch(mark.pattern, value):
            return f"must be {mark.meaning}, not {_quoted(value)}"
        if isinstance(mark, Ref):
            known = self._known(mark)
            if value not in known:
                names = " or ".join(mark.targets)
                return f"{_quoted(value)} is not among {names}" + suggest(value, known)
        return ""

    def _known(self, ref: Ref) -> list[str]:
        """Return the values a reference may have, looked up once per file."""
        if ref not in self._known_values:
            found = chain.from_iterable(map(self._values, ref.targets))
            self._known_values[ref] = [*filter(_is_text, found), *ref.also]
        return self._known_values[ref]

    def _values(self, target: str) -> list[Any]:
        return _values_at(self._targets, target.split("."))

    def _refuse(self, path: Path, message: str) -> Any:
        self._note(path, message)
        return BAD

    def _note(self, path: Path, message: str) -> None:
        self._found.append((path, message))

    def _line(self, path: Path) -> int:
        return self._lines.line(path) if self._lines else 0


def run_rules(
    rules: tuple[Callable[..., Iterator[Finding]], ...], values: dict[str, Any]
) -> Iterator[Finding]:
    """Run each rule on the fields that its parameters name; skip it when one was not readable."""
    for rule in rules:
        wanted = {name: values[name] for name in signature(rule).parameters}
        if all(value is not None for value in wanted.values()):
            yield from rule(**wanted)


def suggest(word: str, known: list[str]) -> str:
    """Return ``; did you mean "x"?`` when a known word is close, else nothing."""
    close = get_close_matches(str(word), known, n=1)
    return f'; did you mean "{close[0]}"?' if close else ""


def _wrong_type(hint: Any, raw: Any) -> str:
    if get_origin(hint) is Literal:
        allowed = get_args(hint)
        if raw in allowed and isinstance(raw, str):
            return ""
        words = ", ".join(allowed)
        return f"must be one of {words}; not {_quoted(raw)}" + suggest(str(raw), list(allowed))
    if hint is date:
        return "" if _is_date(raw) else f"must be a date as YYYY-MM-DD, not {_quoted(raw)}"
    if type(raw) is not hint:
        return f"must be {PLAIN[hint]}, not {_quoted(raw)}"
    return "must not be empty" if raw == "" or (hint is str and not raw.strip()) else ""


def _is_date(raw: Any) -> bool:
    if type(raw) is date:
        return True
    try:
        return isinstance(raw, str) and bool(date.fromisoformat(raw))
    except ValueError:
        return False


def _identity(item: Any) -> tuple[Any, Path]:
    """What tells one item of a list from the others, and under which key it stands."""
    if not isinstance(item, dict):
        return item, ()
    key = next((name for name in ("id", "number", "value") if name in item), None)
    return (item[key], (key,)) if key else (None, ())


def _values_at(node: Any, names: list[str]) -> list[Any]:
    if isinstance(node, list):
        return [value for item in node for value in _values_at(item, names)]
    if names:
        return _values_at(node[names[0]], names[1:]) if _has(node, names[0]) else []
    return [] if isinstance(node, dict) else [node]


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _has(node: Any, name: str) -> bool:
    return isinstance(node, dict) and name in node


def _quoted(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)
