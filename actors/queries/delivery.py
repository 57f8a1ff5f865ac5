"""What keeps a notice back: pauses, and what the recipient has chosen."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from actors.models import MailPreference, Notice, NoticeStatus, Pause
from actors.queries.pauses import stopped_by

BEFORE_SENDING = (NoticeStatus.QUEUED, NoticeStatus.BUNDLED)


def paused(notices: Iterable[Notice], now: datetime) -> dict[int, Pause]:
    """Which of `notices` may not leave at `now` (aware): primary key → the pause that holds it.

    One query when nothing is paused, one more for each pause. The oldest pause is named first.
    """
    held: dict[int, Pause] = {}
    for pause in Pause.objects.on(now).order_by("-starts_at", "-pk"):
        held |= dict.fromkeys(held_by(pause).values_list("pk", flat=True), pause)
    return {notice.pk: held[notice.pk] for notice in notices if notice.pk in held}


def held_by(pause: Pause) -> QuerySet[Notice]:
    """Notices that have not left and that the pause holds, whether it is on or not."""
    return Notice.objects.filter(held_condition(pause), status__in=BEFORE_SENDING)


def held_condition(pause: Pause) -> Q:
    """The condition on notices that the pause holds."""
    return stopped_by(scope=pause.scope, rule=pause.rule, unit=pause.unit_id, owner=pause.owner_id)


def is_everything_paused(now: datetime) -> bool:
    """Whether nothing at all leaves at `now`, neither decisions nor letters; one query."""
    return Pause.objects.on(now).filter(scope="everything").exists()


def wishes_of(notices: Iterable[Notice]) -> dict[int, MailPreference]:
    """What the recipients have chosen, by their primary key; one query."""
    people = {notice.recipient_id for notice in notices}
    return {wish.user_id: wish for wish in MailPreference.objects.filter(user__in=people)}
