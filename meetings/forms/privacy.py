"""The forms of «Meld personopplysning»: reporting, cleaning, judging."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohorts.forms.paper import ASKS_FOR_NAMES, PaperForm, text_area
from meetings.forms.privacy_words import field_label, part_label
from meetings.models import PrivacyReport
from meetings.rules.privacy import TextField

YES_NO = [("yes", gettext_lazy("Ja")), ("no", gettext_lazy("Nei"))]
SHOW_AGAIN = [("yes", gettext_lazy("Ja")), ("no", gettext_lazy("Nei, gjør teksten synlig"))]
DO_NOT_REPEAT = gettext_lazy("Ikke gjenta navnet eller opplysningen her.")


class ReportForm(PaperForm):
    """What a reader reports: which part, what the signs are, and an explanation of one's own."""

    always_sending = True
    error_note = gettext_lazy("Teksten er ikke skjult ennå. Det du har skrevet, står i skjemaet.")
    error_title = gettext_lazy("Rett opp dette før du melder fra")

    part = forms.ChoiceField(label=gettext_lazy("Hvilken del"), required=False)
    signs = forms.MultipleChoiceField(
        label=gettext_lazy("Hva kan peke på en person?"),
        choices=PrivacyReport.Sign.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Kryss av for minst én ting.")},
    )
    explanation = text_area(gettext_lazy("Vil du forklare?"), help_text=DO_NOT_REPEAT)

    def __init__(self, *args: Any, parts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part"].choices = parts  # type: ignore[attr-defined]
        self.fields["part"].is_needed = True  # type: ignore[attr-defined]


class CleanForm(PaperForm):
    """The texts of the hidden version, each in a field of its own; the reported part first.

    `texts()` is path → what is written now.
    """

    always_sending = True
    error_note = gettext_lazy("Ingenting er sendt. Det du har skrevet, står i skjemaet.")
    error_title = gettext_lazy("Rett opp dette før du sender")

    confirmed = forms.BooleanField(
        label=gettext_lazy("Jeg har sett over hele teksten. Ingen kan kjennes igjen."),
        error_messages={
            "required": gettext_lazy("Se over hele teksten, og kryss av for at du har gjort det.")
        },
    )

    def __init__(
        self,
        *args: Any,
        parts: list[str],
        texts: list[TextField],
        content: dict[str, Any],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.paths: dict[str, str] = {}
        self.reported: list[str] = []
        written = {}
        for number, text in enumerate(texts):
            name = f"tekst_{number}"
            field = text_area(_label(text, content), rows=_rows(text.text), initial=text.text)
            field.is_needed = True  # no «(valgfritt)»: an empty text is a cleaned one too
            written[name] = field
            self.paths[name] = text.path
            if text.part in parts:
                self.reported.append(name)
        self.fields = {**written, **self.fields}
        self.not_looked_at = frozenset(  # type: ignore[misc]
            name for name, text in zip(written, texts, strict=True) if text.key in ASKS_FOR_NAMES
        )

    @property
    def first(self) -> list[forms.BoundField]:
        """The fields of the reported part; of an unknown part all."""
        return [self[name] for name in self.paths if name in self.reported or not self.reported]

    @property
    def rest(self) -> list[forms.BoundField]:
        """The fields of the other parts."""
        return [self[name] for name in self.paths if self.reported and name not in self.reported]

    @property
    def rest_has_errors(self) -> bool:
        """Whether a field below the fold must be looked at."""
        return any(field.errors for field in self.rest)

    def texts(self) -> dict[str, str]:
        """What is written, by the path in the content."""
        return {path: self.cleaned_data[name] for name, path in self.paths.items()}


class AssessForm(PaperForm):
    """What the personvernkontakt decides, and why."""

    always_sending = True
    error_note = gettext_lazy("Vurderingen er ikke lagret. Det du har skrevet, står i skjemaet.")
    error_title = gettext_lazy("Rett opp dette før du lagrer")

    recognisable = forms.ChoiceField(
        label=gettext_lazy("Kan en person kjennes igjen?"),
        choices=SHOW_AGAIN,
        widget=forms.RadioSelect(attrs={"data-kind": "seg"}),
        error_messages={"required": gettext_lazy("Velg om en person kan kjennes igjen.")},
    )
    authority = forms.ChoiceField(
        label=gettext_lazy("Skal Datatilsynet ha melding?"),
        choices=YES_NO,
        required=False,
        widget=forms.RadioSelect(attrs={"data-kind": "seg"}),
    )
    reason = text_area(
        gettext_lazy("Begrunnelse"),
        help_text=gettext_lazy("Ikke gjenta opplysningen her."),
        required=True,
        error_messages={"required": gettext_lazy("Skriv kort hvorfor du vurderer det slik.")},
    )

    def __init__(self, *args: Any, is_removed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority"].is_needed = True  # type: ignore[attr-defined]
        if is_removed:  # there is no text left to make visible
            self.fields["recognisable"].choices = YES_NO  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("recognisable") == "yes" and not data.get("authority"):
            self.add_error("authority", _("Velg om Datatilsynet skal ha melding."))
        return data

    def decision(self) -> dict[str, Any]:
        """The cleaned values by the names that `assess_report` takes."""
        return {
            "recognisable": self.cleaned_data["recognisable"] == "yes",
            "authority_told": self.cleaned_data.get("authority") == "yes",
            "reason": self.cleaned_data["reason"],
        }


def _label(text: TextField, content: dict[str, Any]) -> str:
    """«Sak 2: oppsummering»; the name of the field alone when it is its own part."""
    if text.part == text.path:
        return part_label(text.part, content)
    field = field_label(text.key)
    return f"{part_label(text.part, {})}: {field[:1].lower()}{field[1:]}"


def _rows(text: str) -> int:
    return min(12, max(2, len(text) // 70 + text.count("\n") + 1))
