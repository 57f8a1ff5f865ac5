"""Deciding about several applicants at once, and what a held letter says."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.forms.paper import OF_CHILDREN, PaperForm, text_area
from cohorts.models import Decision, Outcome, Soeknad
from lmp.lib.forms import DatoField


class BoardFilter(forms.Form):
    """What of the board is shown, from the address."""

    SHOW = [("", _("Alle søkere")), ("aapne", _("Bare de som ikke er avgjort"))]
    SORT = [("", _("Prioritet")), ("navn", _("Navn"))]

    embete = forms.ChoiceField(label=_("Embete"), required=False)
    vis = forms.ChoiceField(label=_("Vis"), choices=SHOW, required=False)
    sorter = forms.ChoiceField(label=_("Sorter"), choices=SORT, required=False)

    def __init__(self, *args: Any, embeter: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["embete"].choices = [("", _("Alle embeter")), *embeter]


class DecideForm(forms.Form):
    """The applicants that are ticked, and what they get."""

    error_title = _("Rett opp dette før du lager brevene")
    error_note = _("Ingenting er avgjort. Det du har valgt, står i skjemaet.")

    soeknad = forms.ModelMultipleChoiceField(
        Soeknad.objects.none(),
        label=_("Søkere"),
        error_messages={
            "required": _("Velg minst én søker."),
            "invalid_choice": _("En av søkerne kan ikke avgjøres nå. Velg på nytt."),
            "invalid_pk_value": _("En av søkerne kan ikke avgjøres nå. Velg på nytt."),
        },
    )
    outcome = forms.ChoiceField(
        label=_("Utfall"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Velg hva søkerne skal få.")},
    )

    def __init__(self, *args: Any, soeknader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["soeknad"].queryset = soeknader


class LetterForm(PaperForm):
    """What one letter says that the others do not. `seen` marks the text the writer began from."""

    looks_for = OF_CHILDREN

    error_title = _("Rett opp dette før du lagrer brevet")
    error_note = _("Ingenting er lagret. Det du har skrevet, står i skjemaet.")

    reason = text_area(
        _("Begrunnelse til søkeren"),
        rows=5,
        help_text=_("Søkeren leser dette. Skriv på målforma til brevet."),
        required=True,
    )
    conditions = text_area(_("Vilkår"), rows=3)
    units_offered = forms.IntegerField(
        label=_("Hvor mange enheter tilbudet gjelder"),
        required=False,
        min_value=1,
        max_value=999,
        help_text=_("La feltet stå tomt når alle enhetene i søknaden kan være med."),
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    answer_due = DatoField(label=_("Svarfrist"))
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, decision: Decision, units: int, **kwargs: Any) -> None:
        super().__init__(*args, sending=True, **kwargs)
        self.most = units
        if decision.outcome != Outcome.TILBUD:
            for name in ("conditions", "units_offered", "answer_due"):
                del self.fields[name]

    def clean_units_offered(self) -> int | None:
        offered = self.cleaned_data["units_offered"]
        if offered is not None and offered > self.most:
            text = _("Søknaden har %(n)s enheter. Skriv det tallet eller et lavere.")
            raise forms.ValidationError(text, params={"n": self.most})
        return offered

    @property
    def values(self) -> dict[str, Any]:
        """The columns of the decision; those that this outcome has no use for are empty."""
        empty = {"reason": "", "conditions": "", "units_offered": None, "answer_due": None}
        data = {key: value for key, value in self.cleaned_data.items() if key != "seen"}
        return empty | data
