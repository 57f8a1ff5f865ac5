"""The form of a referat: who was there, each sak with what was agreed, until next time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohorts.forms.extra import ExtraForm, apply_help
from cohorts.forms.paper import PaperForm, summary_note, summary_title, text_area
from cohorts.rules.paper import Data
from cohorts.rules.template import Content, Question
from lmp.lib.forms import DatoField, KlokkeslettField, Line, summary_lines
from meetings.forms.referat_rows import (
    OutcomeForm,
    PointFormSet,
    PointRowForm,
    ReferatPart,
    SummaryForm,
    SummaryFormSet,
)

LONGEST_TEXT = 200
NOT_IN_A_NOTE = ("held_from", "held_to", "place", "referent", "next_theme", "next_date")


class ReferatForm(ReferatPart):
    """Everything in a referat but the saker and the follow-up points (domain 3.12)."""

    not_looked_at = frozenset({"guests", "place", "referent"})

    attendance = forms.MultipleChoiceField(
        required=False,
        label=_("Kryss av for dem som møtte"),
        widget=forms.CheckboxSelectMultiple(attrs={"data-kind": "two"}),
    )
    guests = forms.CharField(
        required=False,
        max_length=300,
        label=_("Andre som var der"),
        help_text=_("Skriv navn med komma mellom."),
    )
    held_from = KlokkeslettField(
        label=_("Fra kl."), error_messages={"required": _("Skriv når møtet begynte.")}
    )
    held_to = KlokkeslettField(
        label=_("Til kl."), error_messages={"required": _("Skriv når møtet sluttet.")}
    )
    place = forms.CharField(required=False, max_length=LONGEST_TEXT, label=_("Sted"))
    referent = forms.CharField(
        max_length=150,
        label=_("Referent"),
        error_messages={"required": _("Skriv hvem som var referent.")},
    )
    mellomarbeid = text_area(
        _("Mellomarbeid til neste gang"),
        help_text=_("Skriv én oppgave på hver linje. De blir med i neste veiledningsgrunnlag."),
        error_messages={"required": _("Skriv hva dere skal gjøre til neste gang.")},
    )
    next_theme = forms.CharField(
        required=False, max_length=LONGEST_TEXT, label=_("Tema for neste møte")
    )
    next_date = DatoField(required=False, label=_("Dato for neste møte"))

    def __init__(
        self,
        *args: Any,
        people: list[tuple[str, str]],
        with_mellomarbeid: bool,
        is_note: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attendance"].choices = people
        self.fields["mellomarbeid"].required = with_mellomarbeid
        if not with_mellomarbeid:
            self.fields["mellomarbeid"].help_text = ""
        if is_note:
            for name in (*NOT_IN_A_NOTE, "mellomarbeid"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        clean = super().clean()
        start, end = clean.get("held_from"), clean.get("held_to")
        if start and end and end <= start:
            self.add_error("held_to", _("Møtet må slutte etter at det begynte."))
        return clean


@dataclass(frozen=True)
class Around:
    """What the form of a referat offers: the people invited, who may be responsible, tiltak of the
    plan, the points from before with where each comes from, the edition of the form with the
    questions it asks, and the type of each sak of the saksliste by its title."""

    people: list[tuple[str, str]]
    actors: list[tuple[str, str]]
    tiltak: list[tuple[str, str]] = field(default_factory=list)
    before: list[tuple[Any, str]] = field(default_factory=list)
    with_mellomarbeid: bool = True
    is_note: bool = False
    small: bool = False
    edition: Content | None = None
    questions: Sequence[Question] = ()
    types: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Section:
    """A sak on the page with its follow-up points; `is_open`: an empty row is to be filled in.

    `type_name` is what the saksliste says it is («Drøfting»), empty for a sak that is not on it.
    """

    number: int
    form: SummaryForm
    points: list[PointRowForm]
    is_open: bool
    type_name: str = ""


class ReferatPage:
    """The whole form of one referat. `post` is what was typed, `saved` what is stored."""

    def __init__(
        self,
        *,
        saved: Data,
        day: date,
        around: Around,
        post: QueryDict | None = None,
        sending: bool = False,
        removed_row: int | None = None,
        open_sak: int = 0,
    ) -> None:
        self.saved, self.day, self.sending, self.around = saved, day, sending, around
        self.removed_row, self.open_sak = removed_row, open_sak
        own = {"sending": sending, "small": around.small}
        self.form = ReferatForm(
            post,
            initial=_as_fields(saved),
            people=around.people,
            with_mellomarbeid=around.with_mellomarbeid,
            is_note=around.is_note,
            **own,
        )
        answers = {row["follow_up"]: row for row in saved["carried"]}
        self.before = [
            OutcomeForm(post, point=point, origin=origin, initial=answers.get(point.pk), **own)
            for point, origin in around.before
        ]
        self.saker = SummaryFormSet(
            post,
            prefix="saker",
            initial=saved["saker"] if around.is_note else [*saved["saker"], {}],
            form_kwargs={**own, "is_note": around.is_note},
        )
        self.points = PointFormSet(
            post,
            prefix="punkter",
            initial=_with_empty_rows(saved, len(self.saker.forms)),
            form_kwargs={**own, "actors": around.actors, "tiltak": around.tiltak},
        )
        self.extra = ExtraForm(post, questions=around.questions, answers=saved["extra"], **own)
        for part in (*self.saker.forms, *self.points.forms, self.form):
            apply_help(part, around.edition)

    @property
    def sections(self) -> list[Section]:
        """The saker in order, each with its points and an empty row."""
        return [
            Section(
                number,
                sak,
                self._points_of(number),
                self.open_sak == number,
                self.around.types.get(sak["title"].value() or "", ""),
            )
            for number, sak in enumerate(self.saker.forms, start=1)
        ]

    @property
    def loose_points(self) -> list[PointRowForm]:
        """Points under no sak of the page: written before points stood under one."""
        count = len(self.saker.forms)
        rows = [each for each in self.points.forms if each.is_begun]
        return [each for each in rows if not 1 <= each.sak_number <= count]

    def _points_of(self, number: int) -> list[PointRowForm]:
        return [each for each in self.points.forms if each.sak_number == number]

    @property
    def parts(self) -> list[PaperForm]:
        """All forms of the page in the order of the page."""
        in_saker = [part for each in self.sections for part in (each.form, *each.points)]
        return [*self.before, *in_saker, *self.loose_points, self.form, self.extra]

    def is_valid(self) -> bool:
        """Whether everything may be saved, and sent when it is to be sent."""
        whole = self.saker.is_valid() & self.points.is_valid()
        right = [part.is_valid() for part in self.parts]  # all of them: each shows its own errors
        return all(right) and whole

    def data(self) -> Data:
        """What may be saved: every field that is right, whatever the others hold."""
        clean = dict(self.form.cleaned_data)
        for name in ("held_from", "held_to"):
            if clean.get(name):
                clean[name] = timezone.make_aware(datetime.combine(self.day, clean[name]))
            else:
                clean.pop(name, None)
        if "attendance" in clean:
            clean["attendance"] = [int(pk) for pk in clean["attendance"]]
        if "next_date" in self.form.fields:
            clean["next_date"] = clean.get("next_date") or None
        return {
            **clean,
            "carried": [part.row() for part in self.before],
            "saker": self._saker(),
            "agreed": self._agreed(),
            "extra": self.extra.written(),
        }

    def _saker(self) -> list[dict[str, str]]:
        rows = []
        stored = self.saved["saker"]
        for number, part in enumerate(self.saker.forms):
            before = stored[number] if number < len(stored) else {"title": "", "summary": ""}
            row = {key: part.cleaned_data.get(key, before[key]) for key in ("title", "summary")}
            if row["title"].strip():
                rows.append(row)
        return rows

    def _agreed(self) -> list[dict[str, Any]]:
        return [
            part.row()
            for number, part in enumerate(self.points.forms)
            if part.is_begun and number != self.removed_row
        ]

    def error_lines(self) -> list[Line]:
        """The lines of the error summary, in the order of the page."""
        return summary_lines(*self.parts)

    def error_title(self) -> str:
        return summary_title(self.parts, sending=self.sending)

    def error_note(self) -> str:
        return summary_note(self.parts)


def _with_empty_rows(saved: Data, saker: int) -> list[dict[str, Any]]:
    """The stored points, and an empty row for each of the saker of the page."""
    rows = [
        {**row, "due": date.fromisoformat(row["due"]) if row["due"] else None}
        for row in saved["agreed"]
    ]
    return [*rows, *({"sak": number} for number in range(1, saker + 1))]


def _as_fields(saved: Data) -> Data:
    """What is stored as the fields of the form show it."""
    return saved | {
        "attendance": [str(pk) for pk in saved["attendance"]],
        "held_from": _clock(saved["held_from"]),
        "held_to": _clock(saved["held_to"]),
    }


def _clock(moment: datetime | None) -> time | None:
    return timezone.localtime(moment).time() if moment else None


def forms_with_text() -> Iterable[type[forms.BaseForm]]:
    """The forms whose texts are shown back when they arrive without a session."""
    return (ReferatForm, SummaryForm, PointRowForm)
