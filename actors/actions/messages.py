"""Notices to people: one row per person, thing and occasion, written with the change itself.

What becomes of them is in `bundles` (one mail a day) and `outbox` (sending); the two doors are
named here as well, because whoever writes notices thinks of them as one thing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from actors.actions.bundles import bundle_notices
from actors.actions.outbox import SendResult, send_mails
from actors.models import MailStatus, Notice, NoticeCategory, NoticeStatus, Role, User

__all__ = [
    "NoticeText",
    "Origin",
    "SendResult",
    "bundle_notices",
    "cancel_notices",
    "in_role",
    "notify",
    "notify_roles",
    "send_mails",
]


@dataclass(frozen=True)
class NoticeText:
    """The neutral words of a notice in both languages; never the text of a paper."""

    title_bm: str
    title_nn: str
    body_bm: str
    body_nn: str
    action_bm: str
    action_nn: str

    def in_language(self, language: str) -> tuple[str, str, str]:
        """Title, body and button for "nb" or "nn"."""
        if language == "nn":
            return self.title_nn, self.body_nn, self.action_nn
        return self.title_bm, self.body_bm, self.action_bm

    def for_notice(self, language: str) -> dict[str, str]:
        """The same as fields of a notice, which cut what is too long."""
        title, body, action = self.in_language(language)
        return {"title": title[:200], "body": body[:600], "action_label": action[:80]}


@dataclass(frozen=True)
class Origin:
    """Where a notice comes from: what may be chosen away or paused, and what it concerns.

    The fields of a notice that say so, by name. `rule` and `version` are the primary key and the
    version of the rule that wrote a reminder, `pulje` the number of its pulje. `unit_id` and
    `owner_id` are what it is about, wherever there is one: a pause of the place holds it back, and
    who was told is seen there.
    """

    category: NoticeCategory = NoticeCategory.MESSAGE
    rule: int | None = None
    version: int | None = None
    pulje: int | None = None
    unit_id: int | None = None
    owner_id: int | None = None


A_MESSAGE = Origin()


@transaction.atomic
def notify(
    *,
    recipients: Iterable[User],
    kind: str,
    subject: str,
    occasion: str,
    text: NoticeText,
    url: str,
    now: datetime,
    due: date | None = None,
    event_day: date | None = None,
    urgent: bool = False,
    not_before: datetime | None = None,
    place: str = "",
    role: Role | None = None,
    origin: Origin = A_MESSAGE,
) -> int:
    """Queue one notice for each recipient; return how many were new.

    Doing it again for the same kind, subject and occasion does nothing. Words that are too long
    are cut: what they are about must not fail because of them. `url` is a path on the portal,
    `due` and `event_day` are local days as in `Notice`. `place` is the unit or owner for the
    subject line; without it the recipient's only role tells. `role` is the office they have it in.
    Times are aware.
    """
    people = {person.pk: person for person in recipients if person.is_active}
    about = {"kind": kind, "subject": subject, "occasion": occasion}
    same = Notice.objects.filter(**about, recipient__in=people)
    had = set(same.values_list("recipient_id", flat=True))
    days = {"due": due, "event_day": event_day, "urgent": urgent}
    times = {"not_before": not_before or now, "created_at": now}
    what = {**about, **vars(origin), "url": url, "place": place[:200], "role": role}
    shared = {**what, **days, **times}
    new = [person for pk, person in people.items() if pk not in had]
    notices = [Notice(recipient=each, **text.for_notice(each.language), **shared) for each in new]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    return len(notices)


@transaction.atomic
def notify_roles(
    *,
    roles: Iterable[Role],
    kind: str,
    subject: str,
    occasion: str,
    text: NoticeText,
    url: str,
    now: datetime,
    by: User | None = None,
    due: date | None = None,
    urgent: bool = False,
    place: str = "",
    origin: Origin = A_MESSAGE,
) -> int:
    """Queue one notice for each person who holds one of the roles; return how many were new.

    The link opens in that office, whatever the person acts in (the first of several). `by`, who
    did what it is about, is not told. The rest as in `notify`.
    """
    first: dict[int, Role] = {}
    for role in roles:
        first.setdefault(role.user_id, role)
    return sum(
        notify(
            recipients=[role.user],
            kind=kind,
            subject=subject,
            occasion=occasion,
            text=text,
            url=in_role(url, role),
            now=now,
            due=due,
            urgent=urgent,
            place=place,
            role=role,
            origin=origin,
        )
        for role in first.values()
        if by is None or role.user_id != by.pk
    )


def in_role(path: str, role: Role) -> str:
    """The path as a link that opens in the office, for a person who holds several."""
    return f"{path}{'&' if '?' in path else '?'}rolle={role.pk}"


@transaction.atomic
def cancel_notices(*, subject: str, reason: str, now: datetime, kind: str = "") -> int:
    """Stop the notices about `subject` that have not been sent yet; return how many.

    With a `kind` only those of that kind. One in a mail that waits is taken out of it before the
    mail is sent. `reason` is shown to the recipient, in the words of the source. `now` is kept for
    symmetry with the other actions: a stopped notice needs no time of its own.
    """
    in_outbox = Q(status=NoticeStatus.BUNDLED, mail__status=MailStatus.QUEUED)
    unsent = Notice.objects.filter(Q(status=NoticeStatus.QUEUED) | in_outbox, subject=subject)
    if kind:
        unsent = unsent.filter(kind=kind)
    waiting = Notice.objects.filter(pk__in=unsent.values("pk"))
    return waiting.update(status=NoticeStatus.CANCELLED, outcome=reason[:200])
