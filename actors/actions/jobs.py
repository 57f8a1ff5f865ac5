"""What the schedule leaves behind: when each job began, ended, failed, and what came of it."""

import traceback
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from actors.models import Job

LONGEST = 300


@transaction.atomic
def begin_job(*, name: str, now: datetime) -> None:
    """Note that the job `name` begins at `now` (aware)."""
    _note(name, started_at=now)


@transaction.atomic
def end_job(*, name: str, seconds: float, made: int, now: datetime) -> None:
    """Note that it went well, took `seconds` and made so many."""
    _note(name, ok_at=now, seconds=seconds, made=made, error="")


@transaction.atomic
def fail_job(*, name: str, seconds: float, error: BaseException, now: datetime) -> None:
    """Note that it failed, and where; never the words of the error, which may quote a text."""
    _note(name, failed_at=now, seconds=seconds, error=place_of(error)[:LONGEST])


@transaction.atomic
def mark_alive(*, name: str, now: datetime) -> None:
    """Note that a process lives: beat, or a worker of a queue."""
    _note(name, started_at=now, ok_at=now)


def place_of(error: BaseException) -> str:
    """The kind of error and the line of ours it came from: `KeyError, actors/tasks.py:12`."""
    kind = type(error).__name__
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(settings.BASE_DIR)]
    ours = [frame for frame in ours if "site-packages" not in frame.filename]
    if not ours:
        return kind
    return f"{kind}, {Path(ours[-1].filename).relative_to(settings.BASE_DIR)}:{ours[-1].lineno}"


def _note(name: str, **what) -> None:
    """Write to the job's row; two at once write the same row, and the later one stands."""
    if not Job.objects.filter(name=name).update(**what):
        Job.objects.bulk_create(
            [Job(name=name, **what)],
            update_conflicts=True,
            unique_fields=["name"],
            update_fields=list(what),
        )
