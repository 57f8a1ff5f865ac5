"""Writing a kartlegging, and the short lines that come of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.forms.paper import PaperForm, text_area
from cohorts.models import Kartlegging
from cohorts.models.kartlegging import Tool
from lmp.lib.forms import DatoField

ERROR_TITLE = _("Rett opp dette")
ERROR_NOTE = _("Det er ikke lagret. Det du har skrevet, står i skjemaet.")


class KartleggingForm(PaperForm):
    """With what, when, who, and the main findings. Never results, never small groups."""

    always_sending = True
    error_title = ERROR_TITLE
    error_note = ERROR_NOTE

    tool = forms.ChoiceField(label=_("Hva brukte dere?"), choices=Tool.choices)
    tool_other = forms.CharField(label=_("Hvis annet: hva?"), max_length=120, required=False)
    period = forms.CharField(
        label=_("Når?"), max_length=120, help_text=_("For eksempel «Oktober 2026».")
    )
    participants = forms.CharField(
        label=_("Hvem var med?"),
        max_length=200,
        help_text=_("En gruppe på minst ti, for eksempel «5.–7. trinn» eller «Alle team»."),
    )
    findings = text_area(
        _("Hovedfunn"),
        rows=6,
        help_text=_("Det viktigste dere fant, i egne ord. Ikke tall for grupper med færre enn ti."),
    )
    discussed_on = DatoField(label=_("Drøftet i personalet"), required=False)
    reference = forms.CharField(
        label=_("Hvor ligger resultatet?"),
        max_length=300,
        required=False,
        help_text=_("Arkivnummer eller mappe. Last aldri opp selve resultatet."),
    )
    edit_version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class LineForm(PaperForm):
    """One line of the worksheet."""

    always_sending = True
    error_title = ERROR_TITLE
    error_note = ERROR_NOTE

    text = forms.CharField(label=_("Tekst"), max_length=300)


class OmraadeForm(LineForm):
    """Something to keep or to develop."""

    text = forms.CharField(label=_("Tekst"), max_length=200)


def initial_of(kartlegging: Kartlegging) -> dict[str, Any]:
    """The stored values of a kartlegging for its form."""
    names = list(KartleggingForm.base_fields)
    return {name: getattr(kartlegging, name) for name in names}
