"""People in the seats of a group, and reasons for empty ones."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.forms.neutral import NeutralField
from cohorts.forms.paper import PaperForm
from cohorts.rules.seats import SeatState
from lmp.lib.forms import DatoField


class MemberForm(forms.Form):
    """Somebody for a seat. With an e-mail address the person gets an account, or is found."""

    error_title = _("Rett opp dette før du legger til medlemmet")
    error_note = _("Ingenting er endret. Det du har skrevet, står i skjemaet.")

    seat = forms.ChoiceField(label=_("Plass"))
    place = forms.ChoiceField(label=_("For"), required=False)
    name = forms.CharField(label=_("Navn"), max_length=150)
    email = forms.EmailField(
        label=_("E-post"),
        required=False,
        help_text=_("Trengs bare hvis personen skal logge inn i portalen."),
    )
    deputy = forms.BooleanField(label=_("Er vara"), required=False)
    valid_from = DatoField(label=_("Gjelder fra"))

    def __init__(
        self,
        *args: Any,
        states: list[SeatState],
        places: list[tuple[str, str]],
        today: date,
        **kwargs: Any,
    ) -> None:
        initial = {"valid_from": today, **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial, **kwargs)
        self.per = {state.seat.id: state.seat.per for state in states}
        self.fields["seat"].choices = [(state.seat.id, state.name) for state in states]
        if places:
            self.fields["place"].choices = [("", _("Hele gruppa")), *places]
        else:
            del self.fields["place"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        per_place = self.per.get(cleaned.get("seat", ""), "group") != "group"
        if per_place and not cleaned.get("place") and "place" in self.fields:
            self.add_error("place", _("Velg hvem personen sitter for."))
        return cleaned


class ReasonForm(PaperForm):
    """Why a seat stays empty."""

    always_sending = True

    error_note = _("Ingenting er endret. Det du har skrevet, står i skjemaet.")

    reason = NeutralField(
        label=_("Hvorfor er plassen tom?"),
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Når grunnen er skrevet, gir plassen ingen påminnelser."),
    )
