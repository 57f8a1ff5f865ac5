"""The Celery app and the whole beat schedule: what runs by itself stands here, nowhere else.

A task that is scheduled looks for rows that are due and claims them one by one, so a tick that
is lost, late or doubled does no harm. Each leaves its last run in `actors.models.Job`, under the
name it has here.
"""

import os
from typing import Any

from celery import Celery
from celery.schedules import schedule

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lmp.settings")

app = Celery("lmp")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

MINUTE = 60.0
KEPT = 10 * MINUTE


def every(seconds: float, task: str) -> dict[str, Any]:
    """A line of the schedule. A tick that no worker took in time is dropped: the next does the
    same, and a worker that comes back after a day does not run the day again."""
    options = {"expires": max(seconds, KEPT)}
    return {"task": task, "schedule": schedule(seconds), "options": options}


app.conf.beat_schedule = {
    "heartbeat-scan": every(MINUTE, "lmp.tasks.heartbeat_scan"),
    "heartbeat-mail": every(MINUTE, "lmp.tasks.heartbeat_mail"),
    "heartbeat-pdf": every(MINUTE, "lmp.tasks.heartbeat_pdf"),
    "obligations": every(10 * MINUTE, "meetings.tasks.sync_obligations"),
    "reminders": every(5 * MINUTE, "meetings.tasks.send_reminders"),
    "deliver": every(MINUTE, "actors.tasks.deliver_notices"),
    "letters": every(MINUTE, "cohorts.tasks.release_due_letters"),
    "lapsing": every(10 * MINUTE, "cohorts.tasks.lapse_offers"),
    "pdfs": every(MINUTE, "cohorts.tasks.make_waiting_pdfs"),
    "old-pdfs": every(60 * MINUTE, "cohorts.tasks.forget_old_pdfs"),
    "privacy": every(5 * MINUTE, "meetings.tasks.watch_privacy_clocks"),
    "locking": every(60 * MINUTE, "meetings.tasks.lock_referater"),
}
