"""The Celery app with the lines of its schedule that make and send mail, as fast as our clock."""

from celery.schedules import schedule

from lmp.celery import app
from tests.faults.clock import SPEED

NEEDED = ("reminders", "deliver")

app.conf.beat_schedule = {
    name: entry | {"schedule": schedule(entry["schedule"].run_every / SPEED)}
    for name, entry in app.conf.beat_schedule.items()
    if name in NEEDED
}

__all__ = ["app"]
