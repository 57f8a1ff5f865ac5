"""`manage.py check_programme [FILE …]`: say all that is wrong with programme and calendar files."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cohorts.programme.definition import (
    Problem,
    available_calendars,
    available_programmes,
    calendar_path,
    check_file,
    programme_path,
)


class Command(BaseCommand):
    """Another door to `check_file`: prints what it finds."""

    help = (
        "Check programme and calendar files against the schema and print every problem as "
        "file:line: path: message. Without FILE, all files that ship with the project are checked."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", metavar="FILE", type=Path)

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        """Print the problems; exit with status 1 when there are any."""
        checked = files or shipped_files()
        problems = [problem for file in checked for problem in check_file(file)]
        for problem in problems:
            self.stdout.write(str(problem))
        if problems:
            raise CommandError(summary(problems))
        self.stdout.write(f"{len(checked)} {'file' if len(checked) == 1 else 'files'} checked: OK")


def shipped_files() -> list[Path]:
    """Return the programmes and calendars of the project."""
    programmes = [programme_path(name) for name in available_programmes()]
    return programmes + [calendar_path(name) for name in available_calendars()]


def summary(problems: list[Problem]) -> str:
    """Return "3 problems in 2 files"."""
    files = len({problem.file for problem in problems})
    return (
        f"{len(problems)} {'problem' if len(problems) == 1 else 'problems'} "
        f"in {files} {'file' if files == 1 else 'files'}"
    )
