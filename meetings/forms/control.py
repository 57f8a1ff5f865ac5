"""Search in what was sent: read from the address of the page, so that a search can be shared."""

from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.models import NoticeStatus
from lmp.lib.forms import DatoField
from meetings.queries.control import Wanted


class SentForm(forms.Form):
    """Person, place, why, what became of it, and the days between which it was written."""

    person = forms.CharField(label=gettext_lazy("Navn eller e-postadresse"), max_length=150)
    sted = forms.CharField(label=gettext_lazy("Enhet eller eier"), max_length=150)
    regel = forms.ChoiceField(label=gettext_lazy("Hvorfor"))
    status = forms.ChoiceField(label=gettext_lazy("Hva skjedde"))
    fra = DatoField(label=gettext_lazy("Fra og med"))
    til = DatoField(label=gettext_lazy("Til og med"))

    go_together = True  # all may be left empty, and none is marked as optional

    def __init__(self, *args, rules: list[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        kinds = self.fields["regel"]
        kinds.choices = [("", _("Alle varsler")), *rules]  # type: ignore[attr-defined]
        outcome = self.fields["status"]
        outcome.choices = [("", _("Alt")), *NoticeStatus.choices]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.required = False

    def clean(self) -> dict:
        """Refuse days in the wrong order."""
        data = super().clean() or {}
        first, last = data.get("fra"), data.get("til")
        if first and last and last < first:
            self.add_error("til", _("Til-datoen kan ikke være før fra-datoen."))
        return data

    def wanted(self) -> Wanted:
        """What is looked for, of a valid form."""
        data = self.cleaned_data
        return Wanted(
            person=data["person"],
            place=data["sted"],
            kind=data["regel"],
            status=data["status"],
            first=_midnight(data["fra"]) if data["fra"] else None,
            last=_midnight(data["til"] + timedelta(days=1)) if data["til"] else None,
        )


def _midnight(day) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
