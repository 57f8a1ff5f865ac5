"""The Celery app in a process of its own that starts at the moment of the test, not at today's.

`JOURNEY_BEGINS` is that moment (ISO 8601). With `JOURNEY_URL`, the live server of a browser test,
mail goes to the mailbox that the test can read.
"""

import os
from datetime import datetime

import time_machine
from django.conf import settings

from lmp.celery import app

time_machine.travel(datetime.fromisoformat(os.environ["JOURNEY_BEGINS"]), tick=True).start()
if "JOURNEY_URL" in os.environ:
    settings.EMAIL_BACKEND = "actors.mailbox.MailboxBackend"
    settings.SITE_URL = os.environ["JOURNEY_URL"]

__all__ = ["app"]
