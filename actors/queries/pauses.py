"""Which pauses hold, and which notices a pause holds back."""

from datetime import datetime

from django.db import models


class PauseQuerySet(models.QuerySet):
    def on(self, now: datetime):
        """Pauses that hold at `now` (aware)."""
        begun = self.filter(starts_at__lte=now, lifted_at=None)
        return begun.filter(models.Q(until=None) | models.Q(until__gt=now))


def stopped_by(*, scope: str, rule: int | None, unit: int | None, owner: int | None) -> models.Q:
    """The condition on notices that a pause of `scope` (a `PauseScope`) holds back.

    `rule`, `unit` and `owner` are primary keys. Only a pause of everything holds decisions; one of
    an owner holds what concerns its units too.
    """
    reminder, decision = models.Q(category="reminder"), models.Q(category="decision")
    if scope == "everything":
        return models.Q()
    if scope == "reminders":
        return reminder
    if scope == "rule":
        return reminder & models.Q(rule=rule)
    place = models.Q(unit=unit) if unit else models.Q(owner=owner) | models.Q(unit__owner=owner)
    return place & ~decision
