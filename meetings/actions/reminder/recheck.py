"""Whether a reminder that waits is still needed: asked just before it is sent."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from actors.models import Notice, Role
from lmp.lib.wording import dato
from meetings.models import Obligation
from meetings.rules.reminder import occasion_day


def still_due(notices: Iterable[Notice], on: date) -> Mapping[int, str]:
    """Those of the notices about obligations that are not needed on the local day `on`.

    Primary key of the notice → why, in words of the active language: it is done, it fell away, its
    due day moved, or the recipient no longer has the office. Two queries.
    """
    asked = list(notices)
    owed = Obligation.objects.filter(pk__in={subject_pk(each) for each in asked})
    by_pk = {each.pk: each for each in owed}
    unsettled = set(owed.unsettled().values_list("pk", flat=True))
    held = held_roles(asked, on)
    reasons = {}
    for notice in asked:
        duty = by_pk.get(subject_pk(notice))
        reason = _reason(duty, notice)
        if not reason and duty is not None and duty.pk not in unsettled:
            reason = _("Det er gjort")
        if not reason and notice.role_id is not None and notice.role_id not in held:
            reason = _("Mottakeren har ikke lenger rollen")
        if reason:
            reasons[notice.pk] = reason
    return reasons


def subject_pk(notice: Notice) -> int:
    """The primary key in the subject: 12 of «obligation:12»; 0 when there is none."""
    tail = notice.subject.partition(":")[2]
    return int(tail) if tail.isdigit() else 0


def held_roles(notices: Iterable[Notice], on: date) -> set[int]:
    """Those of the roles that the notices went to which are held by an active person on `on`."""
    roles = Role.objects.filter(pk__in={each.role_id for each in notices} - {None})
    return set(roles.active(on).filter(user__is_active=True).values_list("pk", flat=True))


def _reason(duty: Obligation | None, notice: Notice) -> str:
    """Why the duty itself no longer asks for it; empty when it does."""
    language = get_language() or "nb"
    if duty is None or duty.void_at is not None:
        return _("Det gjelder ikke lenger")
    if duty.met_at is not None:
        day = dato(timezone.localdate(duty.met_at), lang=language)
        return _("Gjort %(day)s") % {"day": day}
    if occasion_day(notice.occasion) not in (None, duty.due):
        return _("Fristen er flyttet til %(day)s") % {"day": dato(duty.due, lang=language)}
    return ""


# Whose answer it is, by the first word of the subject; the same as in settings.NOTICE_CHECKS.
CHECKS = {"obligation": still_due}
