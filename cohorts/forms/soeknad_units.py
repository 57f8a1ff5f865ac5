"""The units of a søknad: picked from the register, typed in by hand, and who leads them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from actors.models import Owner, Unit
from actors.rules.register import is_orgnr
from cohorts.forms.neutral import NeutralField
from cohorts.forms.paper import PaperForm

MOST = 20_000
SHORT, NUMBER = forms.TextInput({"class": "short"}), forms.NumberInput({"class": "short"})


class UnitSearchForm(forms.Form):
    """What to search for in the register, and whether in the whole country; sent by GET."""

    q = forms.CharField(max_length=100, required=False)
    landet = forms.BooleanField(required=False)


class PickForm(forms.Form):
    """The unit whose «Legg til» was pressed, among those that may take part."""

    unit = forms.ModelChoiceField(Unit.objects.none(), widget=forms.HiddenInput)

    def __init__(self, *args: Any, units, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units


class ManualUnitForm(forms.Form):
    """A unit that is not in the register."""

    error_title = _("Rett opp dette før du legger til enheten")
    error_note = _("Ingenting er lagt til. Det du har skrevet, står i skjemaet.")

    name = NeutralField(label=_("Navn på enheten"), max_length=150)
    owner = forms.ModelChoiceField(Owner.objects.none(), label=_("Hvem søker for enheten?"))
    orgnr = forms.CharField(
        label=_("Organisasjonsnummer"), max_length=11, required=False, widget=SHORT
    )
    kind = forms.ChoiceField(
        label=_("Type"),
        help_text=_("Et oppvekstsenter legger dere til to ganger: som skole og som barnehage."),
        widget=forms.RadioSelect({"data-kind": "seg"}),
    )
    ownership = forms.ChoiceField(
        label=_("Eierform"),
        choices=[("offentlig", _("Kommunal eller fylkeskommunal")), ("privat", _("Privat"))],
        widget=forms.RadioSelect({"data-kind": "seg"}),
    )
    grades = NeutralField(
        label=_("Trinn"),
        help_text=_("For en skole, for eksempel 1.–7. trinn"),
        max_length=40,
        required=False,
        widget=SHORT,
    )
    children = forms.IntegerField(
        label=_("Barn eller elever"), min_value=0, max_value=MOST, required=False, widget=NUMBER
    )
    staff = forms.IntegerField(
        label=_("Ansatte"), min_value=0, max_value=MOST, required=False, widget=NUMBER
    )

    def __init__(self, *args: Any, owners: list[Owner], kinds: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {"skole": _("Skole"), "barnehage": _("Barnehage")}
        self.fields["kind"].choices = [(kind, words[kind]) for kind in kinds]
        self.fields["owner"].queryset = Owner.objects.filter(pk__in=[each.pk for each in owners])
        self.fields["owner"].initial = owners[0].pk
        if len(owners) == 1:
            self.fields["owner"].widget = forms.HiddenInput()

    def clean_orgnr(self) -> str:
        """Nine digits without the blanks people write between them."""
        orgnr = "".join(self.cleaned_data["orgnr"].split())
        if orgnr and not is_orgnr(orgnr):
            raise forms.ValidationError(_("Skriv de ni sifrene i organisasjonsnummeret."))
        return orgnr


class LeaderForm(forms.Form):
    """Who leads a unit, and its numbers; the address is needed before a link can be sent."""

    error_title = _("Rett opp dette før du sender lenka")
    error_note = _("Ingenting er sendt. Det du har skrevet, står i skjemaet.")

    leader_name = NeutralField(label=_("Navn på lederen"), max_length=150)
    leader_email = forms.EmailField(label=_("E-postadresse"), max_length=254)
    children = forms.IntegerField(
        label=_("Barn eller elever"), min_value=0, max_value=MOST, required=False
    )
    staff = forms.IntegerField(label=_("Ansatte"), min_value=0, max_value=MOST, required=False)


class LeaveOutForm(PaperForm):
    """Why the søknad is sent without a unit's own part."""

    always_sending = True

    error_title = _("Skriv en grunn")
    error_note = _("Ingenting er endret. Det du har skrevet, står i skjemaet.")

    reason = NeutralField(
        label=_("Hvorfor sender dere uten egen del?"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Statsforvalteren leser grunnen. Skriv ingenting om enkeltpersoner."),
    )
