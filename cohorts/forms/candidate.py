"""Following up a candidate: the next step, the contact log, laying aside, and the filters."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from actors.models import Unit, User
from actors.rules.register import is_orgnr
from cohorts.forms.paper import OF_CHILDREN, PaperForm
from cohorts.models import Candidate, CandidateContact, Stage
from lmp.lib.forms import DatoField

KEPT = _("Ingenting er lagret. Det du har skrevet, står i skjemaet.")


class NoteForm(PaperForm):
    """A form of the embete's own notes; never half written."""

    looks_for = OF_CHILDREN

    error_title = _("Rett opp dette")
    error_note = KEPT

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, sending=True, **kwargs)


class CandidateForm(NoteForm):
    """Who is responsible, why the owner is on the list, and the next step."""

    next_step = forms.CharField(
        label=_("Neste steg"), max_length=120, required=False, help_text=_("For eksempel «Ring»")
    )
    next_step_on = DatoField(label=_("Dato"), required=False)
    responsible = forms.ModelChoiceField(
        User.objects.none(), label=_("Ansvarlig"), required=False, empty_label=_("Ingen ennå")
    )
    reason = forms.CharField(
        label=_("Hvorfor aktuell"),
        max_length=300,
        required=False,
        help_text=_("En setning. Skriv ingenting om enkeltpersoner."),
    )

    def __init__(self, *args: Any, advisers, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"].queryset = advisers

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        unsaid = "next_step" in data and not data["next_step"].strip()
        if unsaid and data.get("next_step_on"):
            self.add_error("next_step", _("Skriv hva som skal gjøres denne dagen."))
        return data


class ContactForm(NoteForm):
    """One line of the log. Without a date it was today."""

    candidate = forms.ModelChoiceField(
        Candidate.objects.none(), label=_("Kommune eller eier"), empty_label=None
    )
    on = DatoField(label=_("Dato"), required=False)
    how = forms.ChoiceField(label=_("Hvordan"), choices=CandidateContact.How.choices)
    text = forms.CharField(label=_("Kort om hva dere ble enige om"), max_length=300)

    def __init__(self, *args: Any, candidates, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["on"].initial = today
        self.fields["candidate"].queryset = candidates

    def clean_on(self) -> date:
        on = self.cleaned_data["on"] or self.today
        if on > self.today:
            raise forms.ValidationError(_("Skriv en dato som ikke er fram i tid."))
        return on


class DismissForm(NoteForm):
    """Why a candidate is laid aside."""

    reason = forms.CharField(
        label=_("Hvorfor er det ikke aktuelt nå?"),
        max_length=300,
        help_text=_("En setning. Bare embetet leser den."),
    )


class PrivateOwnerForm(NoteForm):
    """An owner that is in no register, and the school it owns."""

    name = forms.CharField(label=_("Navn på eieren"), max_length=150)
    orgnr = forms.CharField(
        label=_("Organisasjonsnummer"),
        max_length=20,
        help_text=_("Ni siffer, eierens eget nummer"),
        widget=forms.TextInput({"class": "short", "inputmode": "numeric"}),
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Skole"), empty_label=_("Velg skole")
    )

    def __init__(self, *args: Any, schools, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = schools

    def clean_orgnr(self) -> str:
        number = "".join(self.cleaned_data["orgnr"].split())
        if not is_orgnr(number):
            raise forms.ValidationError(_("Skriv et gyldig organisasjonsnummer, ni siffer."))
        return number


class CandidateFilterForm(forms.Form):
    """Which rows of the table, and in what order; sent by GET. A wrong value counts as none."""

    q = forms.CharField(label=_("Navn eller nummer"), max_length=100, required=False)
    stage = forms.ChoiceField(
        label=_("Hvor langt"), choices=[("", _("Alle")), *Stage.choices], required=False
    )
    responsible = forms.ModelChoiceField(
        User.objects.none(), label=_("Ansvarlig"), required=False, empty_label=_("Alle")
    )
    embete = forms.ChoiceField(label=_("Embete"), required=False)
    show = forms.ChoiceField(
        label=_("Vis"),
        choices=[
            ("", _("Alle")),
            ("mine", _("Bare mine")),
            ("overdue", _("Neste steg over fristen")),
        ],
        required=False,
    )
    sort = forms.ChoiceField(
        label=_("Sorter etter"),
        choices=[("", _("Navn")), ("steg", _("Hvor langt")), ("neste", _("Neste steg"))],
        required=False,
    )

    def __init__(self, *args: Any, advisers=None, embeter=None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if advisers is None:
            for name in ("responsible", "show"):
                del self.fields[name]
            self.fields["sort"].choices = self.fields["sort"].choices[:2]
        else:
            self.fields["responsible"].queryset = advisers
        if embeter is None:
            del self.fields["embete"]
        else:
            self.fields["embete"].choices = [("", _("Alle embeter")), *embeter]

    def chosen(self) -> dict[str, Any]:
        """What was chosen, without the fields that make no sense."""
        self.is_valid()
        return dict(self.cleaned_data)
