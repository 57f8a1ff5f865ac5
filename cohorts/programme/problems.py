"""What is wrong with a programme file, and where."""

from dataclasses import dataclass
from typing import Any

Path = tuple[str | int, ...]
"""Where something stands in a file: table keys and list positions (from 0)."""


@dataclass(frozen=True)
class Problem:
    """One thing to put right. ``line`` counts from 1; 0 means that no file was read."""

    file: str
    line: int
    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.path}: {self.message}"


class ProgrammeError(ValueError):
    """A programme or a calendar does not follow its schema. ``problems`` are in file order."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


def describe(data: Any, path: Path) -> str:
    """Name a place the way its author knows it: ``activity "fagsamling" → min``.

    A record in a list is named by its ``id`` or ``number``, anything else by its position from 1.
    """
    parts: list[str] = []
    for step in path:
        data = _below(data, step)
        if isinstance(step, str):
            parts.append(step)
        elif isinstance(data, dict) and isinstance(data.get("id"), str):
            parts[-1] += f' "{data["id"]}"'
        else:
            number = data.get("number", step + 1) if isinstance(data, dict) else step + 1
            parts[-1] += f" {number}"
    return " → ".join(parts) or "file"


def _below(data: Any, step: str | int) -> Any:
    try:
        return data[step]
    except (KeyError, IndexError, TypeError):
        return None
