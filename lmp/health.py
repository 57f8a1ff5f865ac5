"""Health: is the process alive, is it ready to answer, and is beat still ticking."""

import shutil
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from redis.exceptions import RedisError

HEARTBEAT_KEY = "helse:puls"
HEARTBEAT_KEPT = timedelta(days=7)
BEAT_LATE_AFTER = timedelta(minutes=5)
DISK_FLOOR = 100 * 1024 * 1024
"""Bytes that must be free where the embedded database, queue and logs live."""


def record_heartbeat(now: datetime) -> None:
    """Store ``now`` as the time of the last beat tick that a worker carried out."""
    cache.set(HEARTBEAT_KEY, now.isoformat(), int(HEARTBEAT_KEPT.total_seconds()))


def beat_state(now: datetime) -> str:
    """Return ``ok``, ``late`` (no tick for five minutes) or ``unknown`` (never a tick)."""
    last = cache.get(HEARTBEAT_KEY)
    if last is None:
        return "unknown"
    return "late" if now - datetime.fromisoformat(last) > BEAT_LATE_AFTER else "ok"


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

    A late beat is shown but does not take the web server out of service: pages still work.
    """
    parts = {"database": _database_state(), "disk": _disk_state()}
    parts["cache"] = _cache_state(now) if parts["database"] == "ok" else "unknown"
    ready = all(state == "ok" for state in parts.values())
    parts["beat"] = beat_state(now) if parts["cache"] == "ok" else "unknown"
    return ready, parts
