"""What a person chooses to have by mail: on the settings page, or with one click in a mail."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import HowOften, MailPreference, User
from actors.rules.wishes import MESSAGE, REMINDER

FIELD_OF = {REMINDER: "reminders", MESSAGE: "messages"}


@transaction.atomic
def save_wishes(
    *, user: User, reminders: str, messages: str, hour: int, now: datetime
) -> MailPreference:
    """Keep how often `user` wants reminders and messages, and from which local hour.

    Raises ValidationError for a choice that does not exist.
    """
    hours = [hour for hour, _words in MailPreference.HOURS]
    if not {reminders, messages} <= set(HowOften.values) or hour not in hours:
        raise ValidationError(_("Velg et av alternativene."))
    return _keep(user, by=user, now=now, reminders=reminders, messages=messages, hour=hour)


@transaction.atomic
def stop_mail(*, user: User, categories: Iterable[str], now: datetime) -> MailPreference:
    """Send `user` no more mail of the categories; the notices are still in the portal.

    Asked for with the signed link in a mail, by whoever reads it: nobody is signed in. Decisions
    and letters cannot be stopped, and doing it twice changes nothing. Raises ValidationError when
    none of the categories can be stopped.
    """
    fields = {FIELD_OF[each]: HowOften.NEVER for each in categories if each in FIELD_OF}
    if not fields:
        raise ValidationError(_("Vedtak og brev kan ikke velges bort."))
    return _keep(user, by=None, now=now, **fields)


def _keep(user: User, *, by: User | None, now: datetime, **values) -> MailPreference:
    had = MailPreference.objects.select_for_update().filter(user=user).first()
    if had is not None and all(getattr(had, field) == value for field, value in values.items()):
        return had
    wishes, _new = MailPreference.objects.update_or_create(
        user=user, defaults={**values, "changed_at": now}
    )
    told = {field: str(value) for field, value in values.items()}
    record_event(by=by, verb="choose-mail", subject=f"user:{user.pk}", now=now, **told)
    return wishes
