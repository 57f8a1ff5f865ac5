"""The queue: the schedule names real tasks, each in its queue, and a worker carries them out."""

from collections.abc import Callable

import pytest

from actors.models import Job
from lmp.celery import app
from lmp.queues import NAMES, queue_settings
from lmp.tasks import heartbeat_mail

SCHEDULE = app.conf.beat_schedule


def queue_of(task: str) -> str:
    return str(app.amqp.Router().route({}, task)["queue"].name).rpartition("-")[2]


def test_schedule_names_registered_tasks() -> None:
    app.loader.import_default_modules()

    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}

    assert scheduled - set(app.tasks) == set()


def test_each_job_leaves_its_trace_under_its_name_in_the_schedule() -> None:
    app.loader.import_default_modules()
    own = {name: entry for name, entry in SCHEDULE.items() if not name.startswith("heartbeat-")}

    names = {name: app.tasks[entry["task"]].run.job for name, entry in own.items()}

    assert names == {name: name for name in own}


def test_each_queue_has_a_heartbeat_of_its_own() -> None:
    found = {name: queue_of(SCHEDULE[f"heartbeat-{name}"]["task"]) for name in NAMES}

    assert found == {name: name for name in NAMES}


@pytest.mark.parametrize(
    ("task", "queue"),
    [
        ("meetings.tasks.send_reminders", "scan"),
        ("cohorts.tasks.release_due_letters", "scan"),
        ("actors.tasks.deliver_notices", "mail"),
        ("cohorts.tasks.make_pdf_file", "pdf"),
        ("cohorts.tasks.make_waiting_pdfs", "pdf"),
    ],
)
def test_mail_waits_neither_for_a_scan_nor_for_pdf_files(task: str, queue: str) -> None:
    assert queue_of(task) == queue


def test_queues_of_production_have_no_prefix() -> None:
    found = queue_settings()

    assert [queue.name for queue in found["CELERY_TASK_QUEUES"]] == ["scan", "mail", "pdf"]
    assert found["CELERY_TASK_DEFAULT_QUEUE"] == "scan"


def test_a_tick_that_nobody_took_is_dropped_before_a_day_of_them_is_there() -> None:
    kept = {name: entry["options"]["expires"] for name, entry in SCHEDULE.items()}

    assert kept == {name: 3600 if name in {"old-pdfs", "locking"} else 600 for name in SCHEDULE}


def test_a_task_is_taken_back_when_its_worker_dies_and_killed_when_it_hangs() -> None:
    assert (app.conf.task_acks_late, app.conf.task_reject_on_worker_lost) == (True, True)
    assert app.conf.task_time_limit == 600
    assert app.conf.worker_prefetch_multiplier == 1


def test_worker_carries_out_what_is_queued(
    celery_worker: None, eventually: Callable[[Callable[[], bool]], None]
) -> None:
    heartbeat_mail.delay()

    eventually(lambda: Job.objects.filter(name="worker-mail", ok_at__isnull=False).exists())
