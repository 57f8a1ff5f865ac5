"""The form that invites somebody to a role."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from actors.queries.scopes import places_for
from actors.rules.roles import RoleKind
from lmp.lib.forms import DatoField

# More places than this are asked for by organisasjonsnummer instead of in a list.
LONGEST_LIST = 500

# Who a role is for, in one line each.
HINTS = {
    RoleKind.UDIR: _("Ansatte i direktoratet som følger prosjektet"),
    RoleKind.KOORDINATOR: _("Leder veiledningsteamet ved Læringsmiljøsenteret"),
    RoleKind.STATSFORVALTER: _("Rådgivere hos statsforvalteren"),
    RoleKind.VEILEDER: _("Veileder barnehager og skoler, og leser det de sender"),
    RoleKind.EIER: _("Eier og driver prosjektet i kommunen, fylket eller selskapet"),
    RoleKind.BARNEHAGEMYNDIGHET: _("Følger de private barnehagene i kommunen"),
    RoleKind.LEDER: _("Styrer i en barnehage eller rektor på en skole"),
    RoleKind.ARBEIDSGRUPPE: _("Ansatte som driver arbeidet sammen med styrer eller rektor"),
    RoleKind.PPT: _("Rådgivere i pedagogisk-psykologisk tjeneste"),
    RoleKind.PERSONVERNKONTAKT: _("Vurderer meldinger om personopplysninger hos eieren"),
    RoleKind.ADMIN: _("Drifter portalen"),
}

LABEL_OF_PLACE = {
    "statsforvalter": _("Statsforvalter"),
    "owner": _("Kommune eller eier"),
    "kommune": _("Kommune"),
    "unit": _("Barnehage eller skole"),
    "ppt": _("PPT"),
}


class InvitationForm(forms.Form):
    """Whom to invite, for which place, and from when. `kind` is chosen before the form opens.

    With one possible place nothing is asked; `scope` is then `self.only_place`.
    """

    error_note = _("Ingen er invitert ennå. Det du har skrevet, står i skjemaet.")
    error_title = _("Rett opp dette før du sender invitasjonen")

    name = forms.CharField(label=_("Navn"), max_length=150)
    email = forms.EmailField(
        label=_("E-postadresse"),
        help_text=_("Bruk adressen personen har i jobben. Den blir også brukt til å logge inn."),
        error_messages={"invalid": _("Skriv e-postadressen slik: navn@kommune.no.")},
    )
    role_from = DatoField(label=_("Rollen gjelder fra"))
    role_to = DatoField(label=_("Rollen gjelder til"), required=False)
    acting = forms.BooleanField(label=_("Fungerende"), required=False)

    def __init__(self, *args, role, kind: str, place_field: str | None, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role_from"].initial = today
        self.only_place = None
        self.places = places_for(role, kind)
        if self.places is not None:
            self._ask_for_place(LABEL_OF_PLACE[place_field])
        self.fields["email"].widget.attrs["autocomplete"] = "off"
        self.fields["name"].widget.attrs["autocomplete"] = "off"

    def _ask_for_place(self, label) -> None:
        first = list(self.places[: LONGEST_LIST + 1])
        if len(first) == 1:
            self.only_place = first[0]
            return
        if len(first) > LONGEST_LIST:
            field = forms.CharField(
                label=label,
                max_length=11,
                help_text=_("Skriv organisasjonsnummeret, ni siffer."),
            )
        else:
            field = forms.ModelChoiceField(
                label=label, queryset=self.places, empty_label=_("Velg …")
            )
        self.fields = {"scope": field, **self.fields}

    def clean_scope(self):
        """The place itself, also when it was written as an organisasjonsnummer."""
        value = self.cleaned_data["scope"]
        if not isinstance(value, str):
            return value
        found = self.places.filter(orgnr="".join(value.split())).first()
        if found is None:
            raise ValidationError(_("Skriv organisasjonsnummeret til et sted du kan invitere til."))
        return found

    def clean(self):
        """The period must run forwards."""
        data = super().clean()
        start, end = data.get("role_from"), data.get("role_to")
        if start and end and end < start:
            self.add_error("role_to", _("Skriv en dato som ikke er før rollen begynner."))
        return data

    def invitation(self) -> dict:
        """The cleaned values by the names that `invite_person` takes."""
        return {**self.cleaned_data, "scope": self.cleaned_data.get("scope", self.only_place)}


class RoleEndForm(forms.Form):
    """The last day of a role."""

    error_title = _("Rett opp dette før du avslutter rollen")

    def __init__(self, *args, starts: date, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.starts = starts
        self.fields["valid_to"].initial = max(today, starts)

    valid_to = DatoField(label=_("Siste dag i rollen"))

    def clean_valid_to(self) -> date:
        """Not before the role began."""
        day = self.cleaned_data["valid_to"]
        if day < self.starts:
            raise ValidationError(_("Skriv en dato som ikke er før rollen begynte."))
        return day
