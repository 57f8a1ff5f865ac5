"""Registering that children or parents took part."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.forms.paper import PaperForm, text_area
from cohorts.models import Activity
from lmp.lib.forms import DatoField

MOST = 5000


class InvolvementForm(PaperForm):
    """Who, in what, when, how many, and what it led to. `activities` are those of the semester."""

    always_sending = True
    error_title = _("Rett opp dette før du registrerer")
    error_note = _("Ingenting er registrert. Det du har skrevet, står i skjemaet.")

    activity = forms.TypedChoiceField(
        label=_("Hvem gjelder det?"), coerce=int, widget=forms.RadioSelect
    )
    body = forms.CharField(
        label=_("Hvem var med?"),
        max_length=120,
        help_text=_("Velg fra lista eller skriv selv. Aldri navn."),
        widget=forms.TextInput(attrs={"list": "hvem-var-med", "autocomplete": "off"}),
    )
    what = text_area(_("Hva var de med på?"), required=True)
    held_on = DatoField(label=_("Når?"))
    count = forms.IntegerField(
        label=_("Hvor mange var med?"),
        min_value=1,
        max_value=MOST,
        help_text=_("Er det færre enn fem barn eller elever, skriv ikke hvem de er."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        error_messages={
            "invalid": _("Skriv et tall, for eksempel 14."),
            "min_value": _("Skriv hvor mange som var med."),
        },
    )
    led_to = text_area(_("Hva førte det til?"))

    def __init__(self, *args: Any, activities: Iterable[Activity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activity"].choices = [(each.pk, each.title) for each in activities]
