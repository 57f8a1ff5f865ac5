"""What did not reach somebody is told to the owner of the place instead."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from actors.actions.events import record_event
from actors.actions.messages import NoticeText, Origin, notify_roles
from actors.actions.resend import drop_mail
from actors.models import Mail, Notice, NoticeCategory, Owner, Role, User
from actors.rules.roles import RoleKind


def owner_of(notice: Notice) -> Owner | None:
    """The owner of the place that a notice concerns, or of the recipient's office."""
    role = notice.role
    for unit in (notice.unit, role.unit if role else None):
        if unit is not None and unit.owner is not None:
            return unit.owner
    return notice.owner or (role.owner if role else None)


@transaction.atomic
def tell_owner(
    *, mail: Mail, by: User, now: datetime, words: Mapping[int, NoticeText] | None = None
) -> int:
    """Give the notices of a mail that did not arrive to whoever holds the owner's office.

    `words` are those of the notices in both languages, by primary key; a notice that has none
    there goes as it was written. Return how many notices were new; the mail itself is stopped
    when somebody got them. Nobody is told of what is in a mail to the owner's only person, and
    then nothing happens (0).
    """
    made = 0
    notices = mail.notices.select_related(
        "unit__owner", "owner", "role__unit__owner", "role__owner"
    )
    for notice in notices:
        owner = owner_of(notice)
        if owner is not None:
            text = (words or {}).get(notice.pk) or _as_it_was(notice)
            made += _tell(notice, owner, text, now)
    if made:
        drop_mail(mail=mail, by=by, now=now)
        record_event(by=by, verb="tell-owner", subject=f"mail:{mail.pk}", now=now, notices=made)
    return made


def _as_it_was(notice: Notice) -> NoticeText:
    title, body, action = notice.title, notice.body, notice.action_label
    return NoticeText(title, title, body, body, action, action)


def _tell(notice: Notice, owner: Owner, text: NoticeText, now: datetime) -> int:
    held = Role.objects.of_kind(RoleKind.EIER).active(timezone.localdate(now)).filter(owner=owner)
    roles = held.filter(user__is_active=True, user__email_bounced_at=None)
    origin = Origin(
        category=NoticeCategory(notice.category),
        rule=notice.rule,
        version=notice.version,
        pulje=notice.pulje,
        unit_id=notice.unit_id,
        owner_id=owner.pk,
    )
    return notify_roles(
        roles=roles.exclude(user=notice.recipient_id).select_related("user").order_by("pk"),
        kind=notice.kind,
        subject=notice.subject,
        occasion=f"{notice.occasion}/eier"[:60],
        text=text,
        url=notice.url.partition("?rolle=")[0].partition("&rolle=")[0],
        due=notice.due,
        place=notice.place or _place(notice),
        now=now,
        origin=origin,
    )


def _place(notice: Notice) -> str:
    return str(notice.unit or notice.owner or "")
