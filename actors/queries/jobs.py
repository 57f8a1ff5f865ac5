"""Whether the engine of varsler runs: what stands still, since when, and what waits."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import CharField, Count, F, Min, QuerySet, Value

from actors.models import Job, Mail, MailStatus, Notice, Pause
from actors.queries.delivery import BEFORE_SENDING, held_condition

ESSENTIAL = ("deliver", "reminders")
"""Jobs without which nobody is told of anything."""

SILENT_AFTER = timedelta(minutes=15)
"""The slower of the two runs every five minutes; three lost ticks are no accident."""


@dataclass(frozen=True)
class OnPause:
    """A pause that is on, and the number of notices that wait for its end."""

    pause: Pause
    waiting: int


@dataclass(frozen=True)
class EngineState:
    """The engine at `now`. Asking what waits costs two queries more, at the first time only."""

    now: datetime
    silent_since: datetime | None = None
    pauses: list[OnPause] = field(default_factory=list)

    @cached_property
    def _outbox(self) -> tuple[int, datetime | None]:
        mails = Mail.objects.filter(status__in=(MailStatus.QUEUED, MailStatus.CLAIMED))
        mail = mails.aggregate(number=Count("pk"), oldest=Min("created_at"))
        notice = Notice.objects.queued(self.now).aggregate(
            number=Count("pk"), oldest=Min("not_before")
        )
        oldest = [found["oldest"] for found in (mail, notice) if found["oldest"]]
        return mail["number"] + notice["number"], min(oldest, default=None)

    @property
    def depth(self) -> int:
        """Mails that have not left, and notices that may go and are in no mail yet."""
        return self._outbox[0]

    @property
    def oldest_unsent(self) -> datetime | None:
        """Since when the oldest of them could have left; None when nothing waits."""
        return self._outbox[1]


def mails_that_wait(now: datetime) -> int:
    """How many mails wait to leave at `now` (aware), made or not: one a person. Two queries."""
    made = Mail.objects.filter(status__in=(MailStatus.QUEUED, MailStatus.CLAIMED)).count()
    return made + Notice.objects.queued(now).order_by().values("recipient").distinct().count()


def engine_state(now: datetime) -> EngineState:
    """The state of the engine at `now` (aware): one query, and two more while something is paused.

    It is silent since the older of the last good runs of the two jobs that tell people, when that
    is longer ago than `SILENT_AFTER`. An engine that has never run is not silent: nothing is
    expected of a portal that is being set up, and `manage.py health` says it. One of the two that
    has never gone well is, when it has failed, or when something waits for it.
    """
    jobs = Job.objects.filter(name__in=ESSENTIAL)
    good = _rows(jobs.filter(ok_at__isnull=False), "good", "ok_at")
    bad = _rows(jobs.filter(ok_at=None, failed_at__isnull=False), "bad", "failed_at")
    pauses = _rows(Pause.objects.on(now), "pause", "starts_at")
    found: dict[str, list] = {"good": [], "bad": [], "pause": []}
    for what, pk, at in good.union(bad, pauses, all=True):
        found[what].append(pk if what == "pause" else at)
    on = found["pause"]
    state = EngineState(now=now, pauses=_on_pause(on) if on else [])
    since = min(found["good"], default=now)
    if len(found["good"]) == 1:
        since = min(since, state.oldest_unsent or now)
    silent = found["bad"] + ([since] if now - since > SILENT_AFTER else [])
    return replace(state, silent_since=min(silent, default=None))


def _rows(found: QuerySet, what: str, at: str) -> QuerySet:
    """Rows of (what, primary key, time), so that jobs and pauses come with one query."""
    named = found.order_by().annotate(
        what=Value(what, output_field=CharField()), number=F("pk"), at=F(at)
    )
    return named.values_list("what", "number", "at")


def _on_pause(ids: list[int]) -> list[OnPause]:
    found = Pause.objects.filter(pk__in=ids).select_related("set_by", "unit", "owner")
    pauses = list(found.order_by("starts_at", "pk"))
    counts = Notice.objects.filter(status__in=BEFORE_SENDING).aggregate(
        **{f"pause{pause.pk}": Count("pk", filter=held_condition(pause)) for pause in pauses}
    )
    return [OnPause(pause, counts[f"pause{pause.pk}"]) for pause in pauses]
