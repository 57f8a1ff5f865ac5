"""Which letters are approved, and the release by a second person."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohorts.forms.neutral import NeutralField
from cohorts.models import Decision
from cohorts.rules.decision import leaves_late
from lmp.lib.forms import DatoField, KlokkeslettField

CHOOSE = {
    "required": _("Velg minst ett brev."),
    "invalid_choice": _("Et av brevene er endret eller sendt. Se over lista på nytt."),
    "invalid_pk_value": _("Et av brevene er endret eller sendt. Se over lista på nytt."),
}


class LettersForm(forms.Form):
    """The letters that are ticked, among those that wait."""

    error_title = _("Rett opp dette før brevene kan slippes")
    error_note = _("Ingenting er sendt. Det du har valgt, står i skjemaet.")

    brev = forms.ModelMultipleChoiceField(
        Decision.objects.none(), label=_("Brev"), error_messages=CHOOSE
    )

    def __init__(self, *args: Any, letters, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["brev"].queryset = letters


class ApproveForm(LettersForm):
    """The first of two people has looked over the list."""

    seen = forms.BooleanField(label=_("Jeg har sett over mottakerne og brevene."))


class ReleaseForm(LettersForm):
    """The second person releases exactly the letters shown: now, or at a time.

    `decide_by` is the last day to decide. Letters that leave later need one reason, for them all;
    `asks_reason` tells whether the page must ask for it. `late` says that some would leave late
    now.
    """

    seen = forms.BooleanField()
    later = forms.BooleanField(required=False, widget=forms.HiddenInput)
    late_reason = NeutralField(
        label=_("Hvorfor sendes brevene etter datoen?"),
        max_length=300,
        required=False,
        help_text=_("Én grunn for alle brevene. Søkerne ser den ikke."),
    )
    day = DatoField(label=_("Dato"), required=False)
    clock = KlokkeslettField(label=_("Klokkeslett"), required=False, help_text=_("tt.mm"))

    def __init__(
        self,
        *args: Any,
        now: datetime,
        approved_by: str,
        decide_by: date | None,
        late: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.now, self.decide_by, self.late = now, decide_by, late
        self.fields["seen"].label = _(
            "Jeg har sett over mottakerne, og %(name)s har godkjent lista."
        ) % {"name": approved_by}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("later"):
            for name in ("day", "clock"):
                if name not in self.errors and data.get(name) is None:
                    label = {"label": str(self.fields[name].label).lower()}
                    self.add_error(name, _("Skriv %(label)s for når brevene skal slippes.") % label)
            if self.release_at is not None and self.release_at <= self.now:
                self.add_error("day", _("Velg et tidspunkt som ikke har vært."))
        if not data.get("late_reason") and "late_reason" not in self.errors and self._leaves_late():
            self.add_error("late_reason", _("Skriv hvorfor brevene sendes etter datoen."))
        return data

    def _leaves_late(self) -> bool:
        day = timezone.localtime(self.release_at or self.now).date()
        return any(
            leaves_late(day, self.decide_by, replaces=each.replaces_id is not None)
            for each in self.cleaned_data.get("brev") or ()
        )

    @property
    def asks_reason(self) -> bool:
        """Whether letters leave late, now or at the time that was typed."""
        return self.late or "late_reason" in self.errors or bool(self["late_reason"].value())

    @property
    def release_at(self) -> datetime | None:
        """When the letters leave, as an aware time; None for now."""
        data = self.cleaned_data
        if not data.get("later") or data.get("day") is None or data.get("clock") is None:
            return None
        return timezone.make_aware(datetime.combine(data["day"], data["clock"]))
