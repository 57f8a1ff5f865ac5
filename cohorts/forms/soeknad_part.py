"""The form of one part of a søknad, made from its questions."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cohorts.forms.paper import PaperForm
from cohorts.rules.soeknad_form import Question
from cohorts.rules.soeknad_save import empty, is_touched, stamp, tidy, version_in
from lmp.lib.forms import DatoField

STAMP, DATE = "v_", "_date"
Choices = list[Any]


def _text(question: Question, choices: Choices) -> forms.Field:
    if question.key.endswith("email"):
        return forms.EmailField(max_length=question.most)
    return forms.CharField(max_length=question.most)


def _long(question: Question, choices: Choices) -> forms.Field:
    return forms.CharField(max_length=question.most, widget=forms.Textarea(attrs={"rows": 5}))


def _choice(question: Question, choices: Choices) -> forms.Field:
    if question.choices and not choices:
        widget = forms.RadioSelect(attrs={"data-kind": "seg"})
        return forms.ChoiceField(choices=question.choices, widget=widget)
    return forms.ChoiceField(choices=[("", _("Velg")), *choices, *question.choices])


def _many(question: Question, choices: Choices) -> forms.Field:
    widget = forms.CheckboxSelectMultiple(attrs={"data-kind": "two"})
    return forms.MultipleChoiceField(choices=question.choices, widget=widget)


def _tick(question: Question, choices: Choices) -> forms.Field:
    return forms.BooleanField()


MAKES: dict[str, Callable[[Question, Choices], forms.Field]] = {
    "text": _text,
    "long": _long,
    "choice": _choice,
    "many": _many,
    "tick": _tick,
    "anchored": _tick,
}


@dataclass
class Section:
    """What stands under one heading of a part; a list of `anchored` is drawn as a table."""

    heading: Any
    items: list[dict[str, Any]] = field(default_factory=list)


class PartForm(PaperForm):
    """The questions of one part. `answers` are the stored rows by question.

    A field goes with a hidden stamp of what it was made from (`rules.soeknad_save`).
    """

    error_title = _("Rett opp dette")
    error_note = _("Feltene under er ikke lagret. Teksten står i skjemaet. Alt annet er lagret.")

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        questions: Iterable[Question],
        answers: dict[str, Any],
        choices: dict[str, Choices],
    ) -> None:
        self.questions = {question.key: question for question in questions}
        self.answers = answers
        super().__init__(data, initial=self._initial())
        for key, question in self.questions.items():
            made = MAKES[question.kind](question, choices.get(key, []))
            made.label, made.help_text = question.label, question.help
            made.required = question.required and question.kind not in ("tick", "anchored")
            self.fields[key] = made
            if question.kind == "anchored":
                day = DatoField(label=_("Behandlet dato"), help_text="", required=False)
                self.fields[key + DATE] = day

    def _stored(self, key: str) -> Any:
        row = self.answers.get(key)
        return row.value if row else empty(self.questions[key].kind)

    def _initial(self) -> dict[str, Any]:
        initial: dict[str, Any] = {}
        for key, question in self.questions.items():
            value = self._stored(key)
            if question.kind == "anchored":
                initial[key], initial[key + DATE] = value["yes"], _day(value["date"])
            else:
                initial[key] = value
        return initial

    def changed_answers(self) -> dict[str, Any]:
        """The answers that are right in form and other than what the page was made from."""
        self.is_valid()
        values = {key: self._value(key) for key in self.questions if self._is_right(key)}
        return {
            key: value
            for key, value in values.items()
            if STAMP + key in self.data and is_touched(self.data[STAMP + key], value)
        }

    def _is_right(self, key: str) -> bool:
        return key in self.cleaned_data and not ({key, key + DATE} & set(self.errors))

    def _value(self, key: str) -> Any:
        value = self.cleaned_data[key]
        if self.questions[key].kind != "anchored":
            return tidy(value)
        day = self.cleaned_data.get(key + DATE)
        return {"yes": value, "date": day.isoformat() if day else ""}

    def versions(self) -> dict[str, int]:
        """The versions the answers were written on."""
        return {key: version_in(self.data.get(STAMP + key, "")) for key in self.questions}

    def stamps(self, versions: dict[str, int] | None = None) -> list[tuple[str, str]]:
        """The hidden fields: of what is stored, or once sent those given and the ones sent.

        `versions` are the answers that were saved just now; the others keep what they were made
        from, so that a text somebody else has written since is not taken for an older one.
        """
        return [(STAMP + key, self._stamp(key, versions or {})) for key in self.questions]

    def _stamp(self, key: str, versions: dict[str, int]) -> str:
        if key in versions:
            return stamp(versions[key], self._value(key))
        if self.is_bound:
            return self.data.get(STAMP + key, "")
        row = self.answers.get(key)
        return stamp(row.version if row else 0, self._stored(key))

    def refused_labels(self) -> list[str]:
        """The names of the questions that were not saved because of what stands in them."""
        keys = {name.removesuffix(DATE) for name in self.errors}
        return [str(each.label) for key, each in self.questions.items() if key in keys]

    def sections(self) -> list[Section]:
        """The fields in the order of the form, by heading; anchored ones next to each other."""
        found: list[Section] = []
        for key, question in self.questions.items():
            if question.heading or not found:
                found.append(Section(question.heading))
            items = found[-1].items
            if question.kind == "anchored":
                if not items or "rows" not in items[-1]:
                    items.append({"rows": []})
                items[-1]["rows"].append({"yes": self[key], "date": self[key + DATE]})
            else:
                items.append({"field": self[key], "key": key})
        return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


class JoinedTextForm(PaperForm):
    """Which text stands where two have written; `text` is what they became together.

    It goes into the draft: spots where somebody may be recognised wait until the søknad is sent.
    """

    looks_for = frozenset()

    OTHER, STORED, JOINED = "other", "stored", "joined"

    error_title = _("Rett opp dette")
    error_note = _("Ingenting er endret. Begge tekstene er fortsatt lagret.")
    go_together = True  # the field need not be called optional

    use = forms.ChoiceField(choices=[(each, each) for each in (OTHER, STORED, JOINED)])
    version = forms.IntegerField(min_value=0)

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = forms.CharField(
            label=_("Eller skriv dem sammen"),
            help_text=_("Begge tekstene er satt inn etter hverandre. Rett til dere er fornøyd."),
            widget=forms.Textarea(attrs={"rows": 5}),
            max_length=question.most,
            required=False,
        )
