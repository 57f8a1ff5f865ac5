"""Changing the reminders of a rule: rows that are added and removed, and the texts.

The rows are forms of their own with a prefix each (`p0-days`); how many there are follows from what
is posted, so that a row can be added or removed by a submit button, without JavaScript.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cohorts.forms.paper import PaperForm
from cohorts.rules.deadlines import FURTHEST, text_problem
from cohorts.rules.rule_edition import TEXTS, RuleContent
from lmp.lib.forms import Line, summary_lines
from lmp.lib.wording import small_first

_ABOUT_ROW = _("Påminnelse %(number)s: %(error)s")
LANGUAGES = {"_bm": _("Bokmål"), "_nn": _("Nynorsk")}
BEFORE, ON, AFTER = "before", "on", "after"
MOST_ROWS = 20
# The buttons that ask whether everything is right; the others only show something else.
CHECKS = ("vis", "proeve", "ta_i_bruk")
LABELS = {
    "workdays": {
        BEFORE: _("arbeidsdager før"),
        ON: _("på fristdagen"),
        AFTER: _("arbeidsdager etter"),
    },
    "days": {BEFORE: _("dager før"), ON: _("på fristdagen"), AFTER: _("dager etter")},
}


class StepForm(forms.Form):
    """One reminder: how many days, before or after, to whom, and whether it is urgent."""

    go_together = True

    days = forms.IntegerField(
        label=_("Dager"),
        required=False,
        widget=forms.TextInput({"inputmode": "numeric"}),
        error_messages={"invalid": _("Skriv et helt tall.")},
    )
    when = forms.ChoiceField(label=_("Regnet fra fristen"))
    to = forms.ChoiceField(label=_("Til"), required=False)
    urgent = forms.BooleanField(required=False)

    def __init__(
        self, *args: Any, unit: str, receivers: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["when"].choices = list(LABELS[unit].items())
        self.fields["to"].choices = receivers

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and (problem := self._days_problem(cleaned["days"], cleaned["when"])):
            self.add_error("days", problem)
        return cleaned

    def _days_problem(self, days: int | None, when: str) -> str:
        if when == ON:
            return gettext("Skriv 0, eller velg før eller etter fristen.") if days else ""
        if days is None:
            return gettext("Skriv hvor mange dager.")
        far = {"most": FURTHEST}
        return "" if 0 <= days <= FURTHEST else gettext("Skriv et tall fra 0 til %(most)s.") % far

    @property
    def step(self) -> dict[str, Any]:
        """The reminder as a rule keeps it; the form must be valid."""
        sign = {BEFORE: -1, ON: 0, AFTER: 1}[self.cleaned_data["when"]]
        return {
            "offset": sign * (self.cleaned_data["days"] or 0),
            "to": self.cleaned_data["to"],
            "urgent": self.cleaned_data["urgent"],
        }


class RuleTextsForm(PaperForm):
    """What a reminder says, in both målformer; `seen` is the version that the writer began from."""

    always_sending = True
    looks_for = frozenset()  # what Udir tells everybody: no child is written of

    error_title = _("Rett opp dette før du tar regelen i bruk")
    error_note = _("Ingenting er endret. Det du har skrevet, står i skjemaet.")

    seen = forms.IntegerField(widget=forms.HiddenInput)
    subject_bm = forms.CharField(label=_("Emne"), max_length=200)
    text_bm = forms.CharField(label=_("Tekst"), max_length=500, widget=forms.Textarea({"rows": 3}))
    subject_nn = forms.CharField(label=_("Emne"), max_length=200)
    text_nn = forms.CharField(label=_("Tekst"), max_length=500, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, placeholders: tuple[str, ...], **kwargs: Any) -> None:
        self.placeholders = placeholders
        super().__init__(*args, **kwargs)
        known = ", ".join(f"{{{name}}}" for name in placeholders)
        for name in ("text_bm", "text_nn"):
            self.fields[name].help_text = gettext("Du kan bruke %(known)s.") % {"known": known}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in TEXTS:
            if problem := text_problem(cleaned.get(name, ""), self.placeholders):
                self.add_error(name, problem)
        return cleaned

    def languages(self, asked: str) -> list[str]:
        """The målformer to show, «bm» or «nn»: those with errors, else the one asked for."""
        wrong = {name[-2:] for name in TEXTS if self.is_bound and name in self.errors}
        return sorted(wrong) or [asked]


class RuleForm:
    """The rows and the texts together, as a page shows them and an action takes them.

    `content` is the version to begin from; `data` what was posted. A button that only adds a row or
    shows something else says nothing about what is wrong.
    """

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        content: RuleContent,
        seen: int,
        unit: str,
        receivers: list[tuple[str, str]],
        placeholders: tuple[str, ...],
    ) -> None:
        self.unit, self.receivers = unit, receivers
        self.is_checked = data is not None and any(name in data for name in CHECKS)
        self.typed = [_row(each) for each in content.steps]
        self.wording = {name: getattr(content, name) for name in TEXTS}
        initial: dict[str, Any] = {"seen": seen}
        if data is not None:
            self.typed = rows_after(_rows_typed(data), data)
            self.wording = {name: data.get(name, "") for name in TEXTS}
            initial["seen"] = data.get("seen", seen)
        self.rows = [self._step(place, self.is_checked) for place in range(len(self.typed))]
        if data is not None and "legg_til" in data and self.rows:
            self.rows[-1].fields["days"].widget.attrs["autofocus"] = True
        self.texts = RuleTextsForm(
            data if self.is_checked else None,
            initial=initial | self.wording,
            placeholders=placeholders,
        )

    def _step(self, place: int, bound: bool) -> StepForm:
        row, prefix = self.typed[place], f"p{place}"
        values = {"unit": self.unit, "receivers": self.receivers, "prefix": prefix}
        if not bound:
            return StepForm(initial=row, **values)
        sent = {f"{prefix}-{name}": value for name, value in row.items() if value is not False}
        return StepForm(sent, **values)

    @property
    def forms(self) -> list[forms.Form]:
        """All of them in the order of the page."""
        return [*self.rows, self.texts]

    @property
    def error_lines(self) -> list[Line]:
        """What is wrong, for the summary: which reminder and which målform each line is about."""
        lines = [
            Line(_ABOUT_ROW % {"number": number, "error": small_first(line.text)}, line.target)
            for number, row in enumerate(self.rows, start=1)
            for line in summary_lines(row)
        ]
        for line in summary_lines(self.texts):
            language = LANGUAGES.get(line.target[-3:])
            lines.append(
                Line(
                    f"{language}: {small_first(line.text)}" if language else line.text, line.target
                )
            )
        return lines

    def is_valid(self) -> bool:
        """Whether everything may be taken into use. The same reminder twice is one too many."""
        good = [each for each in self.forms if each.is_valid()]
        if len(good) < len(self.forms):
            return False
        taken: set[tuple[int, str]] = set()
        for row in self.rows:
            key = (row.step["offset"], row.step["to"])
            if key in taken:
                row.add_error("days", _("Denne påminnelsen står to ganger. Fjern den ene."))
            taken.add(key)
        return all(each.is_valid() for each in self.forms)

    @property
    def content(self) -> RuleContent:
        """What was typed; the forms must be valid."""
        texts = {name: self.texts.cleaned_data[name] for name in TEXTS}
        return RuleContent(steps=tuple(row.step for row in self.rows), **texts)

    @property
    def steps(self) -> list[dict]:
        """The reminders that can be read as they are typed, for the numbers; no wrong ones."""
        return [step for step in self._read() if step is not None]

    def new_rows(self, content: RuleContent) -> list[bool]:
        """For each row whether it is a reminder that `content` does not have."""
        had = {(step["offset"], step["to"]) for step in content.steps}
        return [
            step is not None and (step["offset"], step["to"]) not in had for step in self._read()
        ]

    def _read(self) -> list[dict | None]:
        """Each row as a reminder, None for one that is wrong."""
        read = [self._step(place, bound=True) for place in range(len(self.typed))]
        return [row.step if row.is_valid() else None for row in read]


def rows_after(rows: list[dict], data: Mapping[str, Any]) -> list[dict]:
    """The rows with one more or one less, when the button that was pressed says so."""
    if "legg_til" in data and len(rows) < MOST_ROWS:
        return [*rows, {"days": "", "when": BEFORE, "to": "", "urgent": False}]
    if str(data.get("fjern", "")).isdigit():
        return [row for place, row in enumerate(rows) if place != int(data["fjern"])]
    return rows


def _row(step: Mapping[str, Any]) -> dict[str, Any]:
    """A reminder as a row of the form shows it."""
    offset = step["offset"]
    when = BEFORE if offset < 0 else AFTER if offset else ON
    return {"days": abs(offset), "when": when, "to": step["to"], "urgent": step["urgent"]}


def _rows_typed(data: Mapping[str, Any]) -> list[dict]:
    """The rows as they were typed, in order, right or wrong."""
    places = [place for place in range(MOST_ROWS) if f"p{place}-when" in data]
    names = ("days", "when", "to")
    return [
        {name: data.get(f"p{place}-{name}", "") for name in names}
        | {"urgent": f"p{place}-urgent" in data}
        for place in places
    ]
