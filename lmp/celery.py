"""The Celery app and the whole beat schedule: what runs by itself stands here, nowhere else.

A task that is scheduled looks for rows that are due and claims them one by one, so a tick that
is lost, late or doubled does no harm.
"""

import os

from celery import Celery
from celery.schedules import schedule

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lmp.settings")

app = Celery("lmp")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

MINUTE = 60.0

app.conf.beat_schedule = {
    "heartbeat": {"task": "lmp.tasks.heartbeat", "schedule": schedule(MINUTE)},
    "obligations": {"task": "meetings.tasks.sync_obligations", "schedule": schedule(10 * MINUTE)},
    "reminders": {"task": "meetings.tasks.send_reminders", "schedule": schedule(5 * MINUTE)},
    "notices": {"task": "actors.tasks.deliver_notices", "schedule": schedule(MINUTE)},
    "letters": {"task": "cohorts.tasks.release_due_letters", "schedule": schedule(MINUTE)},
    "lapsing": {"task": "cohorts.tasks.lapse_offers", "schedule": schedule(10 * MINUTE)},
    "pdfs": {"task": "cohorts.tasks.make_waiting_pdfs", "schedule": schedule(MINUTE)},
    "old-pdfs": {"task": "cohorts.tasks.forget_old_pdfs", "schedule": schedule(60 * MINUTE)},
    "privacy": {"task": "meetings.tasks.watch_privacy_clocks", "schedule": schedule(5 * MINUTE)},
    "locking": {"task": "meetings.tasks.lock_referater", "schedule": schedule(60 * MINUTE)},
}
