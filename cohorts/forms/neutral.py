"""Short free text that others read: never a fødselsnummer or D-nummer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lmp.lib.personal_data import find_national_ids


class NeutralField(forms.CharField):
    """A line of text; refused when it holds a national identity number, which is not repeated."""

    default_error_messages = {
        "national_id": _("Fjern fødselsnummeret. Skriv slik at ingen kan kjennes igjen.")
    }

    def validate(self, value: Any) -> None:
        super().validate(value)
        if find_national_ids(value or ""):
            raise forms.ValidationError(self.error_messages["national_id"], "national_id")
