"""The form of an edition of a paper's form: help texts and questions, each in two languages."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import lazystr
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cohorts.forms.paper import PaperForm, text_area
from cohorts.rules.template import MAX_QUESTIONS, Content
from cohorts.rules.template_fields import FIELDS, TemplateField
from lmp.lib.forms import Line, summary_lines

LANGUAGES = (("bm", _("Bokmål")), ("nn", _("Nynorsk")))
LONGEST_HELP, LONGEST_QUESTION = 400, 200
EMPTY_ROWS = 2
MISSING = {
    "bm": _("Skriv teksten på bokmål også."),
    "nn": _("Skriv teksten på nynorsk også."),
}


def _text(label: Any, longest: int, rows: int = 2) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, max_length=longest, widget=area)


class EditionForm(PaperForm):
    """A part of an edition: it has no draft, so what is missing is an error at once."""

    def _forgive_missing(self) -> None:
        return


class TemplateForm(EditionForm):
    """The help texts of a kind of paper, and why the edition is made."""

    error_title = _("Rett opp dette før du lagrer")
    error_note = _("Ingenting er endret. Det du har skrevet, står i skjemaet.")

    reason = forms.CharField(
        max_length=300,
        label=_("Hva er endret, og hvorfor?"),
        help_text=_("Vises ved utgaven, så andre skjønner hva som ble nytt."),
        error_messages={"required": _("Skriv hva som er endret, og hvorfor.")},
    )

    def __init__(
        self,
        *args: Any,
        kind: str,
        content: Content | None,
        with_reason: bool = True,
        **kwargs: Any,
    ) -> None:
        self.paper_fields = FIELDS[kind]
        words = (content or {}).get("help", {})
        initial = {
            name_of(field, key): words.get(field.key, {}).get(key, "")
            for field in self.paper_fields
            for key, _label in LANGUAGES
        }
        super().__init__(*args, initial=initial, **kwargs)
        for field in self.paper_fields:
            for key, label in LANGUAGES:
                self.fields[name_of(field, key)] = _text(label, LONGEST_HELP)
        self.order_fields([*initial, "reason"])
        self.fields["reason"].required = with_reason

    def clean(self) -> dict[str, Any]:
        clean = super().clean()
        for field in self.paper_fields:
            require_both(self, name_of(field, "bm"), name_of(field, "nn"))
        return clean

    def help_texts(self) -> dict[str, dict[str, str]]:
        """What was typed, by field and language."""
        return {
            field.key: {
                key: self.cleaned_data.get(name_of(field, key), "") for key, _label in LANGUAGES
            }
            for field in self.paper_fields
        }

    def rows(self) -> list[dict[str, Any]]:
        """The two fields of each help text, with whether to show them unfolded."""
        return [
            {
                "field": field,
                "pair": (self[name_of(field, "bm")], self[name_of(field, "nn")]),
                "is_own": any(self[name_of(field, key)].value() for key, _label in LANGUAGES),
            }
            for field in self.paper_fields
        ]


class QuestionForm(EditionForm):
    """A question of the edition. An empty row is no question."""

    id = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)
    bm = _text(_("Spørsmål på bokmål"), LONGEST_QUESTION)
    nn = _text(_("Spørsmål på nynorsk"), LONGEST_QUESTION)
    help_bm = _text(_("Hjelpetekst på bokmål"), LONGEST_HELP)
    help_nn = _text(_("Hjelpetekst på nynorsk"), LONGEST_HELP)
    focus = forms.ChoiceField(required=False, label=_("Når skal det stilles?"))
    remove = forms.BooleanField(required=False, label=_("Ta bort spørsmålet"))

    def __init__(self, *args: Any, points: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bm"].is_needed = self.fields["nn"].is_needed = True
        self.fields["focus"].is_needed = True
        self.fields["focus"].choices = [("", gettext("Alltid")), *points]
        if not points:
            self.fields["focus"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        clean = super().clean()
        if not clean.get("remove"):
            self._require_question()
            require_both(self, "help_bm", "help_nn")
        return clean

    def _require_question(self) -> None:
        """With anything in the row, the question must be there, in both languages."""
        typed = any(self.cleaned_data.get(name) for name in ("bm", "nn", "help_bm", "help_nn"))
        for name, key in (("bm", "bm"), ("nn", "nn")):
            if typed and name in self.cleaned_data and not self.cleaned_data[name]:
                self.add_error(name, MISSING[key])

    def row(self) -> dict[str, str]:
        """The question as it is stored."""
        keys = ("id", "bm", "nn", "help_bm", "help_nn", "focus")
        return {key: self.cleaned_data.get(key, "") for key in keys}


QuestionFormSet = forms.formset_factory(
    QuestionForm, extra=EMPTY_ROWS, max_num=MAX_QUESTIONS, absolute_max=MAX_QUESTIONS
)


class TemplatePage:
    """The whole form of an edition. `post` is what was typed, `content` the edition it began from.

    `points` are the focus points of the semester: (id, text); `previewing` needs no reason yet.
    """

    def __init__(
        self,
        *,
        kind: str,
        content: Content | None,
        points: Sequence[tuple[str, str]],
        post: QueryDict | None = None,
        previewing: bool = False,
    ) -> None:
        self.form = TemplateForm(post, kind=kind, content=content, with_reason=not previewing)
        self.questions = QuestionFormSet(
            post,
            prefix="sp",
            initial=(content or {}).get("questions", []),
            form_kwargs={"points": points},
        )

    @property
    def parts(self) -> Iterable[PaperForm]:
        """All forms of the page."""
        return [self.form, *self.questions.forms]

    def is_valid(self) -> bool:
        """Whether an edition can be made of it."""
        whole = self.questions.is_valid()
        return all([self.form.is_valid(), whole, *(part.is_valid() for part in self.parts)])

    def content(self) -> Content:
        """The content that was typed, as far as it is right."""
        rows = [part.row() for part in self.questions.forms if not part.cleaned_data.get("remove")]
        return {"help": self.form.help_texts(), "questions": rows}

    def error_lines(self) -> list[Line]:
        """The lines of the error summary, in the order of the page."""
        return summary_lines(self.questions, self.form)


class PreviewForm(forms.Form):
    """How the form of the paper will look to the one who fills it in; nothing can be written.

    Make it in the language it is to be seen in.
    """

    def __init__(self, *, kind: str, help_texts: dict[str, str], questions: Sequence, name: str):
        super().__init__(prefix=f"vis-{name}")
        for field in FIELDS[kind]:
            text = help_texts.get(field.key) or str(field.help)
            self.fields[field.key] = _shown(str(field.label), text)
        for asked in questions:
            self.fields[asked.id or f"ny{len(self.fields)}"] = _shown(asked.text, asked.help)


def _shown(label: str, help_text: str) -> forms.CharField:
    field = text_area(lazystr(label), rows=1, help_text=lazystr(help_text))
    field.widget.attrs["readonly"] = True
    return field


def name_of(field: TemplateField, language: str) -> str:
    """The name of the input for a field's help text."""
    return f"help_{field.key}_{language}"


def require_both(form: forms.Form, bm: str, nn: str) -> None:
    """An error at the empty one of a pair of which only one language is written."""
    clean = form.cleaned_data
    if bm not in clean or nn not in clean or bool(clean[bm]) == bool(clean[nn]):
        return
    missing, key = (nn, "nn") if clean[bm] else (bm, "bm")
    form.add_error(missing, MISSING[key])
