"""Whether what a notice says still holds: asked before it becomes a mail and before it is sent.

Notices are written by apps above this one. They say themselves, in `settings.NOTICE_CHECKS`, who
can tell: {"obligation": "meetings.….still_due"} names, for the beginning of `Notice.subject`, a
function of (notices, day) that gives, by primary key, why some of them no longer apply.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from actors.models import Notice

Check = Callable[[list[Notice], date], dict[int, str]]


def no_longer_due(notices: Sequence[Notice], on: date) -> dict[int, str]:
    """Why some notices need not go on the day `on` (local date), by primary key.

    A notice whose subject nobody watches always applies. The reasons are as they are kept
    (`outcomes.reason`).
    """
    by_prefix: dict[str, list[Notice]] = {}
    for notice in notices:
        by_prefix.setdefault(notice.subject.partition(":")[0], []).append(notice)
    gone: dict[int, str] = {}
    for prefix, some in by_prefix.items():
        path = settings.NOTICE_CHECKS.get(prefix)
        if path:
            gone |= _check(path)(some, on)
    return gone


@cache
def _check(path: str) -> Check:
    return import_string(path)
