"""PDF files by their state."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat


class PdfFileQuerySet(models.QuerySet):
    def waiting(self):
        """Files that nobody has made yet, the oldest first."""
        return self.filter(status="queued").order_by("asked_at", "key")

    def free(self, taken_before: datetime):
        """Waiting files that nobody is making: not taken, or taken so long ago that it stopped."""
        return self.waiting().filter(Q(claimed_at=None) | Q(claimed_at__lt=taken_before))

    def about(self, subject: str):
        """Files that show a text («addendum:3»), alone or together with others."""
        padded = Concat(Value(" "), F("subject"), Value(" "))
        return self.annotate(names=padded).filter(names__contains=f" {subject} ")
