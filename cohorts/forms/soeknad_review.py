"""Confirming and sending a søknad."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.forms.neutral import NeutralField
from cohorts.forms.paper import HINT, OF_CHILDREN, PaperForm
from cohorts.rules.look_over import spots_in


class SendForm(PaperForm):
    """The programme's confirmations, and why it is late when it is.

    A missing tick is told in the list of what is missing, not at the field. `texts` are the
    answers that go with it: (key, label, text). Here they are read for spots where somebody may be
    recognised, as they are written one part at a time, and a part is never stopped.
    """

    always_sending = True
    looks_for = OF_CHILDREN

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
        texts: Sequence[tuple[str, str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.texts = texts
        confirmed = self.fields["confirmed"]
        confirmed.choices = confirmations
        confirmed.label = _("På vegne av %(owner)s") % {"owner": owner}
        if not late:
            del self.fields["late_reason"]

    def _look_over(self) -> None:
        super()._look_over()
        found = [
            spot
            for key, label, text in self.texts
            for spot in spots_in(text, field=key, label=label, kinds=self.looks_for)
        ]
        self.hints += found
        if {spot.key for spot in found} - self.seen_keys():
            self.add_error(None, forms.ValidationError(_("Se over stedene under."), HINT))


class WithdrawSoeknadForm(PaperForm):
    """Why a sent søknad is withdrawn."""

    always_sending = True

    error_title = _("Skriv en grunn")
    error_note = _("Ingenting er trukket. Det du har skrevet, står i skjemaet.")

    reason = NeutralField(
        label=_("Hvorfor trekker dere søknaden?"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Statsforvalteren leser grunnen. Skriv ingenting om enkeltpersoner."),
    )
