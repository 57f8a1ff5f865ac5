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


class NationalIdFound(ValidationError):
    """A text holds a valid fødselsnummer or D-nummer. Only the fields are named, never the number.

    `fields` are keys of the paper's data («story», «saker»).
    """

    def __init__(self, fields: list[str]) -> None:
        self.fields = fields
        super().__init__(
            _("Teksten ser ut til å inneholde et fødselsnummer (11 siffer). Fjern det."),
            "national_id",
        )


class NotReady(ValidationError):
    """Something that a paper must have before it is sent is missing; `fields` are its keys."""

    def __init__(self, fields: list[str]) -> None:
        self.fields = fields
        super().__init__(_("Noe mangler. Fyll det ut før du sender."), "not_ready")
