"""Closing an evaluation before it is due."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.forms.neutral import NeutralField
from cohorts.forms.paper import OF_CHILDREN, PaperForm


class CloseEvaluationForm(PaperForm):
    """A short reason, if there is something to say."""

    always_sending = True
    looks_for = OF_CHILDREN
    error_note = _("Ingenting er endret. Det du har skrevet, står i skjemaet.")

    why = NeutralField(
        label=_("Hvorfor lukker dere den?"),
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Alle som ser pulja, kan lese det."),
    )
