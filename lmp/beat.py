"""Beat as Celery has it, leaving a sign that it lives."""

import logging
import time
from typing import Any

from celery.beat import PersistentScheduler
from django.db import close_old_connections
from django.utils import timezone

from lmp.health import BEAT, record_heartbeat

logger = logging.getLogger(__name__)

EVERY = 30.0
"""Seconds between two signs."""


class Scheduler(PersistentScheduler):
    """Ticks as its parent does, and notes it, whether or not a worker takes what it hands out.

    Two that run at once by mistake hand out everything twice, which harms nothing: each task looks
    for rows that are due and claims them.
    """

    signed = float("-inf")

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Run one turn of the schedule; return the seconds until the next."""
        wait: float = super().tick(*args, **kwargs)
        if time.monotonic() - self.signed >= EVERY:
            self.signed = time.monotonic()
            sign()
        return min(wait, EVERY)


def sign() -> None:
    """Note that beat lives; a database that is away must not stop it."""
    try:
        record_heartbeat(BEAT, timezone.now())
    except Exception:
        logger.exception("beat could not leave a sign of life")
    finally:
        close_old_connections()
