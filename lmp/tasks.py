"""Tasks of the project itself."""

from celery import shared_task
from django.utils import timezone

from lmp.health import record_heartbeat


@shared_task
def heartbeat() -> None:
    """Leave a sign that beat and a worker are alive; ``/helse/klar`` shows its age."""
    record_heartbeat(timezone.now())
