"""What an action of the meetings app refuses, with a Norwegian reason."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class StaleEdit(ValidationError):
    """Somebody else saved while the writer was writing; nothing is overwritten.

    `current` is the row as it is stored now, so that a page can show both texts.
    """

    def __init__(self, current) -> None:
        self.current = current
        super().__init__(_("Noen har lagret mens du skrev. Begge tekstene er her."), "stale_edit")


class NotPossible(ValidationError):
    """A rule of the meeting says no; the message says why."""
