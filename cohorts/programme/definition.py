"""The way in: load a programme or the calendar of a pulje, or say all that is wrong with one.

Pure: files and plain data in, frozen values out. Every problem of a file is reported together, in
one `ProgrammeError`, with its line.
"""

import json
import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from cohorts.programme.calendar import (
    CALENDAR_RULES,
    WHOLE_CALENDAR_RULES,
    EventDef,
    PuljeCalendar,
    RecruitmentDate,
    SemesterDates,
)
from cohorts.programme.content import Checklist, Focus, LawRef, Product, Question, SemesterDef, Text
from cohorts.programme.demands import (
    ActivityDef,
    CalendarRules,
    DeadlineDef,
    Escalation,
    Kind,
    Spacing,
)
from cohorts.programme.evaluation import EvaluationDef, EvaluationQuestion, ReportDef
from cohorts.programme.lines import LineIndex
from cohorts.programme.people import (
    Actor,
    AgendaDef,
    AgendaItem,
    Funding,
    GroupDef,
    Recruitment,
    Seat,
)
from cohorts.programme.problems import Problem, ProgrammeError
from cohorts.programme.programme import Programme
from cohorts.programme.rules import RULES, WHOLE_RULES
from cohorts.programme.schema import Reader, run_rules

__all__ = [
    "ActivityDef",
    "Actor",
    "AgendaDef",
    "AgendaItem",
    "CalendarRules",
    "Checklist",
    "DeadlineDef",
    "Escalation",
    "EvaluationDef",
    "EvaluationQuestion",
    "EventDef",
    "Focus",
    "Funding",
    "GroupDef",
    "Kind",
    "LawRef",
    "Problem",
    "Product",
    "Programme",
    "ProgrammeError",
    "PuljeCalendar",
    "Question",
    "Recruitment",
    "RecruitmentDate",
    "ReportDef",
    "Seat",
    "SemesterDates",
    "SemesterDef",
    "Spacing",
    "Text",
    "available_calendars",
    "available_programmes",
    "calendar_from_dict",
    "calendar_path",
    "check_file",
    "load_calendar",
    "load_programme",
    "programme_from_dict",
    "programme_of_calendar",
    "programme_path",
]

PROGRAMMES = Path(__file__).resolve().parent.parent / "programmes"
CALENDAR_ENDING = "-kalender"
SCHEMA = 1
TOML_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def load_programme(path: Path | str) -> Programme:
    """Read and check a programme file. Raises ProgrammeError with every problem in it."""
    source = _read(path)
    return _programme(source)


def programme_from_dict(data: dict[str, Any]) -> Programme:
    """Build a programme from plain data, such as the stored ``Programme.raw``.

    The same data is read only once per process. Raises ProgrammeError, without lines.
    """
    return _programme_from_json(json.dumps(data, ensure_ascii=False, default=date.isoformat))


def load_calendar(path: Path | str, programme: Programme) -> PuljeCalendar:
    """Read and check the calendar of a pulje of a programme. Raises ProgrammeError."""
    source = _read(path)
    return _calendar(source, programme)


def calendar_from_dict(data: dict[str, Any], programme: Programme) -> PuljeCalendar:
    """Build the calendar of a pulje from plain data. Raises ProgrammeError, without lines."""
    return _calendar(_Source("", data), programme)


def programme_of_calendar(path: Path | str) -> Programme:
    """Load the programme that a calendar file names, beside it or among ours. See `check_file`."""
    return _programme_of(_read(path))


def available_programmes() -> list[str]:
    """Return the ids of the programmes that ship with the project, sorted.

    Each is ``cohorts/programmes/<id>.toml``; files that end in ``-kalender.toml`` are calendars.
    """
    stems = (path.stem for path in PROGRAMMES.glob("*.toml"))
    return sorted(stem for stem in stems if not stem.endswith(CALENDAR_ENDING))


def available_calendars() -> list[str]:
    """Return the names of the pulje calendars that ship with the project, sorted."""
    return sorted(path.stem for path in PROGRAMMES.glob(f"*{CALENDAR_ENDING}.toml"))


def programme_path(programme_id: str) -> Path:
    """Return the file of a programme that ships with the project. Raises KeyError."""
    if programme_id not in available_programmes():
        raise KeyError(programme_id)
    return PROGRAMMES / f"{programme_id}.toml"


def calendar_path(name: str) -> Path:
    """Return the file of a calendar that ships with the project. Raises KeyError."""
    if name not in available_calendars():
        raise KeyError(name)
    return PROGRAMMES / f"{name}.toml"


def check_file(path: Path | str) -> list[Problem]:
    """Return all that is wrong with a programme or a calendar file; nothing when it is right.

    A calendar is told by its table ``[pulje]``; its programme must be beside it or ship with the
    project.
    """
    try:
        source = _read(path)
        if "pulje" in source.data:
            _calendar(source, _programme_of(source))
        else:
            _programme(source)
    except ProgrammeError as error:
        return error.problems
    return []


@dataclass(frozen=True)
class _Source:
    """A file that could be read as TOML, or plain data without a file (``lines`` is None)."""

    file: str
    data: dict[str, Any]
    lines: LineIndex | None = None

    def reader(self, others: Any = None) -> Reader:
        return Reader(self.data, file=self.file, lines=self.lines, others=others)


def _read(path: Path | str) -> _Source:
    file = str(path)
    try:
        text = Path(path).read_bytes().decode("utf-8").replace("\r\n", "\n")
        return _Source(file, tomllib.loads(text), LineIndex(text))
    except OSError as error:
        raise _one_problem(file, 1, f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise _one_problem(file, 1, "is not UTF-8 text") from None
    except tomllib.TOMLDecodeError as error:
        found = TOML_LINE.search(str(error))
        line = int(found[1]) if found and found[1] else text.rstrip().count("\n") + 1
        message = TOML_LINE.sub("", str(error))
        raise _one_problem(file, line, f"is not TOML: {message}") from None


def _one_problem(file: str, line: int, message: str, path: str = "file") -> ProgrammeError:
    return ProgrammeError([Problem(file, line, path, message)])


@lru_cache(maxsize=16)
def _programme_from_json(text: str) -> Programme:
    return _programme(_Source("", json.loads(text)))


def _programme(source: _Source) -> Programme:
    _refuse_other_schema(source)
    reader = source.reader()
    values, programme = reader.read(Programme)
    reader.report(run_rules(RULES, values))
    if not reader.problems:
        reader.report(run_rules(WHOLE_RULES, values))
    if programme is None or reader.problems:
        raise ProgrammeError(reader.problems)
    object.__setattr__(programme, "raw", _as_json(source.data))
    return programme


def _calendar(source: _Source, programme: Programme) -> PuljeCalendar:
    _refuse_other_schema(source)
    reader = source.reader(others=programme.raw)
    values, calendar = reader.read(PuljeCalendar)
    values |= {"programme": programme}
    reader.report(run_rules(CALENDAR_RULES, values))
    if not reader.problems:
        reader.report(run_rules(WHOLE_CALENDAR_RULES, values))
    if calendar is None or reader.problems:
        raise ProgrammeError(reader.problems)
    return calendar


def _refuse_other_schema(source: _Source) -> None:
    schema = source.data.get("schema", SCHEMA)
    if schema != SCHEMA:
        line = source.lines.line(("schema",)) if source.lines else 0
        raise _one_problem(source.file, line, f"must be {SCHEMA}, not {schema}", "schema")


def _programme_of(calendar: _Source) -> Programme:
    """Load the programme that a calendar names, from its own folder or from ours."""
    pulje = calendar.data["pulje"]
    name = pulje.get("programme") if isinstance(pulje, dict) else None
    for folder in (Path(calendar.file).parent, PROGRAMMES):
        path = folder / f"{name}.toml"
        if path.is_file():
            return load_programme(path)
    line = calendar.lines.line(("pulje", "programme")) if calendar.lines else 0
    message = f'no file "{name}.toml" beside it or among the programmes'
    raise _one_problem(calendar.file, line, message, "pulje → programme")


def _as_json(data: Any) -> Any:
    return json.loads(json.dumps(data, default=date.isoformat))
