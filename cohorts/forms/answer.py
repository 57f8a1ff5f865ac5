"""The answer to an offer: yes or no, and with a yes the units and the people who lead them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.models import PPT, Unit
from cohorts.actions.answer import Acceptance, ConfirmedUnit
from cohorts.actions.answer_people import GivenName
from cohorts.forms.paper import PaperForm, any_national_id
from cohorts.models import SoeknadUnit
from lmp.lib.forms import DatoField

YES, NO = "ja", "nei"
OTHER = "annen"
OWN, NONE = "egen", "ingen"
LONGEST_NAME, LONGEST_REASON = 150, 300


def _name(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_NAME,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


def _email(label: Any) -> forms.EmailField:
    return forms.EmailField(
        label=label, required=False, widget=forms.EmailInput({"autocomplete": "off"})
    )


def _not_optional(form: forms.Form, *names: str) -> None:
    """Let these not be called optional: a yes needs them, a no does not."""
    for name in names:
        if name in form.fields:
            form.fields[name].is_needed = True


class AnswerForm(PaperForm):
    """Everything but the units. What a yes needs is asked for only when the answer is yes."""

    accepted = forms.ChoiceField(
        label=gettext_lazy("Vil dere delta?"),
        choices=[(YES, gettext_lazy("Ja, vi takker ja")), (NO, gettext_lazy("Nei, vi takker nei"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Hvorfor takker dere nei?"),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Kort og nøytralt. Skriv ingenting om enkeltpersoner."),
    )
    styringsgruppe = forms.ChoiceField(
        label=gettext_lazy("Styringsgruppe"),
        choices=[
            (OWN, gettext_lazy("Vi har egen styringsgruppe")),
            (NONE, gettext_lazy("Vi har ingen styringsgruppe")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    leader_name = _name(gettext_lazy("Navn på den som leder styringsgruppa"))
    leader_email = _email(gettext_lazy("E-postadresse til lederen av styringsgruppa"))
    ppt = forms.ChoiceField(
        label=gettext_lazy("Hvilken PPT blir med?"),
        required=False,
        help_text=gettext_lazy("Ønskelig, men ikke et krav."),
    )
    ppt_name = _name(gettext_lazy("Navn på kontakten i PPT"))
    ppt_email = _email(gettext_lazy("E-postadresse til kontakten i PPT"))
    privacy_name = _name(gettext_lazy("Navn på personvernkontakten"))
    privacy_email = _email(gettext_lazy("E-postadresse til personvernkontakten"))
    agreement_signed_on = DatoField(
        label=gettext_lazy("Når signerte dere databehandleravtalen?"), required=False
    )

    def __init__(self, *args: Any, serving: Iterable[PPT], private: bool, **kwargs: Any) -> None:
        super().__init__(*args, sending=True, **kwargs)
        self.serving = {str(ppt.pk): ppt for ppt in serving}
        self.fields["ppt"].choices = [
            ("", _("Ingen er klar ennå")),
            *((key, str(ppt)) for key, ppt in self.serving.items()),
            (OTHER, _("En annen PPT")),
        ]
        if not private:
            del self.fields["styringsgruppe"]
        _not_optional(self, "styringsgruppe", "leader_name", "leader_email")

    @property
    def says_yes(self) -> bool:
        return self.cleaned_data.get("accepted") == YES

    @property
    def makes_group(self) -> bool:
        """A kommune always has a styringsgruppe; a private school may do without (domain 8.8)."""
        return self.cleaned_data.get("styringsgruppe") != NONE

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.says_yes:
            self._ask_for_leader()
            self._ask_for_ppt()
            self._ask_for_privacy()
        elif "accepted" not in self.errors:
            self._forget_the_rest()
        return self.cleaned_data

    def _forget_the_rest(self) -> None:
        """A no needs nothing but its reason."""
        for name in [name for name in self.errors if name != "reason"]:
            del self._errors[name]

    def _ask_for_leader(self) -> None:
        if "styringsgruppe" in self.fields and not self.cleaned_data.get("styringsgruppe"):
            self._need("styringsgruppe", _("Velg om dere har en styringsgruppe."))
        if self.makes_group:
            self._need("leader_name", _("Skriv hvem som leder styringsgruppa."))
            self._need("leader_email", _("Skriv e-postadressen til lederen av styringsgruppa."))

    def _ask_for_ppt(self) -> None:
        if self.cleaned_data.get("ppt"):
            self._need("ppt_name", _("Skriv navnet på kontakten i PPT."))
            self._need("ppt_email", _("Skriv e-postadressen til kontakten i PPT."))
        elif self.cleaned_data.get("ppt_name") or self.cleaned_data.get("ppt_email"):
            self._need("ppt", _("Velg hvilken PPT kontakten hører til."))

    def _ask_for_privacy(self) -> None:
        """The contact is voluntary, but a name and an address belong together."""
        if self.cleaned_data.get("privacy_name"):
            self._need("privacy_email", _("Skriv e-postadressen til personvernkontakten."))
        elif self.cleaned_data.get("privacy_email"):
            self._need("privacy_name", _("Skriv navnet på personvernkontakten."))

    def _need(self, name: str, text: str) -> None:
        if name not in self.errors and not self.cleaned_data.get(name):
            self.add_error(name, text)

    def person(self, who: str) -> GivenName:
        """The name and address in the fields that begin with `who`."""
        return GivenName(self.cleaned_data[f"{who}_name"], self.cleaned_data[f"{who}_email"])


class AnswerUnitForm(PaperForm):
    """One unit of the søknad: whether it takes part, and who leads it.

    A unit that was typed in by hand must be found in the register before it can take part.
    """

    takes_part = forms.BooleanField(required=False)
    match = forms.ModelChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("Finn enheten i registeret"),
        required=False,
        empty_label=gettext_lazy("Velg enheten"),
    )
    leader_name = _name("")
    leader_email = _email("")

    def __init__(self, *args: Any, row: SoeknadUnit, matches, **kwargs: Any) -> None:
        initial = {
            "takes_part": True,
            "leader_name": row.leader_name,
            "leader_email": row.leader_email,
        }
        prefix = f"unit-{row.pk}"
        super().__init__(*args, sending=True, initial=initial, prefix=prefix, **kwargs)
        self.row = row
        names = {"unit": row.name}
        self.fields["takes_part"].label = row.name
        self.fields["leader_name"].label = _("Leder av %(unit)s") % names
        self.fields["leader_email"].label = _("E-postadresse til lederen av %(unit)s") % names
        if row.unit is not None:
            del self.fields["match"]
        else:
            self.fields["match"].queryset = matches
        _not_optional(self, "match", "leader_name", "leader_email")

    @property
    def is_chosen(self) -> bool:
        return bool(self.cleaned_data.get("takes_part"))

    def ask_for_people(self) -> None:
        """Add the errors of a unit that is to take part; one that is not needs nothing."""
        if not self.is_chosen:
            for name in [name for name in self.errors if name != "takes_part"]:
                del self._errors[name]
            return
        names = {"unit": self.row.name}
        if "match" in self.fields:
            self._need("match", _("Finn %(unit)s i registeret, eller fjern krysset.") % names)
        self._need("leader_name", _("Skriv hvem som leder %(unit)s.") % names)
        self._need("leader_email", _("Skriv e-postadressen til lederen av %(unit)s.") % names)

    def _need(self, name: str, text: str) -> None:
        if name not in self.errors and not self.cleaned_data.get(name):
            self.add_error(name, text)

    def confirmed(self) -> ConfirmedUnit:
        """What the form says; ask only of a valid form of a unit that takes part."""
        data = self.cleaned_data
        unit = self.row.unit or data["match"]
        return ConfirmedUnit(self.row, unit, GivenName(data["leader_name"], data["leader_email"]))


class AnswerForms:
    """The answer and its units as one form on one page."""

    def __init__(self, answer: AnswerForm, units: list[AnswerUnitForm]) -> None:
        self.answer, self.units = answer, units

    @property
    def all(self) -> list[PaperForm]:
        return [self.answer, *self.units]

    @property
    def error_title(self) -> str:
        if any_national_id(self.all):
            return _("Teksten inneholder et fødselsnummer")
        return _("Rett opp dette før du svarer")

    def is_valid(self) -> bool:
        """Whether the answer can be given. A no needs nothing of the units."""
        valid = self.answer.is_valid()
        if not valid and "accepted" in self.answer.errors:
            return False
        if not self.answer.says_yes:
            self._forget_units()
            return valid
        for form in self.units:
            form.full_clean()
            form.ask_for_people()
        if self.units and not any(form.is_chosen for form in self.units):
            text = _("Kryss av for minst én barnehage eller skole.")
            self.units[0].add_error("takes_part", text)
        return valid and all(form.is_valid() for form in self.units)

    def _forget_units(self) -> None:
        """Nothing is wrong with units that nobody takes part with."""
        for form in self.units:
            form.full_clean()
            form.errors.clear()

    def acceptance(self) -> Acceptance:
        """What the owner says with its yes; ask only of valid forms."""
        data = self.answer.cleaned_data
        group = self.answer.makes_group
        return Acceptance(
            units=tuple(form.confirmed() for form in self.units if form.is_chosen),
            leader=self.answer.person("leader") if group else GivenName(),
            styringsgruppe=group,
            ppt=self.answer.serving.get(data["ppt"]),
            ppt_contact=self.answer.person("ppt"),
            privacy=self.answer.person("privacy"),
            agreement_signed_on=data["agreement_signed_on"],
        )
