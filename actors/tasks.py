"""What the workers do for people, and how every job of the schedule leaves a trace."""

import logging
import time
from collections.abc import Callable
from contextlib import contextmanager
from functools import wraps
from typing import Any

from celery import shared_task
from django.db import DatabaseError
from django.utils import timezone

from actors.actions.jobs import begin_job, end_job, fail_job
from actors.actions.messages import bundle_notices, send_mails

logger = logging.getLogger(__name__)

# Few enough that little waits for a worker that has died. However slow the mail server is, no mail
# is begun when half of the claim has gone (`BATCH_LASTS`). Many enough that the questions before
# sending, which are as many for one mail as for all, cost little for each.
BATCH = 100
ENOUGH = 150.0
"""Seconds after which no new round begins, so that one with a mail server that hangs ends before
the task is killed; the next tick goes on where this one left off."""


def job(name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Keep the row of the job `name` up to date each time the function runs; put below shared_task.

    What the function returns is how many it made (None counts as 0). An error is noted and raised
    again; a process that is killed leaves a job that has begun and not ended.
    """

    def wrap(run: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(run)
        def noted(*args: Any, **kwargs: Any) -> Any:
            begin_job(name=name, now=timezone.now())
            began = time.monotonic()
            with _failure_noted(name, began):
                made = run(*args, **kwargs)
            seconds = time.monotonic() - began
            end_job(name=name, seconds=seconds, made=int(made or 0), now=timezone.now())
            return made

        noted.job = name  # type: ignore[attr-defined]
        return noted

    return wrap


@contextmanager
def _failure_noted(name: str, began: float):
    try:
        yield
    except Exception as error:
        try:
            seconds = time.monotonic() - began
            fail_job(name=name, seconds=seconds, error=error, now=timezone.now())
        except DatabaseError:  # what went wrong first is what must be told
            logger.exception("the failure of a job could not be noted", extra={"job": name})
        raise


@shared_task
@job("deliver")
def deliver_notices() -> int:
    """Make the mails that are due and send what waits; return how many mails were tried.

    Safe to run twice and in several workers.
    """
    began, tried = time.monotonic(), 0
    bundle_notices(now=timezone.now())
    while time.monotonic() - began < ENOUGH:
        taken = send_mails(now=timezone.now(), limit=BATCH).total
        tried += taken
        if not taken:  # fewer than a batch is no end: those of a dead worker come afterwards
            break
    return tried
