"""The part of a paper's form that its edition decides: help texts and questions of its own."""

from collections.abc import Sequence
from typing import Any

from django import forms

from cohorts.forms.paper import PaperForm, text_area
from cohorts.rules.template import Content, Question, help_for

PREFIX = "sp"


def apply_help(form: forms.BaseForm, content: Content | None) -> None:
    """Put the edition's help texts, in the reader's language, on the fields it has them for."""
    for name, field in form.fields.items():
        text = help_for(content, name)
        if text:
            field.help_text = text


class ExtraForm(PaperForm):
    """The edition's own questions as optional texts; `answers` is what is saved, by question."""

    def __init__(
        self, *args: Any, questions: Sequence[Question], answers: dict[str, str], **kwargs: Any
    ) -> None:
        kwargs.setdefault("prefix", PREFIX)
        super().__init__(*args, initial=answers, **kwargs)
        self.answers = answers
        for asked in questions:
            self.fields[asked.id] = text_area(asked.text, help_text=asked.help)

    def written(self) -> dict[str, str]:
        """All answers: a refused text leaves what was saved; other questions' stay as they were."""
        typed = {name: self.cleaned_data.get(name) for name in self.fields}
        return self.answers | {name: text for name, text in typed.items() if text is not None}
