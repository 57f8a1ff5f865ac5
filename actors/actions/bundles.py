"""From notices to mails: one mail per person and day, urgent notices and decisions at once."""

import logging
from collections import Counter
from datetime import date, datetime
from itertools import groupby

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from actors.actions.letters import bundle_letter, roles_of
from actors.actions.queue import message_id, queue_mail
from actors.actions.recheck import no_longer_due
from actors.models import Mail, MailStatus, Notice, NoticeStatus, Role, User
from actors.queries.delivery import paused, wishes_of
from actors.rules.bundles import Timing, is_old, letters, timing
from actors.rules.outcomes import ACCOUNT_CLOSED, CHOSEN_AWAY, TOO_LATE

logger = logging.getLogger(__name__)


def bundle_notices(*, now: datetime) -> int:
    """Put the notices that may go at `now` (aware) in mails; return how many mails were made.

    A person gets one mail a day, with the most urgent first, and later notices wait until
    tomorrow; what is urgent, and decisions, get their own mail at once. What a pause holds, or the
    person wants later, waits; what no longer applies, the person does not want, or is too late
    after the portal has stood still, is put away with the reason. Running it twice, or in two
    workers, makes each mail once. A notice that cannot be put into words stops only itself.
    """
    today = timezone.localdate(now)
    waiting = Notice.objects.queued(now)
    closed = waiting.filter(recipient__is_active=False)
    closed.update(status=NoticeStatus.CANCELLED, outcome=ACCOUNT_CLOSED)
    ordered = waiting.select_related("recipient").order_by("recipient_id", "pk")
    ready = _still_due(_in_time(list(ordered), now), today)
    by_person = {
        person: list(group) for person, group in groupby(ready, lambda notice: notice.recipient)
    }
    keys = _Keys(by_person, today, now)
    roles = roles_of(by_person, today)
    made = 0
    for person, notices in by_person.items():
        for key, batch in keys.batches(person, notices):
            made += _make_mail(key, batch, roles.get(person.pk, []), now=now)
        if person.pk in keys.waiting:
            _join(keys.waiting[person.pk], letters(notices)[1])
    return made


def daily_key(person_id: int, day: date) -> str:
    """The name of the one mail that a person gets on a day (local date)."""
    return f"dag-{person_id}-{day.isoformat()}"


def _in_time(notices: list[Notice], now: datetime) -> list[Notice]:
    """Those that may go now, by the pauses, the person's wishes and the hours of sending."""
    held = paused(notices, now)
    wishes = wishes_of(notices)
    sorted_out: dict[Timing, list[Notice]] = {each: [] for each in Timing}
    for notice in notices:
        if notice.pk not in held:
            sorted_out[timing(notice, wishes.get(notice.recipient_id), now)].append(notice)
    _put_away(sorted_out[Timing.NEVER], NoticeStatus.WITHHELD, CHOSEN_AWAY)
    _put_away(sorted_out[Timing.TOO_LATE], NoticeStatus.MISSED, TOO_LATE)
    return sorted_out[Timing.NOW]


def _still_due(notices: list[Notice], today: date) -> list[Notice]:
    gone = no_longer_due(notices, today)
    for reason in sorted(set(gone.values())):
        some = [notice for notice in notices if gone.get(notice.pk) == reason]
        _put_away(some, NoticeStatus.CANCELLED, reason)
    return [notice for notice in notices if notice.pk not in gone]


def _put_away(notices: list[Notice], status: NoticeStatus, reason: str) -> None:
    waiting = Notice.objects.filter(pk__in=[n.pk for n in notices], status=NoticeStatus.QUEUED)
    waiting.update(status=status, outcome=reason[:200])


class _Keys:
    """Which mails the people have had, so that each gets one a day and each mail its own name.

    A mail that was cancelled before it was sent does not count, and the next one gets a new name.
    One of an earlier day that was never answered is `waiting` (by person): after an outage what is
    new goes in that one, and the person gets one mail that day too. Not in one so old that what
    stands in it is missed.
    """

    def __init__(self, by_person: dict[User, list[Notice]], today: date, now: datetime) -> None:
        self.today, self.now = today, now
        midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        mails = Mail.objects.filter(recipient__in=by_person, message_id__startswith="<dag-")
        of_today = mails.filter(created_at__gte=midnight).values_list("recipient_id", "status")
        rows = list(of_today)
        self.had = {person for person, status in rows if status != MailStatus.CANCELLED}
        self.stopped = Counter(person for person, status in rows)
        self.waiting: dict[int, int] = {}
        before = mails.filter(
            Q(sent_at__gte=midnight) | Q(status__in=(MailStatus.QUEUED, MailStatus.CLAIMED)),
            created_at__lt=midnight,
        )
        for mail in before.only("recipient_id", "status", "attempts", "created_at"):
            if mail.recipient_id in self.had:
                continue
            if mail.status != MailStatus.QUEUED:
                self.had.add(mail.recipient_id)
            elif mail.attempts == 0 and not is_old(mail.created_at, now):
                self.waiting[mail.recipient_id] = mail.pk
        alone = [notice.pk for notices in by_person.values() for notice in notices]
        ids = [message_id(f"varsel-{pk}") for pk in alone]
        taken = Mail.objects.filter(message_id__in=ids).values_list("message_id", flat=True)
        self.taken = set(taken)

    def batches(self, person: User, notices: list[Notice]) -> list[tuple[str, list[Notice]]]:
        """The mails that a person gets now: name and notices."""
        at_once, daily = letters(notices)
        found = [(self._alone(batch[0].pk), batch) for batch in at_once]
        if daily and person.pk not in self.had and person.pk not in self.waiting:
            again = self.stopped[person.pk]
            key = daily_key(person.pk, self.today)
            found.append((f"{key}-{again + 1}" if again else key, daily))
        return found

    def _alone(self, pk: int) -> str:
        key = f"varsel-{pk}"
        return f"{key}-{self.now:%Y%m%dT%H%M%S}" if message_id(key) in self.taken else key


def _make_mail(key: str, notices: list[Notice], roles: list[Role], *, now: datetime) -> int:
    """Make one mail of the notices; 1, or 0 when somebody else has done it or it cannot be."""
    try:
        with transaction.atomic():
            return _claim_and_queue(key, notices, roles, now=now)
    except Exception:
        logger.exception("notices could not become a mail", extra={"key": key})
    fit = [each for each in notices if _has_words(each, roles, now)]
    return _make_mail(key, fit, roles, now=now) if 0 < len(fit) < len(notices) else 0


@transaction.atomic
def _join(mail: int, notices: list[Notice]) -> None:
    """Put notices in a mail of an earlier day (primary key), which is written anew as it goes; not
    when a worker has taken it just now."""
    waits = Mail.objects.select_for_update().filter(pk=mail, status=MailStatus.QUEUED).first()
    if waits is not None:
        mine = Notice.objects.filter(pk__in=[each.pk for each in notices])
        mine.filter(status=NoticeStatus.QUEUED).update(status=NoticeStatus.BUNDLED, mail=waits)


def _has_words(notice: Notice, roles: list[Role], now: datetime) -> bool:
    """Whether a letter can be made of a notice; asked when one could not be made of several."""
    today = timezone.localdate(now)
    try:
        bundle_letter([notice], person=notice.recipient, roles=roles, today=today)
    except Exception:
        return False
    return True


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
        may_stop=letter.may_stop,
        categories={notice.category for notice in notices},
        now=now,
    )
    if mail is None:
        transaction.set_rollback(True)
        return 0
    Notice.objects.filter(pk__in=ids).update(mail=mail)
    return 1
