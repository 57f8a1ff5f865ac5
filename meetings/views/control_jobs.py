"""The jobs that run by themselves: when each last ran, when it runs again, what waits."""

from datetime import datetime, timedelta
from typing import Any

from celery import current_app
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe
from kombu.exceptions import KombuError

from actors.models import Job
from actors.queries.jobs import EngineState, engine_state
from lmp.lib.wording import when
from meetings.views.control_gate import refuse_unless_sees

TITLES: dict[str, str | Promise] = {
    "deliver": gettext_lazy("Sende e-post"),
    "reminders": gettext_lazy("Finne påminnelser"),
    "obligations": gettext_lazy("Regne ut frister"),
    "letters": gettext_lazy("Slippe brev"),
    "lapsing": gettext_lazy("La tilbud falle bort"),
    "pdfs": gettext_lazy("Lage PDF-er som venter"),
    "old-pdfs": gettext_lazy("Slette gamle PDF-er"),
    "privacy": gettext_lazy("Følge med på personvernmeldinger"),
    "locking": gettext_lazy("Låse referater"),
}
PROCESSES: dict[str, str | Promise] = {
    "beat": gettext_lazy("Klokka som setter i gang jobbene"),
    "worker-scan": gettext_lazy("Arbeider for påminnelser og frister"),
    "worker-mail": gettext_lazy("Arbeider for e-post"),
    "worker-pdf": gettext_lazy("Arbeider for PDF"),
}
QUEUES: dict[str, str | Promise] = {
    "scan": gettext_lazy("Påminnelser, frister og resten"),
    "mail": gettext_lazy("E-post"),
    "pdf": gettext_lazy("PDF"),
}
HEARTBEAT = timedelta(minutes=1)
MISSED_TICKS = 3
"""A job is late when so many of its runs have not ended well, and five minutes have gone."""
AT_LEAST = timedelta(minutes=5)


@login_required
@require_safe
def control_jobs(request: HttpRequest) -> HttpResponse:
    """Every job of the schedule and every process that carries it, with its last sign of life."""
    refuse_unless_sees(request)
    now = timezone.now()
    rows = {job.name: job for job in Job.objects.all()}
    every = {
        name: entry["schedule"].run_every
        for name, entry in current_app.conf.beat_schedule.items()
        if not name.startswith("heartbeat-")
    }
    context = {
        "figures": _figures(engine_state(now), now),
        "processes": [
            _row(name, title, rows.get(name), HEARTBEAT, now) for name, title in PROCESSES.items()
        ],
        "jobs": [
            _row(name, TITLES.get(name, name), rows.get(name), interval, now)
            for name, interval in every.items()
        ],
        "queues": _queues(),
    }
    return render(request, "meetings/control_jobs.html", context)


def _row(
    name: str, title: str | Promise, job: Job | None, interval: timedelta, now: datetime
) -> dict[str, Any]:
    """One job or process: its state, the last good run, the next, and what came of it."""
    ok_at, started = (job.ok_at, job.started_at) if job else (None, None)
    icon, color, word = _state(job, interval, now)
    return {
        "name": name,
        "title": title,
        "icon": icon,
        "color": color,
        "word": word,
        "last": when(ok_at, now) if ok_at else _("Aldri"),
        "next": when(max(started + interval, now), now) if started else "",
        "made": job.made if job else 0,
        "took": _seconds(job.seconds) if job and job.ok_at else "",
        "error": job.error if job else "",
    }


def _state(job: Job | None, interval: timedelta, now: datetime) -> tuple[str, str, str]:
    if job is None or (job.ok_at is None and not job.error):
        return "na", "neutral", _("Har ikke kjørt")
    if job.error:
        return "late", "danger", _("Feilet")
    last = job.ok_at or now
    if now - last > max(interval * MISSED_TICKS, AT_LEAST):
        return "late", "danger", _("Står stille")
    return "ok", "success", _("I gang")


def _seconds(seconds: float) -> str:
    if seconds < 1:
        return _("under ett sekund")
    whole = round(seconds)
    return ngettext("%(n)s sekund", "%(n)s sekunder", whole) % {"n": whole}


def _figures(state: EngineState, now: datetime) -> list[dict[str, Any]]:
    oldest = state.oldest_unsent
    return [
        {
            "label": _("Venter på å bli sendt"),
            "value": state.depth,
            "note": _("eldste: %(when)s") % {"when": when(oldest, now).lower()} if oldest else "",
        },
        {
            "label": _("På pause"),
            "value": sum(each.waiting for each in state.pauses),
            "note": ngettext("%(n)s pause", "%(n)s pauser", len(state.pauses))
            % {"n": len(state.pauses)}
            if state.pauses
            else "",
        },
    ]


def _queues() -> list[dict[str, Any]]:
    """How many tasks stand in each queue; None when the queue does not answer."""
    names = [queue.name for queue in current_app.conf.task_queues]
    try:
        with current_app.connection_for_read(connect_timeout=2) as line:
            depths = {name: _depth(line.default_channel, name) for name in names}
    except (OSError, KombuError, *current_app.connection().connection_errors):
        depths = {}
    ours = [(name.rpartition("-")[2], depths.get(name)) for name in names]
    return [{"name": QUEUES.get(name, name), "depth": depth} for name, depth in ours]


def _depth(channel: Any, name: str) -> int:
    """The tasks that nobody has taken; a queue that has not been used yet holds none."""
    try:
        return int(channel.queue_declare(queue=name, passive=True).message_count)
    except channel.connection.client.channel_errors:
        return 0
