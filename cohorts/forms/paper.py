"""What the forms of the papers share: a draft may be half written, a number may never be stored."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from lmp.lib.personal_data import find_national_ids

NATIONAL_ID = "national_id"
LONGEST = 40_000  # a long note pasted from a word processor has room


class PaperForm(forms.Form):
    """A part of a paper. `sending` tells whether it must be whole, or may be half written.

    A text with a valid fødselsnummer or D-nummer is refused always; its value is then not among
    the cleaned data, so that nothing stores it, and the message does not repeat it.
    """

    def __init__(self, *args: Any, sending: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sending = sending

    def clean(self) -> dict[str, Any]:
        if not self.sending:
            self._forgive_missing()
        self._refuse_national_ids()
        return self.cleaned_data

    def _forgive_missing(self) -> None:
        """A draft need not be whole: drop the errors that only say that something is missing."""
        for name, errors in list(self.errors.items()):
            if {error.code for error in errors.as_data()} == {"required"}:
                del self._errors[name]
                empty = [] if isinstance(self.fields[name], forms.MultipleChoiceField) else ""
                self.cleaned_data[name] = empty

    def _refuse_national_ids(self) -> None:
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, str) and find_national_ids(value):
                label = self.fields[name].label or ""
                text = _("Fjern fødselsnummeret fra «%(label)s».") % {"label": label}
                self.add_error(name, forms.ValidationError(text, NATIONAL_ID))

    def holds_national_id(self) -> bool:
        """Whether a field was refused because of a national id number."""
        return any(
            error.code == NATIONAL_ID
            for errors in self.errors.values()
            for error in errors.as_data()
        )


def text_area(label: Any, rows: int = 3, help_text: Any = "", **kwargs: Any) -> forms.CharField:
    """A field of running text; optional unless `required=True`."""
    kwargs.setdefault("required", False)
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
        **kwargs,
    )


def any_national_id(parts: Iterable[Any]) -> bool:
    """Whether any of the forms was refused because of a national id number."""
    return any(part.holds_national_id() for part in parts if isinstance(part, PaperForm))


def summary_title(parts: Iterable[Any], *, sending: bool) -> str:
    """The title of the error summary over the forms of a paper."""
    if any_national_id(parts):
        return _("Teksten inneholder et fødselsnummer")
    return _("Rett opp dette før du sender") if sending else _("Rett opp dette")


def summary_note(parts: Iterable[Any]) -> str:
    """What has become of what was typed: nothing is sent, the rest is saved."""
    if any_national_id(parts):
        return _("Ingenting er sendt. Feltet med fødselsnummeret er ikke lagret. Resten er lagret.")
    return _("Ingenting er sendt. Det du har skrevet, er lagret.")
