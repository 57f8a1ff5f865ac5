"""From notices to mails: one mail per person and day, urgent notices alone at once."""

import logging
from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby

from django.db import transaction
from django.utils import timezone

from actors.actions.letters import bundle_letter
from actors.actions.outbox import message_id, queue_mail
from actors.models import Mail, Notice, NoticeStatus, Role
from actors.rules.bundles import letters

logger = logging.getLogger(__name__)


def bundle_notices(*, now: datetime) -> int:
    """Put the notices that may go at `now` (aware) in mails; return how many mails were made.

    A person gets one mail a day, with the most urgent first, and later notices wait until
    tomorrow; an urgent notice gets its own mail at once. Running it twice, or in two workers, makes
    each mail once. A notice that cannot be put into words stops only its own mail.
    """
    today = timezone.localdate(now)
    waiting = Notice.objects.queued(now)
    waiting.filter(recipient__is_active=False).update(status=NoticeStatus.CANCELLED)
    by_person = _by_person(waiting)
    had = _had_todays_mail(by_person, today)
    roles = _roles_of(by_person, today)
    made = 0
    for person, notices in by_person.items():
        urgent, daily = letters(notices)
        batches = [(f"varsel-{notice.pk}", [notice]) for notice in urgent]
        if daily and person not in had:
            batches.append((daily_key(person.pk, today), daily))
        for key, batch in batches:
            made += _make_mail(key, batch, roles.get(person.pk, []), now=now)
    return made


def daily_key(person_id: int, day: date) -> str:
    """The name of the one mail that a person gets on a day (local date)."""
    return f"dag-{person_id}-{day.isoformat()}"


def _by_person(notices) -> dict:
    ordered = notices.select_related("recipient").order_by("recipient_id")
    return {
        person: list(group) for person, group in groupby(ordered, lambda notice: notice.recipient)
    }


def _had_todays_mail(people: Iterable, today: date) -> set:
    keys = {message_id(daily_key(person.pk, today)): person for person in people}
    sent = Mail.objects.filter(message_id__in=keys).values_list("message_id", flat=True)
    return {keys[key] for key in sent}


def _roles_of(people: Iterable, today: date) -> dict[int, list[Role]]:
    """The roles each person holds today, for «Du får dette fordi …»."""
    held: dict[int, list[Role]] = {}
    for role in Role.objects.filter(user__in=list(people)).active(today).with_scope():
        held.setdefault(role.user_id, []).append(role)
    return held


def _make_mail(key: str, notices: list[Notice], roles: list[Role], *, now: datetime) -> int:
    """Make one mail of the notices; 1, or 0 when somebody else has done it or it cannot be."""
    try:
        with transaction.atomic():
            return _claim_and_queue(key, notices, roles, now=now)
    except Exception:
        logger.exception("notices could not become a mail", extra={"key": key})
        return 0


def _claim_and_queue(key: str, notices: list[Notice], roles: list[Role], *, now: datetime) -> int:
    ids = [notice.pk for notice in notices]
    waiting = Notice.objects.filter(pk__in=ids, status=NoticeStatus.QUEUED)
    if waiting.update(status=NoticeStatus.BUNDLED) != len(ids):
        transaction.set_rollback(True)  # one of them was stopped or taken: the next round sees
        return 0
    person = notices[0].recipient
    letter = bundle_letter(notices, person=person, roles=roles, today=timezone.localdate(now))
    mail = queue_mail(
        key=key,
        recipient=person,
        to=person.email,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        now=now,
    )
    if mail is None:
        transaction.set_rollback(True)
        return 0
    Notice.objects.filter(pk__in=ids).update(mail=mail)
    return 1
