"""Choosing what to call, and the when and where of a meeting."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.forms.paper import PaperForm
from cohorts.models import Activity, Deltakelse
from cohorts.rules.errors import NotPossible
from lmp.lib.forms import DatoField, KlokkeslettField
from meetings.models import Meeting
from meetings.models.meeting import MeetingForm as Form
from meetings.rules.meeting import local_moment


class ChoiceForm(forms.Form):
    """The first step: what to call, and for which owner. Sent as part of the address."""

    aktivitet = forms.ChoiceField(label=_("Hva slags møte?"))
    deltakelse = forms.ChoiceField(label=_("Hvem er møtet for?"))

    def __init__(
        self,
        *args: Any,
        activities: Iterable[Activity],
        deltakelser: Iterable[Deltakelse],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        groups: dict[str, list[tuple[int, str]]] = {}
        for activity in activities:
            semester = activity.semester
            label = f"{semester.pulje}, {str(semester).lower()}"
            groups.setdefault(label, []).append((activity.pk, activity.title))
        self.fields["aktivitet"].choices = list(groups.items())
        owners = [(deltakelse.pk, str(deltakelse.owner)) for deltakelse in deltakelser]
        if len(owners) < 2:
            del self.fields["deltakelse"]
        else:
            self.fields["deltakelse"].choices = owners


class MeetingForm(PaperForm):
    """When and where. Cleans to `start` and `end` (aware), `form`, `place`, `link`, `title`."""

    always_sending = True

    date = DatoField(label=_("Dato"))
    last_date = DatoField(label=_("Siste dag"), required=False)
    begins = KlokkeslettField(label=_("Fra kl."))
    ends = KlokkeslettField(label=_("Til kl."))
    form = forms.ChoiceField(
        label=_("Hvordan møtes dere?"),
        choices=Form.choices,
        widget=forms.RadioSelect(attrs={"data-kind": "seg"}),
    )
    place = forms.CharField(
        label=_("Sted"),
        max_length=200,
        required=False,
        help_text=_("Når dere møtes fysisk: rom og adresse."),
    )
    link = forms.URLField(
        label=_("Lenke til videomøtet"),
        max_length=300,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("Skriv hele adressen, for eksempel https://eksempel.no.")},
    )
    title = forms.CharField(
        label=_("Navn på møtet"),
        max_length=200,
        required=False,
        help_text=_("La det stå tomt, så lager portalen navnet."),
    )

    def __init__(
        self,
        *args: Any,
        activity: Activity,
        zone: ZoneInfo,
        meeting: Meeting | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.activity, self.zone, self.meeting = activity, zone, meeting
        if activity.options.get("days", 1) == 1:
            del self.fields["last_date"]
        wanted = dict(Form.choices).get(activity.form)
        if wanted and meeting is None:
            self.fields["form"].choices = [(activity.form, wanted)]
            self.fields["form"].initial = activity.form

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self._clean_times(data)
        needs_place = self.activity.scope != "pulje" and data.get("form") == Form.PHYSICAL
        if needs_place and not data.get("place"):
            self.add_error("place", _("Skriv hvor dere møtes."))
        if self.meeting is not None and not data.get("title"):
            data["title"] = self.meeting.title
        return data

    def _clean_times(self, data: dict[str, Any]) -> None:
        if any(data.get(name) is None for name in ("date", "begins", "ends")):
            return
        last = data.get("last_date") or data["date"]
        try:
            data["start"] = local_moment(data["date"], data["begins"], self.zone)
            data["end"] = local_moment(last, data["ends"], self.zone)
        except NotPossible as error:
            self.add_error("begins", error)
            return
        if data["end"] <= data["start"]:
            self.add_error("ends", _("Skriv en tid som er etter at møtet begynner."))

    def values(self) -> dict[str, Any]:
        """The cleaned values under the names of the actions."""
        return {
            name: self.cleaned_data[name]
            for name in ("title", "start", "end", "form", "place", "link")
        }


class NewMeetingForm(MeetingForm):
    """The second step: which units, when and where."""

    units = forms.ModelMultipleChoiceField(
        queryset=None,
        label=_("Hvilke enheter?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Velg minst én enhet.")},
    )
    field_order = ["units"]

    def __init__(self, *args: Any, units, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if units is None:
            del self.fields["units"]
            return
        self.fields["units"].queryset = units
        if self.activity.options.get("joint"):
            self.fields["units"].help_text = _("Møtet kan være felles for flere enheter.")

    def clean_units(self):
        units = self.cleaned_data["units"]
        if len(units) > 1 and not self.activity.options.get("joint"):
            raise forms.ValidationError(_("Velg én enhet. Dette møtet kan ikke være felles."))
        return units

    @property
    def chosen_units(self) -> list:
        """The units, none for a meeting at owner level or for the whole pulje."""
        return list(self.cleaned_data.get("units", []))


class CancelForm(PaperForm):
    """Why the meeting is cancelled."""

    always_sending = True

    reason = forms.CharField(
        label=_("Hvorfor blir møtet avlyst?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Alle som er invitert, kan lese grunnen. Ikke skriv om enkeltpersoner."),
        error_messages={"required": _("Skriv hvorfor møtet er avlyst.")},
    )


class FilterForm(forms.Form):
    """What the list of meetings shows; every choice is part of the address."""

    go_together = True  # nobody needs to be told that a filter is optional

    enhet = forms.ChoiceField(label=_("Enhet"), required=False)
    slag = forms.ChoiceField(label=_("Slags møte"), required=False)
    semester = forms.ChoiceField(label=_("Semester"), required=False)

    def __init__(
        self, *args: Any, units: list, kinds: list, semesters: list, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        everything = [("", _("Alle"))]
        self.fields["enhet"].choices = everything + units
        self.fields["slag"].choices = everything + kinds
        self.fields["semester"].choices = everything + semesters

    def chosen(self) -> dict[str, str]:
        """The valid choices that are not «Alle»."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
