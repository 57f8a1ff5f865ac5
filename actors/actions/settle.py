"""The last look at claimed mails before they are sent: what no longer applies is taken out.

Between the making of a mail and its sending somebody may have delivered, a meeting may have been
moved, Udir may have paused a rule, or the portal may have stood still for days.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from actors.actions.letters import bundle_letter, roles_of
from actors.actions.marks import mark_cancelled, mark_failure, mark_waiting
from actors.actions.queue import one_line
from actors.actions.recheck import no_longer_due
from actors.actions.writing import write_out
from actors.models import Mail, Notice, NoticeStatus, Role, User
from actors.queries.delivery import paused, wishes_of
from actors.rules.bundles import goes_at_once, is_too_late
from actors.rules.outcomes import ACCOUNT_CLOSED, CHOSEN_AWAY, TOO_LATE
from actors.rules.smtp_answer import answer_to
from actors.rules.wishes import is_unwanted, next_hours

Status = tuple[str, str]
"""A status of a notice and the words why."""


def settle(contents: Sequence["Content"], *, now: datetime) -> list[Mail]:
    """Of claimed mails, those that are to be sent; the others are cancelled with a reason, or wait
    when they cannot be written. What became of those stands in the status of each.

    A mail that has lost some of its notices, or was written on another day, is written anew with
    the same Message-ID, and goes to the address the person has now. Asks a few times for all of
    them, whatever their number.
    """
    told = [content for content in contents if content.notices]
    out = _not_now(told, now)
    changed = [content for content in told if content.is_changed(out, now)]
    stopped = {content.mail.pk for content in changed if not _take_out(content, out)}
    anew = [content for content in changed if content.mail.pk not in stopped]
    if anew:
        today = timezone.localdate(now)
        roles = roles_of({content.person for content in anew}, today)
        for content in anew:
            try:
                _write_anew(content, out, roles.get(content.person.pk, []), today)
            except Exception as error:  # a notice that cannot be put into words stops only its mail
                content.mail.status = mark_failure(content.mail, answer_to(error), now=now)
                stopped.add(content.mail.pk)
    return [content.mail for content in contents if content.mail.pk not in stopped]


def in_hours(contents: Sequence["Content"], *, now: datetime) -> list["Content"]:
    """Of claimed mails, those that may go at `now` (aware); the others wait for the next morning.

    A mail that is tried again, or whose worker died, may come up at night or in a weekend. What is
    urgent, decisions, and mail that no notice is in go at any hour.
    """
    opens = next_hours(now)
    if opens <= now:
        return list(contents)
    calm = [content for content in contents if content.is_calm]
    for content in calm:
        mark_waiting(content.mail, content.mail.error, now=now, again=opens)
    return [content for content in contents if not content.is_calm]


@dataclass
class Content:
    """A claimed mail and the notices in it, those too that were stopped since it was written."""

    mail: Mail
    notices: list[Notice]

    @property
    def person(self) -> User:
        return self.notices[0].recipient

    @property
    def is_calm(self) -> bool:
        """Whether it waits for the hours of sending: there is something in it, and all can."""
        return bool(self.notices) and not any(goes_at_once(each) for each in self.notices)

    def left(self, out: Collection[int]) -> list[Notice]:
        """The notices that are still to be sent when those in `out` are not."""
        bundled = [each for each in self.notices if each.status == NoticeStatus.BUNDLED]
        return [each for each in bundled if each.pk not in out]

    def is_changed(self, out: Collection[int], now: datetime) -> bool:
        """Whether the letter no longer says what is true at `now`."""
        other_day = timezone.localdate(self.mail.created_at) != timezone.localdate(now)
        other_address = self.mail.recipient_id and self.mail.to != self.person.email
        return bool(other_day or other_address or self.left(out) != self.notices)


def contents_of(mails: Sequence[Mail]) -> list[Content]:
    """The mails, each with its notices. One query, whatever their number."""
    by_mail: dict[int, list[Notice]] = {mail.pk: [] for mail in mails}
    people = {mail.recipient_id: mail.recipient for mail in mails if mail.recipient}
    for notice in Notice.objects.filter(mail__in=mails).order_by("pk"):
        if notice.recipient_id in people:  # it has been fetched with the mail
            notice.recipient = people[notice.recipient_id]
        by_mail[notice.mail_id].append(notice)
    for mail in mails:
        mail.categories = tuple({notice.category for notice in by_mail[mail.pk]})
    return [Content(mail, by_mail[mail.pk]) for mail in mails]


def _not_now(contents: list[Content], now: datetime) -> dict[int, Status]:
    """What becomes of the notices that are not to go now, by primary key."""
    notices = [notice for content in contents for notice in content.left(())]
    gone = no_longer_due(notices, timezone.localdate(now))
    wishes = wishes_of(notices)
    out: dict[int, Status] = {}
    for content in contents:
        for notice in content.left(()):
            planned = max(content.mail.created_at, notice.not_before)
            if not notice.recipient.is_active:
                out[notice.pk] = (NoticeStatus.CANCELLED, ACCOUNT_CLOSED)
            elif notice.pk in gone:
                out[notice.pk] = (NoticeStatus.CANCELLED, gone[notice.pk])
            elif is_unwanted(notice.category, notice.urgent, wishes.get(notice.recipient_id)):
                out[notice.pk] = (NoticeStatus.WITHHELD, CHOSEN_AWAY)
            elif is_too_late(notice, planned, now):
                out[notice.pk] = (NoticeStatus.MISSED, TOO_LATE)
    waits = [notice for notice in notices if notice.pk not in out]
    return out | dict.fromkeys(paused(waits, now), (NoticeStatus.QUEUED, ""))


@transaction.atomic
def _take_out(content: Content, out: dict[int, Status]) -> bool:
    """Mark what goes out of the mail; False when nothing is left and the mail is cancelled.

    It is in no mail then: it may be needed after all, and goes in another one.
    """
    left = content.left(out)
    for notice in content.left(()):
        if notice.pk in out:
            status, why = out[notice.pk]
            mine = Notice.objects.filter(pk=notice.pk, status=NoticeStatus.BUNDLED)
            mine.update(status=status, outcome=why[:200])
    gone = [each.pk for each in content.notices if each not in left]
    Notice.objects.filter(pk__in=gone).exclude(status=NoticeStatus.BUNDLED).update(mail=None)
    if left:
        return True
    content.mail.status = mark_cancelled(content.mail)
    return False


def _write_anew(content: Content, out: Collection[int], roles: list[Role], today: date) -> None:
    mail, person = content.mail, content.person
    left = content.left(out)
    letter = bundle_letter(left, person=person, roles=roles, today=today)
    words = {
        "to": person.email if mail.recipient_id else mail.to,
        "subject": one_line(letter.subject),
        "text": letter.text,
        "html": letter.html,
        "may_stop": letter.may_stop,
    }
    for field, value in words.items():
        setattr(mail, field, value)
    mail.categories = tuple({notice.category for notice in left})
    mail.letter = write_out(mail)
    mine = Mail.objects.filter(pk=mail.pk, claimed_at=mail.claimed_at)
    mine.update(**words, letter=mail.letter)
