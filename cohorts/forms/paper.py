"""What the forms of the papers share: a draft may be half written, a number may never be stored."""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _

from cohorts.rules.look_over import Spot, seen_keys, spots_in
from lmp.lib.personal_data import Kind, find_national_ids
from lmp.lib.wording import join_words

NATIONAL_ID, HINT = "national_id", "hint"
LONGEST = 30_000
"""Room for 20 000 characters pasted from Word, with what its writer adds."""

SEEN = "sett_over"
"""The name of the tick «Jeg har sett over teksten»; its value are the keys of the spots shown."""

ASKS_FOR_NAMES = frozenset(
    "prepared_by referent who guests place name leader_name ppt_name privacy_name orgnr".split()
)
"""Fields that ask who, or where: names and addresses of those who work there belong in them."""

OF_CHILDREN = frozenset({Kind.FAMILY, Kind.NAME_GROUP, Kind.BIRTH})
"""What is looked for where officials write of a kommune, its leaders and its contact people: there
names, phone numbers and e-mail addresses are work data, and a kommune may be the only one."""


class PaperForm(forms.Form):
    """A part of a paper. `sending` tells whether it must be whole, or may be half written.

    A text with a valid fødselsnummer or D-nummer is refused always; its value is then not among
    the cleaned data, so that nothing stores it, and the message does not repeat it.

    When it is sent, its texts are also read for spots where somebody may be recognised (`hints`).
    Each must have been shown to the writer, who ticks «Jeg har sett over teksten»
    (`templates/_ui/see_over.html`); until then the form is not valid, but the texts are kept among
    the cleaned data, so that a draft can be saved. `small` says that the unit has few children
    (`rules.look_over.is_small`). A form that is sent at once and never saved as a draft says
    `always_sending = True`.
    """

    always_sending: ClassVar[bool] = False
    looks_for: ClassVar[frozenset[Kind] | None] = None
    """The kinds to look for, None for all; `OF_CHILDREN` in the forms of officials."""
    not_looked_at: ClassVar[frozenset[str]] = ASKS_FOR_NAMES
    """Fields where a name or an address is what is asked for."""

    def __init__(
        self, *args: Any, sending: bool = False, small: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sending = sending or self.always_sending
        self.small = small
        self.hints: list[Spot] = []

    def clean(self) -> dict[str, Any]:
        if not self.sending:
            self._forgive_missing()
        self._refuse_national_ids()
        if self.sending:
            self._look_over()
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
                label = {"label": self.label_of(name)}
                text = _("Fjern fødselsnummeret fra «%(label)s».") % label
                self.add_error(name, forms.ValidationError(text, NATIONAL_ID))

    def _look_over(self) -> None:
        """Collect the spots, and stop at those that the writer has not said are all right."""
        seen = self.seen_keys()
        for name in list(self._texts()):
            kept = self.cleaned_data[name]
            found = self.spots_of(name, kept)
            self.hints += found
            if new := [spot for spot in found if spot.key not in seen]:
                self.add_error(name, forms.ValidationError(_look_at(new), HINT))
                self.cleaned_data[name] = kept

    def _texts(self) -> Iterator[str]:
        """The names of the fields of free text that hold something right."""
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            if not isinstance(value, str) or not value or name in self.not_looked_at:
                continue
            if _is_free_text(field):
                yield name

    def spots_of(self, name: str, text: str) -> list[Spot]:
        """The spots in a text of the field, as it is looked for in this form."""
        return spots_in(
            text,
            field=self.add_prefix(name),
            label=self.label_of(name),
            small=self.small,
            kinds=self.looks_for,
        )

    def label_of(self, name: str) -> Any:
        """What the field is called in a message, and where it stands alone to be looked over."""
        return self.fields[name].label or ""

    def seen_keys(self) -> frozenset[str]:
        """The keys of the spots that came back as looked over; one tick serves several forms."""
        if hasattr(self.data, "getlist"):
            return seen_keys(self.data.getlist(SEEN))
        return seen_keys([self.data.get(SEEN, "")])

    def holds_national_id(self) -> bool:
        """Whether a field was refused because of a national id number."""
        return NATIONAL_ID in self._codes()

    def only_hints(self) -> bool:
        """Whether nothing else is wrong than that there are spots to look over."""
        return set(self._codes()) <= {HINT}

    def _codes(self) -> list[str]:
        return [str(error.code) for errors in self.errors.values() for error in errors.as_data()]


def _is_free_text(field: forms.Field) -> bool:
    """Whether a writer may put any words there; an e-mail address is asked for by its own field."""
    is_text = isinstance(field, forms.CharField) and not field.widget.is_hidden
    return is_text and not isinstance(field, forms.EmailField | forms.URLField | forms.UUIDField)


def _look_at(spots: list[Spot]) -> str:
    """«Se over «mor til N.N.» og «Ali (7 år)»»: what to look at, each once."""
    words = list(dict.fromkeys(f"«{' '.join(spot.text.split())}»" for spot in spots))
    return _("Se over %(words)s.") % {"words": join_words(words)}


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


def hints_in(parts: Iterable[Any]) -> list[Spot]:
    """The spots to look over in some forms, in the order of the forms."""
    return [spot for part in parts if isinstance(part, PaperForm) for spot in part.hints]


def only_hints(parts: Iterable[Any]) -> bool:
    """Whether there are spots to look over in some forms, and nothing else is wrong in any."""
    parts = list(parts)
    return any(part.errors for part in parts) and all(part.only_hints() for part in parts)


def summary_title(parts: Iterable[Any], *, sending: bool) -> str:
    """The title of the error summary over the forms of a paper."""
    parts = list(parts)
    if any_national_id(parts):
        return _("Teksten inneholder et fødselsnummer")
    if sending and only_hints(parts):
        return _("Se over teksten før du sender")
    return _("Rett opp dette før du sender") if sending else _("Rett opp dette")


def summary_note(parts: Iterable[Any]) -> str:
    """What has become of what was typed: nothing is sent, the rest is saved."""
    if any_national_id(parts):
        return _("Ingenting er sendt. Feltet med fødselsnummeret er ikke lagret. Resten er lagret.")
    return _("Ingenting er sendt. Det du har skrevet, er lagret.")
