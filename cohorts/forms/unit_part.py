"""A unit's own part of a søknad: four questions, and numbers that may be corrected."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.forms.neutral import NeutralField
from cohorts.forms.paper import PaperForm, text_area
from cohorts.forms.soeknad_units import MOST
from cohorts.models import SoeknadUnit
from cohorts.rules.paper import Data
from cohorts.rules.soeknad_form import MAALFORM
from lmp.lib.forms import DatoField

FIVE_LINES = 4


class UnitPartForm(PaperForm):
    """The whole part. Grades and SFO are asked of a skole only."""

    error_title = _("Rett opp dette før du leverer")
    error_note = _("Ingenting er levert. Det du har skrevet, står i skjemaet.")

    children = forms.IntegerField(label=_("Barn"), min_value=0, max_value=MOST)
    staff = forms.IntegerField(label=_("Ansatte"), min_value=0, max_value=MOST, required=False)
    grades = forms.CharField(label=_("Trinn"), max_length=40, required=False)
    sfo = forms.ChoiceField(
        label=_("Skal SFO være med?"),
        choices=SoeknadUnit.Sfo.choices,
        widget=forms.RadioSelect({"data-kind": "seg"}),
        required=False,
    )
    maalform = forms.ChoiceField(
        label=_("Målform"),
        choices=MAALFORM,
        widget=forms.RadioSelect({"data-kind": "seg"}),
        required=False,
    )
    why = text_area(_("Hvorfor vil dere være med?"), FIVE_LINES, required=True)
    needs = text_area(_("Hva trenger dere mest hjelp til?"), required=True)
    ongoing = text_area(
        _("Hva annet holder dere på med nå?"), 2, _("Prosjekter og satsinger som tar tid.")
    )
    staff_agreed = forms.ChoiceField(
        label=_("Har personalet sagt ja?"),
        choices=SoeknadUnit.Staff.choices,
        widget=forms.RadioSelect({"data-kind": "seg"}),
    )
    staff_meeting_on = DatoField(
        label=_("Dato for personalmøtet"),
        help_text=_("Fyll ut hvis det tas opp på møte: dd.mm.åååå"),
        required=False,
    )

    def __init__(self, *args: Any, row: SoeknadUnit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if row.kind == "skole":
            self.fields["children"].label = _("Elever")
        else:
            del self.fields["grades"], self.fields["sfo"]
        self.numbers = [
            self[name] for name in ("children", "staff", "grades") if name in self.fields
        ]

    def clean(self) -> Data:
        super().clean()
        agreed, day = (self.cleaned_data.get(key) for key in ("staff_agreed", "staff_meeting_on"))
        undated = agreed == SoeknadUnit.Staff.MEETING and not day
        if self.sending and undated and "staff_meeting_on" not in self.errors:
            self.add_error("staff_meeting_on", _("Skriv når personalmøtet er."))
        return self.cleaned_data

    def data_to_save(self) -> Data:
        """What was typed and is right, as fields of the row; empty numbers and days are None."""
        empty_is_none = ("children", "staff", "staff_meeting_on")
        return {
            key: None if key in empty_is_none and value == "" else value
            for key, value in self.cleaned_data.items()
        }


class DeclineForm(PaperForm):
    """Why the unit will not take part."""

    always_sending = True

    error_title = _("Skriv en grunn")
    error_note = _("Ingenting er sendt. Det du har skrevet, står i skjemaet.")

    reason = NeutralField(
        label=_("Hvorfor vil dere ikke være med?"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Eieren leser grunnen. Skriv ingenting om enkeltpersoner."),
    )
