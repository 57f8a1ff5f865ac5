"""How notices, mails and events are found."""

from datetime import datetime

from django.db import models


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A person sees only the notices sent to the person."""
        return self.filter(recipient=user) if user.pk else self.none()

    def queued(self, now: datetime):
        """Notices that wait to be bundled into a mail and may go at `now` (aware, UTC or local)."""
        return self.filter(status="queued", not_before__lte=now)


class MailQuerySet(models.QuerySet):
    def waiting(self, now: datetime):
        """Mails that nobody has taken and that may be sent at `now` (aware)."""
        return self.filter(status="queued", next_attempt_at__lte=now)

    def stale(self, before: datetime):
        """Mails that a worker took before `before` (aware) and never marked: it is dead."""
        return self.filter(status="claimed", claimed_at__lt=before)

    def taken(self):
        """Claimed mails whose letter the mail server has taken: its yes is written down already."""
        sent = {"tries__outcome": "sent", "tries__at": models.F("claimed_at")}
        return self.filter(status="claimed", **sent)


class EventQuerySet(models.QuerySet):
    def about(self, *subjects: str):
        """Events about the subjects («meeting:12»), newest first."""
        return self.filter(subject__in=subjects).select_related("by").order_by("-at", "-pk")
