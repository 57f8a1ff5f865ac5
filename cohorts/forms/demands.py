"""Changing how many and when, for one pulje."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cohorts.models import Activity
from cohorts.rules.deadlines import offset_problem

MOST = 99


class ActivityForm(forms.Form):
    """How many of one activity a semester demands; empty maximum is no limit."""

    error_title = _("Rett opp dette før du lagrer")
    error_note = _("Ingenting er endret. Det du har skrevet, står i skjemaet.")

    minimum = forms.IntegerField(min_value=0, max_value=MOST)
    maximum = forms.IntegerField(min_value=1, max_value=MOST, required=False)

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        self.activity = activity
        super().__init__(
            *args,
            prefix=f"a{activity.pk}",
            initial={"minimum": activity.minimum, "maximum": activity.maximum},
            **kwargs,
        )
        title = {"activity": activity.title}
        self.fields["minimum"].label = gettext("%(activity)s: minst") % title
        self.fields["maximum"].label = gettext("%(activity)s: høyst") % title
        for field in self.fields.values():
            field.widget.attrs["class"] = "short"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        minimum, maximum = cleaned.get("minimum"), cleaned.get("maximum")
        if minimum is not None and maximum is not None and maximum < minimum:
            self.add_error("maximum", _("«Høyst» kan ikke være mindre enn «minst»."))
        return cleaned


class DeadlineForm(forms.Form):
    """When something is due in a pulje, counted from what the rule says."""

    error_title = _("Rett opp dette før du endrer fristen")
    error_note = _("Ingenting er endret. Det du har skrevet, står i skjemaet.")

    offset = forms.IntegerField(
        label=_("Avstand"),
        min_value=-999,
        max_value=999,
        error_messages={"invalid": _("Skriv et helt tall.")},
        widget=forms.NumberInput({"class": "short"}),
    )

    def clean_offset(self) -> int:
        offset = self.cleaned_data["offset"]
        if problem := offset_problem(offset):
            raise forms.ValidationError(problem)
        return offset
