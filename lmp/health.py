"""Health: is the process alive, is it ready to answer, and are beat and the workers at work."""

import shutil
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from redis.exceptions import RedisError

from actors.actions.jobs import mark_alive
from actors.models import Job
from lmp.queues import NAMES

BEAT = "beat"
LATE_AFTER = timedelta(minutes=5)
DISK_FLOOR = 100 * 1024 * 1024
"""Bytes that must be free where the embedded database, queue and logs live."""


def worker_of(queue: str) -> str:
    """The name under which the worker of a queue leaves its signs of life."""
    return f"worker-{queue}"


def record_heartbeat(process: str, now: datetime) -> None:
    """Store ``now`` as the last sign of life of ``process``, in the database: it outlives Redis."""
    mark_alive(name=process, now=now)


def heartbeat_states(now: datetime) -> dict[str, str]:
    """Say of beat and of the worker of each queue whether it lives.

    ``ok``, ``late`` (no sign for five minutes) or ``unknown`` (never a sign). Beat leaves its own;
    a worker's comes when it carries out what beat hands out, so it is late when beat is.
    """
    names = [BEAT, *map(worker_of, NAMES)]
    seen = dict(Job.objects.filter(name__in=names).values_list("name", "ok_at"))
    return {name: _heartbeat_state(seen.get(name), now) for name in names}


def _heartbeat_state(last: datetime | None, now: datetime) -> str:
    if last is None:
        return "unknown"
    return "late" if now - last > LATE_AFTER else "ok"


def _database_state() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return "down"
    return "ok"


def _cache_state(now: datetime) -> str:
    try:
        cache.set("helse:proeve", now.isoformat(), 60)
        found = cache.get("helse:proeve")
    except (DatabaseError, RedisError):
        return "down"
    return "ok" if found is not None else "down"


def _disk_state() -> str:
    return "ok" if shutil.disk_usage(settings.VAR_DIR).free > DISK_FLOOR else "full"


def readiness(now: datetime) -> tuple[bool, dict[str, Any]]:
    """Return (ready, the state of each part).

    A late beat or worker is shown but does not take the web server out of service: pages still
    work, and the office sees a band that says so.
    """
    parts = {"database": _database_state(), "disk": _disk_state()}
    parts["cache"] = _cache_state(now) if parts["database"] == "ok" else "unknown"
    ready = all(state == "ok" for state in parts.values())
    beating = heartbeat_states(now) if parts["database"] == "ok" else {}
    return ready, parts | beating
