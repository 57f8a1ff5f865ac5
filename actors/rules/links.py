"""Signed links in mails: to one task, and to say no to more mail. What a task's session opens.

A link is signed with the portal's key and cannot be changed. The link to a task is bound to the
notice, the person and the office, and works until the due day; it opens nothing by itself, but
lets the person in with a code sent to the person's own address. Pure: no database, no clock.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fnmatch import fnmatchcase
from typing import Protocol
from urllib.parse import parse_qs, urlsplit

from django.core.signing import BadSignature, Signer
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils import timezone

from actors.rules.wishes import MESSAGE, REMINDER

AT_LEAST = timedelta(days=14)
"""How long a link works, though the due day comes before that, has gone, or there is none."""

# What is filed through a link, by the name of its first page, and the pages that belong to it: to
# write, save, send, and read what was sent. Anything else asks for an ordinary sign-in.
PAGES: dict[str, tuple[str, ...]] = {
    "meetings:grunnlag_detail": ("meetings:grunnlag_*",),
    "meetings:referat_detail": (
        "meetings:referat_*",
        "meetings:follow_up_*",
        "meetings:addendum_create",
        "meetings:merknad_*",
    ),
    "meetings:meeting_detail": ("meetings:meeting_respond",),
    "meetings:record_create": (),
    "meetings:kartlegging_detail": (
        "meetings:kartlegging_*",
        "meetings:omraade_*",
        "meetings:arbeidsark_*",
    ),
    "meetings:mellomarbeid_list": ("meetings:mellomarbeid_*",),
    "meetings:involvement_list": ("meetings:involvement_*",),
    "meetings:involvement_create": ("meetings:involvement_*",),
    "meetings:plan_review": ("meetings:plan_review*", "meetings:plan_version"),
}


class NoticeLike(Protocol):
    """What is needed of a notice."""

    pk: int
    recipient_id: int
    role_id: int | None
    due: date | None
    created_at: datetime


@dataclass(frozen=True)
class TaskLink:
    """What a link to a task says: the notice, whose it is, in which office, and the last day."""

    notice: int
    recipient: int
    role: int
    until: date


@dataclass(frozen=True)
class StopLink:
    """Whose mail to stop, and of which categories."""

    user: int
    categories: tuple[str, ...]


@dataclass(frozen=True)
class TaskState:
    """What has become of a task: met when and by whom (empty when not to be seen), or gone and why.

    `path` is the page where it is done, or empty for the page of the notice.
    """

    met_at: datetime | None = None
    met_by: str = ""
    is_gone: bool = False
    gone: str = ""
    path: str = ""


def works_until(due: date | None, today: date) -> date:
    """The last day of a link made on `today`: the due day, and two weeks at least.

    What is overdue is still owed: who opens the mail the day after comes in too.
    """
    return max(due or today, today + AT_LEAST)


def task_link(notice: NoticeLike, today: date | None = None) -> str:
    """The path of the signed link to what a notice is about; stands in for `notice.url` in a mail.

    `today` is the day it is mailed, the day the notice was written unless given.
    """
    made = today or timezone.localdate(notice.created_at)
    until = works_until(notice.due, made).toordinal()
    payload = [notice.pk, notice.recipient_id, notice.role_id or 0, until]
    return reverse("actors:task_link", args=[_task_signer().sign_object(payload)])


def read_task(token: str) -> TaskLink | None:
    """What a link says, or None when it is not ours or was changed."""
    try:
        notice, recipient, role, until = _task_signer().unsign_object(token)
    except (BadSignature, ValueError):
        return None
    return TaskLink(notice, recipient, role, date.fromordinal(until))


def unsubscribe_link(user_id: int, categories: Iterable[str]) -> str:
    """The path that stops mail of the categories («reminder», «message») to a person.

    It never runs out: an old mail must stop new ones too (RFC 8058).
    """
    chosen = [each for each in (REMINDER, MESSAGE) if each in set(categories)]
    return reverse("actors:unsubscribe", args=[_stop_signer().sign_object([user_id, *chosen])])


def read_unsubscribe(token: str) -> StopLink | None:
    """Whose mail a link stops, or None when it is not ours or was changed."""
    try:
        user, *categories = _stop_signer().unsign_object(token)
    except (BadSignature, ValueError):
        return None
    return StopLink(user, tuple(categories))


def has_session(path: str) -> bool:
    """Whether what is done on `path` can be done by somebody who is signed in for it alone."""
    home = resolved(path)
    return home is not None and home.view_name in PAGES


def belongs(home: str, asked: ResolverMatch, query: Mapping[str, str]) -> bool:
    """Whether a page belongs to the task on the path `home`.

    It must be the page itself, or one of `PAGES`, about the same meeting or unit. A `?enhet=` or
    `?deltakelse=` in `home` may not be another in `query`.
    """
    match = resolved(home)
    if match is None or match.view_name not in PAGES:
        return False
    names = (match.view_name, *PAGES[match.view_name])
    if not any(fnmatchcase(asked.view_name, name) for name in names):
        return False
    if any(asked.kwargs.get(key) != value for key, value in match.kwargs.items()):
        return False
    fixed = parse_qs(urlsplit(home).query)
    return all(query.get(key, values[0]) == values[0] for key, values in fixed.items())


def without_role(path: str) -> str:
    """The path without `?rolle=`: in the session of a task the office is decided already."""
    parts = urlsplit(path)
    kept = [each for each in parts.query.split("&") if each and not each.startswith("rolle=")]
    return parts._replace(query="&".join(kept)).geturl()


def resolved(path: str) -> ResolverMatch | None:
    """What answers on a path, query or not; None when nothing does."""
    try:
        return resolve(urlsplit(path).path)
    except Resolver404:
        return None


def _task_signer() -> Signer:
    return Signer(salt="lmp.task-link", sep=".")


def _stop_signer() -> Signer:
    return Signer(salt="lmp.unsubscribe", sep=".")
