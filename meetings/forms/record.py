"""Registering that something was done."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.forms.neutral import NeutralField
from cohorts.forms.paper import PaperForm
from lmp.lib.forms import DatoField


class RecordForm(PaperForm):
    """When, and what, in one neutral line; for one of several units when there are several."""

    always_sending = True

    error_title = _("Rett opp dette før du registrerer")
    error_note = _("Ingenting er registrert. Det du har skrevet, står i skjemaet.")

    place = forms.TypedChoiceField(label=_("Gjelder"), coerce=int)
    done_on = DatoField(label=_("Dato"))
    note = NeutralField(
        label=_("Hva ble gjort?"),
        max_length=300,
        help_text=_("Én linje, for eksempel «Elevrådet, to møter». Ingen navn."),
    )

    def __init__(
        self, *args: Any, places: list[tuple[int, str]], today: date, **kwargs: Any
    ) -> None:
        initial = {"done_on": today, **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial, **kwargs)
        if len(places) > 1:
            self.fields["place"].choices = places
        else:
            del self.fields["place"]
