"""Tasks of the project itself: a sign of life from the worker of each queue.

Beat leaves its own (`lmp/beat.py`), so that it can be told which of them is down.
"""

from celery import shared_task
from django.utils import timezone

from lmp.health import record_heartbeat, worker_of
from lmp.queues import MAIL, PDF, SCAN


@shared_task
def heartbeat_scan() -> None:
    """The worker that looks for what is due lives."""
    record_heartbeat(worker_of(SCAN), timezone.now())


@shared_task
def heartbeat_mail() -> None:
    """The worker that sends mail lives."""
    record_heartbeat(worker_of(MAIL), timezone.now())


@shared_task
def heartbeat_pdf() -> None:
    """The worker that makes PDF files lives."""
    record_heartbeat(worker_of(PDF), timezone.now())
