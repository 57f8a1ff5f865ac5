"""What an action refuses, with a Norwegian reason that a form or a page can show."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class PuljeClosed(ValidationError):
    """Something would change in a closed pulje; it is read-only for everybody."""

    def __init__(self) -> None:
        super().__init__(_("Pulja er avsluttet. Alt kan leses, men ikke endres."), "pulje_closed")


class PuljeExists(ValidationError):
    """A pulje with that number is there already."""

    def __init__(self, number: int) -> None:
        text = _("Pulje %(number)s finnes fra før. Velg et annet nummer.")
        super().__init__(text, "pulje_exists", {"number": number})


class NotAllowedHere(ValidationError):
    """A rule of the programme or of the portal says no; the message says why."""


def refuse_closed(pulje) -> None:
    """Raise `PuljeClosed` when the pulje is closed."""
    if pulje.is_closed:
        raise PuljeClosed
