"""One clock for all processes of a scenario: it runs fast, and it can be set.

A mail waits two minutes before it is tried again, and a dead worker's mails ten; a scenario has a
minute. So the processes read the time from a file that says when the clock was set, to what, and
how many of its seconds pass in one of ours.
"""

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

VARIABLE = "FAULTS_CLOCK"
SPEED = 60


def set_clock(moment: datetime) -> None:
    """Let the clock stand at `moment` (aware) now, for every process at once."""
    path = Path(os.environ[VARIABLE])
    fresh = path.with_suffix(".new")
    fresh.write_text(f"{moment.timestamp()} {time.monotonic()}")
    fresh.replace(path)


def now() -> datetime:
    """What the clock shows: takes the place of `django.utils.timezone.now`."""
    shown, since = map(float, Path(os.environ[VARIABLE]).read_text().split())
    passed = (time.monotonic() - since) * SPEED
    return datetime.fromtimestamp(shown, UTC) + timedelta(seconds=passed)
