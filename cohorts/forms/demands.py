"""Changing how many and when, for one pulje."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cohorts.forms.paper import PaperForm
from cohorts.models import Activity, DeadlineRule
from cohorts.rules.deadlines import DeadlineValues, text_problem

MOST = 99
# How many rows «varsles videre» has beside those that are there.
EMPTY_ROWS = 1


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


class DaysField(forms.CharField):
    """Whole numbers with commas between them; cleans to a tuple in order, each once."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if isinstance(text, tuple):
            return text
        try:
            return tuple(sorted({int(part.replace("−", "-")) for part in _parts(text)}))
        except ValueError:
            raise forms.ValidationError(_("Skriv hele tall med komma mellom: -5, 0, 3.")) from None

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return ", ".join(str(each) for each in value)
        return value


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]


class DeadlineForm(PaperForm):
    """A deadline of a pulje: when, who is reminded when, and what the reminder says."""

    always_sending = True
    looks_for = frozenset()  # what Udir tells everybody: no child is written of

    error_title = _("Rett opp dette før du endrer fristen")
    error_note = _("Ingenting er endret. Det du har skrevet, står i skjemaet.")

    offset = forms.IntegerField(
        label=_("Avstand"),
        min_value=-999,
        max_value=999,
        widget=forms.NumberInput({"class": "short"}),
    )
    remind = DaysField(
        label=_("Påminnelser"),
        required=False,
        help_text=_("Dager regnet fra fristen. Minus er før fristen. Skriv komma mellom."),
    )
    subject_bm = forms.CharField(label=_("Emne på bokmål"), max_length=200)
    text_bm = forms.CharField(
        label=_("Tekst på bokmål"), max_length=500, widget=forms.Textarea({"rows": 3})
    )
    subject_nn = forms.CharField(label=_("Emne på nynorsk"), max_length=200)
    text_nn = forms.CharField(
        label=_("Tekst på nynorsk"), max_length=500, widget=forms.Textarea({"rows": 3})
    )

    def __init__(
        self,
        *args: Any,
        rule: DeadlineRule,
        placeholders: tuple[str, ...],
        receivers: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        self.placeholders = placeholders
        self.rows = len(values_of(rule).escalate) + EMPTY_ROWS
        super().__init__(*args, initial=_initial(rule), **kwargs)
        known = ", ".join(f"{{{name}}}" for name in placeholders)
        for name in ("text_bm", "text_nn"):
            self.fields[name].help_text = gettext("Du kan bruke %(known)s.") % {"known": known}
        for row in range(self.rows):
            self.fields[f"after_{row}"] = forms.IntegerField(
                label=_("Dager etter"),
                min_value=1,
                required=False,
                widget=forms.NumberInput({"class": "short"}),
            )
            self.fields[f"to_{row}"] = forms.ChoiceField(
                label=_("Til"),
                choices=[("", gettext("Ingen")), *receivers],
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("subject_bm", "text_bm", "subject_nn", "text_nn"):
            problem = text_problem(cleaned.get(name, ""), self.placeholders)
            if problem:
                self.add_error(name, problem)
        for row in range(self.rows):
            after, to = cleaned.get(f"after_{row}"), cleaned.get(f"to_{row}")
            if after and not to:
                self.add_error(f"to_{row}", _("Velg hvem som skal få varsel."))
            elif to and not after and not self.has_error(f"after_{row}"):
                self.add_error(f"after_{row}", _("Skriv hvor mange dager etter fristen."))
        return cleaned

    @property
    def values(self) -> DeadlineValues:
        """What was typed, for the action and the preview; the form must be valid."""
        cleaned = self.cleaned_data
        rows = ((cleaned[f"after_{row}"], cleaned[f"to_{row}"]) for row in range(self.rows))
        return DeadlineValues(
            offset=cleaned["offset"],
            remind=cleaned["remind"] or (),
            escalate=tuple((after, to) for after, to in rows if after and to),
            subject_bm=cleaned["subject_bm"],
            subject_nn=cleaned["subject_nn"],
            text_bm=cleaned["text_bm"],
            text_nn=cleaned["text_nn"],
        )

    @property
    def escalations(self) -> list[tuple[Any, Any]]:
        """The two fields of each row of «varsles videre»."""
        return [(self[f"after_{row}"], self[f"to_{row}"]) for row in range(self.rows)]


def values_of(rule: DeadlineRule) -> DeadlineValues:
    """What a deadline says now."""
    return DeadlineValues(
        offset=rule.offset,
        remind=tuple(step["offset"] for step in rule.steps if not step["to"]),
        escalate=tuple((step["offset"], step["to"]) for step in rule.steps if step["to"]),
        subject_bm=rule.subject_bm,
        subject_nn=rule.subject_nn,
        text_bm=rule.text_bm,
        text_nn=rule.text_nn,
    )


def _initial(rule: DeadlineRule) -> dict[str, Any]:
    now = values_of(rule)
    values = {
        name: getattr(now, name)
        for name in ("offset", "remind", "subject_bm", "subject_nn", "text_bm", "text_nn")
    }
    for row, (after, to) in enumerate(now.escalate):
        values |= {f"after_{row}": after, f"to_{row}": to}
    return values
