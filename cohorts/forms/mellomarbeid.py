"""Writing down a task between two meetings, and how it went."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.forms.paper import PaperForm, text_area
from cohorts.models import Mellomarbeid, Tiltak
from cohorts.rules.mellomarbeid import LONGEST_TASK
from lmp.lib.forms import DatoField


class ExperienceForm(PaperForm):
    """How a task went, in the unit's own words."""

    always_sending = True
    error_title = _("Rett opp dette")
    error_note = _("Ingenting er lagret. Det du har skrevet, står i skjemaet.")

    experience = text_area(
        _("Hvordan gikk det?"), help_text=_("Hva gjorde dere, og hva lærte dere av det?")
    )


class MellomarbeidForm(PaperForm):
    """What, which kind, who and when. `tiltak` are those of the unit's plan to choose from."""

    always_sending = True
    error_title = ExperienceForm.error_title
    error_note = ExperienceForm.error_note

    task = forms.CharField(
        label=_("Hva skal dere gjøre?"),
        max_length=LONGEST_TASK,
        help_text=_("For eksempel «Observere overgangen fra friminutt til time»."),
    )
    kind = forms.ChoiceField(
        label=_("Hva slags arbeid er det?"),
        choices=Mellomarbeid.Kind.choices,
        widget=forms.RadioSelect,
        initial=Mellomarbeid.Kind.PRAKTISK,
    )
    who = forms.CharField(
        label=_("Hvem gjør det?"),
        max_length=150,
        help_text=_("En rolle eller et team, for eksempel «Teamlederne»."),
    )
    period = forms.CharField(
        label=_("Når?"),
        max_length=120,
        required=False,
        help_text=_("For eksempel «16.–27. november»."),
    )
    due = DatoField(label=_("Ferdig innen"), required=False)
    tiltak = forms.ModelChoiceField(
        label=_("Hører til tiltaket"),
        queryset=Tiltak.objects.none(),
        required=False,
        empty_label=_("Ikke noe tiltak"),
    )

    def __init__(self, *args: Any, tiltak: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if tiltak:
            self.fields["tiltak"].queryset = tiltak
        else:
            del self.fields["tiltak"]


class MellomarbeidEditForm(MellomarbeidForm):
    """The same of a task that is there, with how it went."""

    experience = text_area(
        _("Hvordan gikk det?"), help_text=_("Hva gjorde dere, og hva lærte dere av det?")
    )
    edit_version = forms.IntegerField(widget=forms.HiddenInput)
