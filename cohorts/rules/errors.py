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


class StaleEdit(ValidationError):
    """Somebody else saved while the writer was writing; nothing is overwritten.

    `current` is the row as it is stored now, so that a page can show both texts.
    """

    def __init__(self, current) -> None:
        self.current = current
        super().__init__(_("Noen har lagret mens du skrev. Begge tekstene er her."), "stale_edit")


class NotPossible(ValidationError):
    """What a paper or a meeting is about says no; the message says why."""


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


def refuse_closed(pulje) -> None:
    """Raise `PuljeClosed` when the pulje is closed."""
    if pulje.is_closed:
        raise PuljeClosed
