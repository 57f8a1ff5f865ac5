"""Confirming and sending a søknad."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.forms.neutral import NeutralField


class SendForm(forms.Form):
    """The programme's confirmations, and why it is late when it is.

    A missing tick is told in the list of what is missing, not at the field.
    """

    error_title = _("Rett opp dette før dere sender")
    error_note = _("Ingenting er sendt. Det dere har skrevet, er lagret.")
    go_together = True  # all of it is needed, though a missing tick is not told at the field

    confirmed = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    late_reason = NeutralField(
        label=_("Hvorfor kommer søknaden etter fristen?"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_(
            "Søknaden blir merket som sendt etter fristen. Statsforvalteren leser grunnen."
        ),
    )

    def __init__(
        self,
        *args: Any,
        confirmations: list[tuple[str, str]],
        owner: str,
        late: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        confirmed = self.fields["confirmed"]
        confirmed.choices = confirmations
        confirmed.label = _("På vegne av %(owner)s") % {"owner": owner}
        if not late:
            del self.fields["late_reason"]


class WithdrawSoeknadForm(forms.Form):
    """Why a sent søknad is withdrawn."""

    error_title = _("Skriv en grunn")
    error_note = _("Ingenting er trukket. Det du har skrevet, står i skjemaet.")

    reason = NeutralField(
        label=_("Hvorfor trekker dere søknaden?"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Statsforvalteren leser grunnen. Skriv ingenting om enkeltpersoner."),
    )
