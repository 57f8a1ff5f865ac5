"""Reminders: a notice for each step of a deadline rule that is due, to those who still owe it.

A notice is unique on (recipient, rule, thing, step and due day), so a scan that runs twice, or in
two workers, writes it once.
"""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from actors.actions.messages import in_role
from actors.models import Notice, NoticeCategory, NoticeStatus
from actors.rules.outcomes import TOO_LATE
from cohorts.actions.rule_edition import promote_due_editions
from meetings.actions.reminder.coming import Source
from meetings.actions.reminder.duties import PREFIX as DUTY
from meetings.actions.reminder.letters import send_letters
from meetings.actions.reminder.plan import PAGE, ToWrite, pages_to_write
from meetings.actions.reminder.recheck import CHECKS, still_due

logger = logging.getLogger(__name__)

# What of a stopped notice is as the scan says it now, when it is needed after all.
SAID_ANEW = [
    *("status", "outcome", "not_before", "role", "title", "body", "action_label", "url"),
    *("place", "due", "event_day", "urgent", "version"),
]


def scan(*, now: datetime, size: int = PAGE) -> int:
    """Write the notices that are due at `now` (aware), and return how many were new.

    First the versions of rules whose day has come are taken into use. Each page of `size` things
    is written by itself, so that memory is that of a page and a scan that is stopped has lost
    nothing: the next one goes on where it was. A reminder that cannot be written stops only itself;
    what was wrong with it is raised when all the others are written.
    """
    promote_due_editions(on=timezone.localdate(now))
    written = 0
    failed: list[Exception] = []
    for source, page in pages_to_write(now, size=size):
        written += _write_all_but(source, page, now, failed)
    written += send_letters(now=now)
    if failed:
        raise failed[0]
    return written


def _write_all_but(
    source: Source, page: list[ToWrite], now: datetime, failed: list[Exception]
) -> int:
    """Write a page, or one by one what can be written of it."""
    try:
        return _write(source, page, now)
    except (OperationalError, InterfaceError):  # the database is away
        raise
    except Exception as error:
        if len(page) > 1:
            return sum(_write_all_but(source, [each], now, failed) for each in page)
        subject = page[0].planned.thing.subject if page else ""
        logger.exception("a reminder could not be written", extra={"subject": subject})
        failed.append(error)
        return 0


@transaction.atomic
def _write(source: Source, page: list[ToWrite], now: datetime) -> int:
    """Write one page of notices; return how many there were."""
    about = source.load({each.planned.thing.pk for each in page}) if page else {}
    texts = {}
    notices = []
    for each in page:
        thing = each.planned.thing
        key = thing.pk, each.planned.step
        if key not in texts:
            texts[key] = source.text(about[thing.pk], each.planned)
        notices.append(_notice(source, each, about[thing.pk], texts[key], now))
    new = [notice for notice in notices if notice.pk is None]
    Notice.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    again = [notice for notice in notices if notice.pk is not None]
    _queue_again(again)
    return len(new) + len(again)


def _notice(source: Source, each: ToWrite, about, text, now: datetime) -> Notice:
    one, role = each.planned, each.role
    title, body, action = text.in_language(role.user.language)
    unit, owner = source.concerned(about)
    missed = one.sending.missed
    # Primary keys: Django looks twice at each object that is put into a row.
    return Notice(
        pk=each.stopped,
        recipient_id=role.user_id,
        role_id=role.pk,
        category=NoticeCategory.REMINDER,
        rule=one.of.rule.pk,
        version=one.of.rule.version,
        pulje=one.of.rule.pulje.number,
        unit_id=unit,
        owner_id=owner,
        kind=one.of.rule.key,
        subject=one.thing.subject,
        occasion=one.occasion,
        title=title[:200],
        body=body[:600],
        action_label=action,
        url=in_role(source.url(about, one.office), role),
        place=source.place(about)[:200],
        due=source.due(one.thing),
        event_day=one.thing.due,
        urgent=one.step.urgent,
        not_before=now,
        created_at=now,
        status=NoticeStatus.MISSED if missed else NoticeStatus.QUEUED,
        outcome=TOO_LATE if missed else "",
    )


def _queue_again(notices: list[Notice]) -> None:
    """Let stopped notices go out after all, as they are said today: what was done is to be done
    again, or the meeting begins at another hour of the day."""
    by_pk = {notice.pk: notice for notice in notices}
    stopped = Notice.objects.filter(pk__in=by_pk, status=NoticeStatus.CANCELLED, mail=None)
    rows = [by_pk[pk] for pk in stopped.select_for_update().values_list("pk", flat=True)]
    Notice.objects.bulk_update(rows, SAID_ANEW, batch_size=500)


def cancel_settled_reminders(*, now: datetime, size: int = PAGE) -> int:
    """Stop waiting reminders that are no longer needed, with the reason; return how many.

    What they are about was done, fell away or moved, or somebody else has the office now.
    """
    today, stopped = timezone.localdate(now), 0
    waiting = Notice.objects.filter(status=NoticeStatus.QUEUED, category=NoticeCategory.REMINDER)
    for prefix, check in CHECKS.items():
        of_kind = waiting.filter(subject__startswith=f"{prefix}:").order_by("pk")
        pks = list(of_kind.values_list("pk", flat=True))
        for start in range(0, len(pks), size):
            page = Notice.objects.filter(pk__in=pks[start : start + size])
            stopped += _stop(check(page, today).items())
    return stopped


def cancel_reminders_of(*, duties: Iterable[int], now: datetime) -> int:
    """Stop those of the waiting reminders of some duties (primary keys) that are no longer needed.

    At once, where somebody has just seen to it; return how many.
    """
    waiting = Notice.objects.filter(status=NoticeStatus.QUEUED, category=NoticeCategory.REMINDER)
    of_these = waiting.filter(subject__in=[f"{DUTY}:{pk}" for pk in duties])
    return _stop(still_due(of_these, timezone.localdate(now)).items())


@transaction.atomic
def _stop(reasons: Iterable[tuple[int, str]]) -> int:
    by_reason: dict[str, list[int]] = {}
    for pk, reason in reasons:
        by_reason.setdefault(reason, []).append(pk)
    return sum(
        Notice.objects.filter(pk__in=pks, status=NoticeStatus.QUEUED).update(
            status=NoticeStatus.CANCELLED, outcome=reason[:200]
        )
        for reason, pks in by_reason.items()
    )
