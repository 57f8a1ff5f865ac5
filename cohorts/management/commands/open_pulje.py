"""Open a pulje from a calendar file and the programme that it names."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cohorts.actions.pulje import open_pulje
from cohorts.models import PuljeStatus
from cohorts.programme.definition import (
    Programme,
    ProgrammeError,
    calendar_path,
    load_calendar,
    load_programme,
    programme_of_calendar,
    programme_path,
)


class Command(BaseCommand):
    help = "Open a pulje from a calendar and its programme; nothing is made when a file is wrong."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("calendar", help="a calendar file, or the name of one of ours")
        parser.add_argument("--programme", help="a programme file (default: what it names)")
        parser.add_argument(
            "--status",
            default=PuljeStatus.RUNNING,
            choices=[PuljeStatus.DRAFT, PuljeStatus.RECRUITING, PuljeStatus.RUNNING],
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            calendar_file = _find(options["calendar"], calendar_path)
            programme = _programme(options["programme"], calendar_file)
            pulje = open_pulje(
                programme=programme,
                calendar=load_calendar(calendar_file, programme),
                by=None,
                now=timezone.now(),
                status=options["status"],
            )
        except ProgrammeError as error:
            raise CommandError(str(error)) from None
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from None
        semesters = pulje.semesters.count()
        self.stdout.write(f"{pulje} opened: {pulje.name}, {semesters} semesters with the start-up")


def _programme(named: str | None, calendar_file: Path) -> Programme:
    if named is None:
        return programme_of_calendar(calendar_file)
    return load_programme(_find(named, programme_path))


def _find(name: str, ours: Callable[[str], Path]) -> Path:
    """A file by its path, else one that ships with the project by its name."""
    if Path(name).is_file():
        return Path(name)
    try:
        return ours(name)
    except KeyError:
        raise CommandError(f'No file "{name}", and none of ours has that name.') from None
