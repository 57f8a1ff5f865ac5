"""The Celery app in a process of its own, in the time and with the mailbox of a browser test.

`JOURNEY_BEGINS` is the moment the process starts at (ISO 8601), `JOURNEY_URL` the live server.
"""

import os
from datetime import datetime

import time_machine
from django.conf import settings

from lmp.celery import app

time_machine.travel(datetime.fromisoformat(os.environ["JOURNEY_BEGINS"]), tick=True).start()
settings.EMAIL_BACKEND = "actors.mailbox.MailboxBackend"
settings.SITE_URL = os.environ["JOURNEY_URL"]

__all__ = ["app"]
