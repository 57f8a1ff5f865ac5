"""The form of a code that was sent by mail."""

from django import forms
from django.utils.translation import gettext_lazy as _


class TaskCodeForm(forms.Form):
    """Six digits; spaces are allowed."""

    error_title = _("Rett opp dette")
    error_note = _("Du er ikke logget inn ennå.")

    code = forms.CharField(
        label=_("Kode"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "short"}
        ),
    )
