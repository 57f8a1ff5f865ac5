"""The form of what a person wants by mail."""

from django import forms
from django.utils.translation import gettext_lazy as _

from actors.models import HowOften, MailPreference


class MailSettingsForm(forms.Form):
    """How often reminders and messages come, and from which hour."""

    error_title = _("Rett opp dette før du lagrer")
    error_note = _("Ingenting er lagret.")

    reminders = forms.ChoiceField(
        label=_("Påminnelser om frister"),
        choices=HowOften.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "Før en frist, og når en frist har gått ut. Går fristen ut før mandag, kommer "
            "påminnelsen likevel."
        ),
    )
    messages = forms.ChoiceField(
        label=_("Meldinger"),
        choices=HowOften.choices,
        widget=forms.RadioSelect,
        help_text=_("Når noen har levert, svart eller kalt inn til et møte."),
    )
    hour = forms.TypedChoiceField(
        label=_("Når på dagen?"),
        choices=MailPreference.HOURS,
        coerce=int,
        widget=forms.RadioSelect(attrs={"data-kind": "seg"}),
        help_text=_("På arbeidsdager. Ikke i helger, på helligdager, i juli eller i romjula."),
    )
