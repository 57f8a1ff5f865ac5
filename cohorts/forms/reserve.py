"""The place offered to a reserve: to whom, and until when it may answer."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohorts.models import Decision
from lmp.lib.forms import DatoField


class ReserveForm(forms.Form):
    """One of the choices; `today` is the local date the deadline must lie after."""

    error_title = gettext_lazy("Rett opp dette før du gir tilbudet")
    error_note = gettext_lazy("Ingenting er endret. Det du har skrevet, står i skjemaet.")

    decision = forms.ModelChoiceField(Decision.objects.none(), widget=forms.HiddenInput)
    answer_due = DatoField(label=gettext_lazy("Svarfrist i brevet"))

    def __init__(self, *args: Any, choices: Iterable[Decision], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [each.pk for each in choices]
        self.fields["decision"].queryset = Decision.objects.filter(pk__in=keys)
        self.today = today

    def clean_answer_due(self) -> date:
        due: date = self.cleaned_data["answer_due"]
        if due <= self.today:
            raise forms.ValidationError(_("Velg en dag etter i dag."))
        return due
