"""Inviting candidates: what is common to all, and one row for each."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cohorts.forms.candidate import NoteForm
from cohorts.forms.paper import PaperForm
from cohorts.models import Candidate
from cohorts.rules.candidate_invite import EXPIRY_DAYS, USUAL_EXPIRY


def _days(count: int) -> str:
    return ngettext("%(n)s dag", "%(n)s dager", count) % {"n": count}


class InviteForm(NoteForm):
    """The message in both målformer and how long the links last."""

    error_title = _("Rett opp dette før du sender invitasjonene")
    error_note = _("Ingen er invitert ennå. Det du har skrevet, står i skjemaet.")

    message_bm = forms.CharField(
        label=_("Melding på bokmål"), max_length=1500, widget=forms.Textarea({"rows": 4})
    )
    message_nn = forms.CharField(
        label=_("Melding på nynorsk"), max_length=1500, widget=forms.Textarea({"rows": 4})
    )
    expires_in_days = forms.TypedChoiceField(
        label=_("Lenka virker i"), coerce=int, initial=USUAL_EXPIRY
    )
    late_reason = forms.CharField(
        label=_("Hvorfor inviterer dere etter fristen?"),
        max_length=250,
        help_text=_("Grunnen blir stående i kontaktloggen."),
    )

    def __init__(self, *args: Any, late: bool, languages: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expires_in_days"].choices = [(days, _days(days)) for days in EXPIRY_DAYS]
        if not late:
            del self.fields["late_reason"]
        for language, name in (("nb", "message_bm"), ("nn", "message_nn")):
            self.fields[name].required = language in languages


class ContactRowForm(PaperForm):
    """Whom to invite for one candidate."""

    name = forms.CharField(
        label=_("Navn på kontakten"),
        max_length=150,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("E-postadresse"),
        error_messages={"invalid": _("Skriv e-postadressen slik: navn@kommune.no.")},
        widget=forms.EmailInput({"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, candidate: Candidate, **kwargs: Any) -> None:
        super().__init__(*args, sending=True, prefix=f"rad-{candidate.pk}", **kwargs)
        self.candidate = candidate
