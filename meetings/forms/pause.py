"""The form of a pause: what stands still, for how long, and why."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.models import Owner, Pause, PauseScope, Unit
from cohorts.forms.paper import OF_CHILDREN, PaperForm
from cohorts.models import DeadlineRule
from lmp.lib.forms import DatoField
from lmp.lib.wording import weekday

MONDAY, DAY, OPEN = "monday", "day", "open"
STARTS_AGAIN = time(7)
"""The local hour at which a pause that was set to a day ends: mail begins to leave then."""

Choices = list[tuple[str, Any]]


def next_monday(now: datetime) -> datetime:
    """07.00 local time of the first Monday after the day of `now` (aware)."""
    today = timezone.localdate(now)
    return morning(today + timedelta(days=7 - today.weekday()))


def morning(day) -> datetime:
    """07.00 local time of the day, aware; daylight saving time is counted."""
    return timezone.make_aware(datetime.combine(day, STARTS_AGAIN))


class PauseForm(PaperForm):
    """`target()` is what stands still, `until()` when it ends; both after `is_valid`."""

    always_sending = True
    looks_for = OF_CHILDREN
    error_title = gettext_lazy("Rett opp dette før du setter på pause")
    error_note = gettext_lazy("Ingenting er satt på pause ennå.")

    scope = forms.ChoiceField(
        label=gettext_lazy("Hva skal stoppe?"),
        choices=PauseScope.choices,
        initial=PauseScope.REMINDERS,
        widget=forms.RadioSelect,
    )
    rule = forms.ChoiceField(label=gettext_lazy("Hvilken regel?"), required=False)
    place = forms.ChoiceField(
        label=gettext_lazy("Hvilken kommune eller enhet?"),
        help_text=gettext_lazy("Velger du en kommune eller annen eier, gjelder det enhetene også."),
        required=False,
    )
    until = forms.ChoiceField(
        label=gettext_lazy("Hvor lenge?"),
        initial=MONDAY,
        widget=forms.RadioSelect(attrs={"data-kind": "seg"}),
    )
    day = DatoField(
        label=gettext_lazy("Til hvilken dato?"),
        help_text=gettext_lazy("Utsendingen starter igjen kl. 07.00. Skriv dd.mm.åååå."),
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("Hvorfor?"),
        help_text=gettext_lazy("Alle i Udir ser grunnen i et gult felt på hver side."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Skriv hvorfor.")},
    )

    def __init__(
        self, *args: Any, rules: Choices, places: Choices, now: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        none = [("", _("Velg"))]
        self.fields["rule"].choices = none + rules  # type: ignore[attr-defined]
        self.fields["place"].choices = none + places  # type: ignore[attr-defined]
        self.fields["until"].choices = [  # type: ignore[attr-defined]
            (MONDAY, _("Til %(day)s kl. 07.00") % {"day": weekday(next_monday(now))}),
            (DAY, _("Til en dato")),
            (OPEN, _("Til noen starter igjen")),
        ]
        for name in ("rule", "place", "day"):
            self.fields[name].is_needed = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        scope = data.get("scope")
        if scope == PauseScope.RULE and not data.get("rule") and "rule" not in self.errors:
            self.add_error("rule", _("Velg en regel."))
        if scope == PauseScope.PLACE and not data.get("place") and "place" not in self.errors:
            self.add_error("place", _("Velg en kommune eller enhet."))
        if data.get("until") == DAY and "day" not in self.errors:
            self._clean_day(data.get("day"))
        return data

    def _clean_day(self, day) -> None:
        if day is None:
            self.add_error("day", _("Skriv en dato."))
        elif morning(day) <= self.now:
            self.add_error("day", _("Velg en dato som ikke har vært."))

    def ends_at(self) -> datetime | None:
        """When the pause ends (aware); None when somebody must start again."""
        chosen = self._value("until")
        if chosen == MONDAY:
            return next_monday(self.now)
        day = self.cleaned_data.get("day") if self.is_bound and chosen == DAY else None
        return morning(day) if day else None

    def as_pause(self) -> Pause:
        """What has been chosen so far as a pause that is not saved."""
        kind, _sep, pk = str(self._value("place")).partition("-")
        scope, rule = self._value("scope"), self._value("rule")
        is_place = scope == PauseScope.PLACE and pk.isdecimal()
        return Pause(
            scope=scope,
            rule=int(rule) if scope == PauseScope.RULE and str(rule).isdecimal() else None,
            unit=Unit.objects.filter(pk=pk).first() if is_place and kind == "unit" else None,
            owner=Owner.objects.filter(pk=pk).first() if is_place and kind == "owner" else None,
            until=self.ends_at(),
            starts_at=self.now,
        )

    def rule_title(self) -> str:
        """The words of the chosen rule, as they are shown while it is paused."""
        rule = DeadlineRule.objects.filter(pk=self._value("rule") or 0).first()
        return rule.title if rule else ""

    def _value(self, name: str) -> Any:
        """What is chosen: cleaned when it was sent, else what the form begins with."""
        if self.is_bound:
            return getattr(self, "cleaned_data", {}).get(name) or ""
        return self.get_initial_for_field(self.fields[name], name) or ""
