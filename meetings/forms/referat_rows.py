"""The rows of a referat: a sak, a follow-up point, and how a point from before went."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.forms.paper import PaperForm, text_area
from cohorts.rules.paper import tidy_text
from lmp.lib.forms import DatoField

LONGEST_TITLE, LONGEST_POINT = 200, 300
OUTCOMES = (("done", _("Gjort")), ("partly", _("Delvis")), ("not_done", _("Ikke gjort")))


class ReferatPart(PaperForm):
    """A part of a referat. Texts are stored tidied, whatever they were pasted from."""

    def clean(self) -> dict[str, Any]:
        clean = super().clean()
        for name, value in list(clean.items()):
            if isinstance(value, str):
                clean[name] = tidy_text(value)
                if value and not clean[name] and self.sending and self.fields[name].required:
                    self.add_error(name, self.fields[name].error_messages["required"])
        return clean


class OutcomeForm(ReferatPart):
    """How one point from before went; it need not be answered."""

    outcome = forms.ChoiceField(
        required=False, choices=OUTCOMES, widget=forms.RadioSelect(attrs={"data-kind": "seg"})
    )
    comment = forms.CharField(required=False, max_length=300, label=_("Kort om hvordan det gikk"))

    def __init__(self, *args: Any, point: Any, origin: str, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"foer-{point.pk}", **kwargs)
        self.point = point
        self.fields["outcome"].label = point.text
        self.fields["outcome"].help_text = origin
        # no «(valgfritt)» after the words of the point
        self.fields["outcome"].is_needed = True  # type: ignore[attr-defined]

    def label_of(self, name: str) -> Any:
        """The comment goes by what it is about."""
        return self.point.text

    def row(self) -> dict[str, Any]:
        """The answer as it is stored; a refused comment leaves what was saved before."""
        return {
            "follow_up": self.point.pk,
            "outcome": self.cleaned_data.get("outcome", ""),
            "comment": self.cleaned_data.get("comment", self.initial.get("comment", "")),
        }


class SummaryForm(ReferatPart):
    """What was said about one sak. The last, empty one is for a sak that was not on the list."""

    title = forms.CharField(
        required=False, max_length=LONGEST_TITLE, label=_("Sak som kom opp i møtet")
    )
    summary = text_area(_("Hva kom dere fram til?"))

    def __init__(self, *args: Any, is_note: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_extra = not self["title"].value()
        if is_note:
            self.fields["summary"].label = _("Hva snakket dere om?")
            self.fields["summary"].widget.attrs["rows"] = 6
        if not self.is_extra:
            self.fields["title"].widget = forms.HiddenInput()
            self.fields["summary"].required = True
            text = _("Skriv hva dere kom fram til: «%s».") % self["title"].value()
            self.fields["summary"].error_messages["required"] = text

    def label_of(self, name: str) -> Any:
        """A summary goes by the name of its sak."""
        return super().label_of(name) if self.is_extra else self["title"].value()


class PointRowForm(ReferatPart):
    """A follow-up point: what, exactly one responsible, one date. An empty row is no point."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    sak = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    text = forms.CharField(
        max_length=LONGEST_POINT,
        label=_("Hva skal gjøres?"),
        error_messages={"required": _("Skriv hva som skal gjøres.")},
    )
    responsible = forms.ChoiceField(
        label=_("Ansvarlig"), error_messages={"required": _("Velg hvem som har ansvaret.")}
    )
    due = DatoField(label=_("Frist"), error_messages={"required": _("Skriv fristen for punktet.")})
    tiltak = forms.TypedChoiceField(
        required=False, label=_("Tiltak i planen"), coerce=int, empty_value=None
    )

    def __init__(
        self,
        *args: Any,
        actors: list[tuple[str, str]],
        tiltak: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"].choices = [("", _("Velg")), *actors]
        self.fields["tiltak"].choices = [("", _("Ikke knyttet til et tiltak")), *tiltak]
        if not tiltak:
            del self.fields["tiltak"]

    def clean(self) -> dict[str, Any]:
        if not self.is_begun:
            self._forgive_missing()
        return super().clean()

    @property
    def is_begun(self) -> bool:
        """Whether anything is written in the row."""
        return any(str(self[name].value() or "").strip() for name in ("text", "responsible", "due"))

    @property
    def row_index(self) -> str:
        """Its number among the rows of the form, from 0."""
        return str(self.prefix).rpartition("-")[2]

    @property
    def sak_number(self) -> int:
        """The position of the sak it stands under; 0 when it stands under none."""
        value = str(self["sak"].value() or "")
        return int(value) if value.isdecimal() and len(value) < 4 else 0

    def row(self) -> dict[str, Any]:
        """The row as it is stored in the draft; the date as an ISO text, empty without one."""
        clean = self.cleaned_data
        due = clean.get("due")
        return {
            "id": clean.get("id"),
            "text": clean.get("text", ""),
            "responsible": clean.get("responsible", ""),
            "due": due.isoformat() if due else "",
            "sak": clean.get("sak"),
            "tiltak": clean.get("tiltak"),
        }


SummaryFormSet = forms.formset_factory(SummaryForm, extra=0, max_num=60, absolute_max=60)
PointFormSet = forms.formset_factory(PointRowForm, extra=0, max_num=120, absolute_max=120)
