"""Applying together: whom to ask, and what an asked owner answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from actors.models import Owner
from cohorts.forms.neutral import NeutralField
from cohorts.forms.paper import PaperForm

GROUPS = (
    ("felles", _("Felles styringsgruppe for kommunene")),
    ("egne", _("En styringsgruppe i hver kommune")),
)


class AskForm(forms.Form):
    """The owner to ask, and who there gets the mail."""

    error_title = _("Rett opp dette før du spør")
    error_note = _("Ingen er spurt. Det du har skrevet, står i skjemaet.")

    owner = forms.ModelChoiceField(Owner.objects.none(), widget=forms.HiddenInput)
    contact_name = NeutralField(label=_("Kontaktperson der"), max_length=150, required=False)
    contact_email = forms.EmailField(label=_("E-postadresse"), max_length=254, required=False)

    def __init__(self, *args: Any, owners, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners


class GroupForm(forms.Form):
    """Whether the kommuner have one styringsgruppe or one each."""

    styringsgruppe = forms.ChoiceField(
        label=_("Hvordan vil dere ha styringsgruppa?"), choices=GROUPS, widget=forms.RadioSelect
    )


class PartnerAnswerForm(PaperForm):
    """Yes, or no with a reason."""

    always_sending = True

    go_together = True  # the reason belongs to a no
    error_title = _("Rett opp dette før du svarer")
    error_note = _("Ingenting er sendt. Det du har skrevet, står i skjemaet.")

    answer = forms.ChoiceField(
        label=_("Vil dere søke sammen?"),
        choices=[("ja", _("Ja, vi søker sammen")), ("nei", _("Nei"))],
        widget=forms.RadioSelect,
    )
    reason = NeutralField(
        label=_("Grunn hvis dere svarer nei"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        super().clean()
        is_no = self.cleaned_data.get("answer") == "nei"
        if is_no and "reason" not in self.errors and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("Skriv hvorfor dere svarer nei."))
        return self.cleaned_data


class ReasonForm(PaperForm):
    """Why an owner withdraws."""

    always_sending = True

    error_title = _("Skriv en grunn")
    error_note = _("Ingenting er trukket. Det du har skrevet, står i skjemaet.")

    reason = NeutralField(
        label=_("Hvorfor trekker dere dere?"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Kort og nøytralt. Skriv ingenting om enkeltpersoner."),
    )
