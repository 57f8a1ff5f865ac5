"""The forms of an assessment: habilitet on its own, then everything that is judged."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.forms.paper import OF_CHILDREN, PaperForm, text_area
from cohorts.models import Criterion, Habilitet, Recommendation
from cohorts.rules.assessment import reason_field, score_field
from cohorts.rules.paper import Data

NO_DETAILS = _("Skriv bare konklusjonen. Ikke saksnummer eller opplysninger fra enkeltsaker.")
MAY_BE_READ = _("Dette kan søkeren få lese når Udir har bestemt.")


class HabilitetForm(forms.Form):
    """Whether the assessor can judge this søknad at all."""

    habilitet = forms.ChoiceField(
        label=_("Kan du vurdere denne søknaden?"),
        choices=Habilitet.choices,
        widget=forms.RadioSelect(attrs={"data-kind": "seg"}),
        error_messages={"required": _("Velg om du er habil.")},
    )


class AssessmentForm(PaperForm):
    """A score and a reason for each criterion, then what they come to. A draft may be half done.

    `scale` is the programme's: (value, label), the lowest first.
    """

    looks_for = OF_CHILDREN

    def __init__(
        self,
        *args: Any,
        criteria: Iterable[Criterion],
        scale: list[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for criterion in criteria:
            self.fields[score_field(criterion.pk)] = _score(criterion, scale)
            self.fields[reason_field(criterion.pk)] = _reason(criterion)
        self.fields |= _conclusion()

    def data_to_save(self) -> Data:
        """What may be stored, under the keys of `rules.assessment`: what was posted, less the
        fields with errors. A score that is not chosen is not posted, and stands as it was."""
        return {
            name: value or None if name.startswith("score_") else value
            for name, value in self.cleaned_data.items()
            if name in self.data
        }


def _score(criterion: Criterion, scale: list[tuple[int, str]]) -> forms.Field:
    missing = _("Velg hvor godt «%(criterion)s» er oppfylt.")
    return forms.TypedChoiceField(
        label=_("Hvor godt er det oppfylt?"),
        choices=scale,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect(attrs={"data-kind": "scale"}),
        error_messages={"required": missing % {"criterion": criterion.short}},
    )


def _reason(criterion: Criterion) -> forms.Field:
    missing = _("Skriv en begrunnelse for «%(criterion)s».")
    return text_area(
        _("Begrunnelse"),
        required=True,
        error_messages={"required": missing % {"criterion": criterion.short}},
    )


def _conclusion() -> dict[str, forms.Field]:
    return {
        "motivation": text_area(
            _("Motivasjon"), help_text=_("Hvor motiverte er eieren og enhetene?")
        ),
        "geography": text_area(
            _("Geografi og erfaringsutveksling"),
            help_text=_("Er søkeren nær andre som søker, og kan de dele erfaringer?"),
        ),
        "data_basis": text_area(_("Hva sier tallene og sakene vi har?"), help_text=NO_DETAILS),
        "recommendation": forms.ChoiceField(
            label=_("Tilråding"),
            choices=Recommendation.choices,
            widget=forms.RadioSelect(attrs={"data-kind": "seg"}),
            error_messages={"required": _("Velg hva du tilrår.")},
        ),
        "applicant_reason": text_area(
            _("Begrunnelse til søkeren"),
            rows=4,
            help_text=MAY_BE_READ,
            required=True,
            error_messages={"required": _("Skriv begrunnelsen som søkeren kan få lese.")},
        ),
    }
