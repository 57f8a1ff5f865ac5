"""Inviting owners to apply: when it is a repeat, when it is late, and the words proposed."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override

from lmp.lib.wording import dato

# The same address invited again within this time is a double click, not a second invitation.
REPEAT_WITHIN = timedelta(minutes=2)
EXPIRY_DAYS = (7, 14, 21, 30)
USUAL_EXPIRY = 21
# An application that is sent needs no invitation; one that is being written may get more writers.
MAY_BE_INVITED = ("aktuell", "kontaktet", "invitert", "paabegynt")


def is_repeat(sent_at: datetime, now: datetime) -> bool:
    """Whether an invitation sent at `sent_at` (both aware) makes one at `now` a double click."""
    return now - sent_at <= REPEAT_WITHIN


def proposed_message(language: str, pulje: int, apply_by: date | None) -> str:
    """The text of an invitation in «nb» or «nn» before anybody has changed it."""
    with override(language):
        parts = [
            _("Vi inviterer dere til å søke om å være med i pulje %(pulje)s.") % {"pulje": pulje},
            _("Lenka under fører rett til søknaden."),
        ]
        if apply_by is not None:
            date_words = dato(apply_by, year=True, lang=language)
            parts.append(_("Fristen for å søke er %(date)s.") % {"date": date_words})
        return " ".join(parts)
