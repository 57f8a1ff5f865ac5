"""Owners and units picked from the registers, units that change or withdraw, veiledere."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from actors.models import Owner, Unit, User
from cohorts.forms.neutral import NeutralField
from cohorts.forms.paper import PaperForm
from cohorts.models import DeltakendeUnit, Semester, Veilederoppdrag
from lmp.lib.forms import DatoField


class SearchForm(forms.Form):
    """Name or organisasjonsnummer, sent by GET."""

    q = forms.CharField(label=_("Navn eller organisasjonsnummer"), max_length=100, required=False)


class OwnerPickForm(forms.Form):
    """The owner whose «Legg til» was pressed, among those the person may bring in."""

    owner = forms.ModelChoiceField(Owner.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args: Any, owners, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners


class UnitPickForm(forms.Form):
    """The unit whose «Legg til» was pressed, among those of the owner, and from when."""

    unit = forms.ModelChoiceField(Unit.objects.none(), widget=forms.HiddenInput)
    first_semester = forms.TypedChoiceField(
        label=_("Er med fra"), coerce=int, empty_value=0, required=False
    )

    def __init__(self, *args: Any, units, semesters, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        self.fields["first_semester"].choices = semester_choices(semesters)


def semester_choices(semesters: list[Semester]) -> list[tuple[int, str]]:
    return [(semester.number, str(semester)) for semester in semesters]


class UnitForm(forms.Form):
    """From which semester a unit takes part, and whether SFO does."""

    error_note = _("Ingenting er endret. Det du har skrevet, står i skjemaet.")

    first_semester = forms.TypedChoiceField(
        label=_("Er med fra"),
        coerce=int,
        help_text=_("Det som gjelder semestrene før, blir «ikke aktuelt» for enheten."),
    )
    sfo_takes_part = forms.BooleanField(label=_("SFO er med"), required=False)

    def __init__(self, *args: Any, unit: DeltakendeUnit, semesters, **kwargs: Any) -> None:
        initial = {
            "first_semester": unit.first_semester,
            "sfo_takes_part": unit.sfo_takes_part,
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["first_semester"].choices = semester_choices(semesters)
        if unit.unit.kind != "skole":
            del self.fields["sfo_takes_part"]


class WithdrawForm(PaperForm):
    """From when a unit no longer takes part, and why."""

    always_sending = True

    error_title = _("Rett opp dette før du trekker enheten")
    error_note = _("Ingenting er endret. Det du har skrevet, står i skjemaet.")

    withdrawn_from = DatoField(label=_("Trukket fra og med"))
    reason = NeutralField(
        label=_("Grunn"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Kort og nøytralt. Skriv ingenting om enkeltpersoner."),
    )


class OppdragForm(forms.Form):
    """A veileder who follows the deltakelse or one of its units, from a day on."""

    error_title = _("Rett opp dette før du setter opp veilederen")
    error_note = _("Ingenting er endret. Det du har skrevet, står i skjemaet.")

    veileder = forms.ModelChoiceField(
        User.objects.none(), label=_("Veileder"), empty_label=_("Velg veileder")
    )
    function = forms.ChoiceField(
        label=_("Oppgave"), choices=Veilederoppdrag.Function.choices, widget=forms.RadioSelect
    )
    unit = forms.ModelChoiceField(
        DeltakendeUnit.objects.none(),
        label=_("Følger"),
        required=False,
        empty_label=_("Alle enhetene"),
    )
    valid_from = DatoField(label=_("Fra og med"))
    valid_to = DatoField(label=_("Til og med"), required=False)

    def __init__(self, *args: Any, veiledere, units, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["veileder"].queryset = veiledere
        self.fields["unit"].queryset = units


class EndForm(forms.Form):
    """The last day of something that ends."""

    error_note = _("Ingenting er endret. Det du har skrevet, står i skjemaet.")

    valid_to = DatoField(label=_("Siste dag"))

    def __init__(self, *args: Any, valid_from: date, **kwargs: Any) -> None:
        self.valid_from = valid_from
        super().__init__(*args, **kwargs)

    def clean_valid_to(self) -> date:
        valid_to = self.cleaned_data["valid_to"]
        if valid_to < self.valid_from:
            raise forms.ValidationError(_("Siste dag kan ikke være før første dag."))
        return valid_to
