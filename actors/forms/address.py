"""A new e-mail address for somebody."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AddressForm(forms.Form):
    """One address, in lower case."""

    error_title = _("Rett opp dette")
    error_note = _("Ingenting er endret ennå.")

    email = forms.EmailField(
        label=_("E-postadresse"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Skriv adressen."),
            "invalid": _("Skriv en e-postadresse, slik: navn@kommune.no."),
        },
    )

    def clean_email(self) -> str:
        """As addresses are stored."""
        return self.cleaned_data["email"].strip().lower()
