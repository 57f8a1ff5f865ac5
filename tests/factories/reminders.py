"""The reminders of one grunnlag: `called_meeting(scene)`, `told()`."""

from datetime import UTC, date, datetime

from actors.models import Notice
from cohorts.models import DeadlineRule
from cohorts.rules.deadlines import steps_from
from tests.factories.meetings import make_meeting

# The meeting is on Thursday 3 December; its grunnlag is due on Thursday 26 November.
KIND = "veiledningsgrunnlag"
DUE = date(2026, 11, 26)


def at(day: int, month: int = 11, hour: int = 7) -> datetime:
    """Seven o'clock UTC (or `hour`) on a day of November (or `month`) 2026."""
    return datetime(2026, month, day, hour, tzinfo=UTC)


def told() -> list[tuple]:
    """Who is told of the grunnlag, of which step, and how it went."""
    rows = Notice.objects.filter(kind=KIND).order_by("pk")
    return [(n.recipient, n.occasion.split("@")[0], n.status) for n in rows]


def steps(*remind, escalate=()):
    """Change the steps of the rule of the grunnlag."""
    DeadlineRule.objects.filter(key=KIND).update(steps=steps_from(remind, escalate))


def called_meeting(scene):
    """A meeting that was called on 2 November; what was told of it then is gone."""
    meeting = make_meeting(scene, "veiledning_1", now=at(2))
    Notice.objects.all().delete()  # the invitation's own
    return meeting
