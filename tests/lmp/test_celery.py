"""The queue: the schedule names real tasks, and a worker carries them out."""

from collections.abc import Callable

from django.core.cache import cache

from lmp.celery import app
from lmp.health import HEARTBEAT_KEY
from lmp.tasks import heartbeat


def test_schedule_names_registered_tasks() -> None:
    app.loader.import_default_modules()

    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}

    assert scheduled - set(app.tasks) == set()


def test_heartbeat_stands_in_the_schedule() -> None:
    assert app.conf.beat_schedule["heartbeat"]["task"] == heartbeat.name


def test_worker_carries_out_what_is_queued(
    celery_worker: None, eventually: Callable[[Callable[[], bool]], None]
) -> None:
    heartbeat.delay()

    eventually(lambda: cache.get(HEARTBEAT_KEY) is not None)
