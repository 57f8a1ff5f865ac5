"""PDF files by their state."""

from django.db import models


class PdfFileQuerySet(models.QuerySet):
    def waiting(self):
        """Files that nobody has made yet, the oldest first."""
        return self.filter(status="queued").order_by("asked_at", "key")

    def about(self, subject: str):
        return self.filter(subject=subject)
