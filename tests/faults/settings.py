"""Settings of the workers and beats of a scenario: real mail over SMTP, on the scenario's clock."""

import os

from django.utils import timezone

from actors.rules import delivery
from tests.faults.clock import SPEED, now
from tests.settings import *  # noqa: F403

timezone.now = now
# Half a claim, counted in real seconds.
delivery.BATCH_LASTS /= SPEED

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", int(os.environ["FAULTS_SMTP_PORT"])
EMAIL_TIMEOUT = 60 / SPEED
LOG_LEVEL = "CRITICAL"  # a thousand faults are the point of the scenario
LOGGING = {"level": LOG_LEVEL, "json": False}
