"""Which pauses hold."""

from datetime import datetime

from django.db import models


class PauseQuerySet(models.QuerySet):
    def on(self, now: datetime):
        """Pauses that hold at `now` (aware)."""
        begun = self.filter(starts_at__lte=now, lifted_at=None)
        return begun.filter(models.Q(until=None) | models.Q(until__gt=now))
