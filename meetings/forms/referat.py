"""The form of a referat: who was there, each sak, what was agreed, until next time; merknader."""

from collections.abc import Iterable, Sequence
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

LONGEST_TEXT, LONGEST_TITLE, LONGEST_POINT = 200, 200, 300


class ReferatForm(PaperForm):
    """Everything in a referat but the saker and the follow-up points (domain 3.12)."""

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
        error_messages={"required": _("Skriv hva dere skal gjøre til neste gang.")},
    )
    next_theme = forms.CharField(
        required=False, max_length=LONGEST_TEXT, label=_("Tema for neste møte")
    )
    next_date = DatoField(required=False, label=_("Dato for neste møte"))

    def __init__(
        self, *args: Any, people: list[tuple[str, str]], with_mellomarbeid: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attendance"].choices = people
        self.fields["mellomarbeid"].required = with_mellomarbeid

    def clean(self) -> dict[str, Any]:
        clean = super().clean()
        start, end = clean.get("held_from"), clean.get("held_to")
        if start and end and end <= start:
            self.add_error("held_to", _("Møtet må slutte etter at det begynte."))
        return clean


class SummaryForm(PaperForm):
    """What was said about one sak. The last, empty one is for a sak that was not on the list."""

    title = forms.CharField(
        required=False, max_length=LONGEST_TITLE, label=_("Sak som kom opp i møtet")
    )
    summary = text_area(_("Hva kom dere fram til?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_extra = not self["title"].value()
        if not self.is_extra:
            self.fields["title"].widget = forms.HiddenInput()
            self.fields["summary"].required = True
            text = _("Skriv hva dere kom fram til: «%s».") % self["title"].value()
            self.fields["summary"].error_messages["required"] = text


class PointRowForm(PaperForm):
    """A follow-up point: what, exactly one responsible, one date. An empty row is no point."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        max_length=LONGEST_POINT,
        label=_("Hva skal gjøres?"),
        error_messages={"required": _("Skriv hva som skal gjøres.")},
    )
    responsible = forms.ChoiceField(
        label=_("Ansvarlig"), error_messages={"required": _("Velg hvem som har ansvaret.")}
    )
    due = DatoField(label=_("Frist"), error_messages={"required": _("Skriv fristen for punktet.")})

    def __init__(self, *args: Any, actors: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"].choices = [("", _("Velg")), *actors]

    def clean(self) -> dict[str, Any]:
        if not self.is_begun:
            self._forgive_missing()
        return super().clean()

    @property
    def is_begun(self) -> bool:
        """Whether anything is written in the row."""
        return any(self[name].value() for name in ("text", "responsible", "due"))

    def row(self) -> dict[str, Any]:
        """The row as it is stored in the draft; the date as an ISO text, empty without one."""
        clean = self.cleaned_data
        due = clean.get("due")
        return {
            "id": clean.get("id"),
            "text": clean.get("text", ""),
            "responsible": clean.get("responsible", ""),
            "due": due.isoformat() if due else "",
        }


SummaryFormSet = forms.formset_factory(SummaryForm, extra=0, max_num=60, absolute_max=60)
PointFormSet = forms.formset_factory(PointRowForm, extra=1, max_num=60, absolute_max=60)


class ReferatPage:
    """The whole form of one referat. `post` is what was typed, `saved` what is stored.

    `edition` is the content of the edition of the form, `questions` what it asks.
    """

    def __init__(
        self,
        *,
        saved: Data,
        day: date,
        people: list[tuple[str, str]],
        actors: list[tuple[str, str]],
        with_mellomarbeid: bool,
        post: QueryDict | None = None,
        sending: bool = False,
        removed_row: int | None = None,
        edition: Content | None = None,
        questions: Sequence[Question] = (),
    ) -> None:
        self.saved, self.day, self.sending = saved, day, sending
        self.removed_row = removed_row
        own = {"sending": sending}
        initial = saved | {
            "attendance": [str(pk) for pk in saved["attendance"]],
            "held_from": _clock(saved["held_from"]),
            "held_to": _clock(saved["held_to"]),
        }
        self.form = ReferatForm(
            post, initial=initial, people=people, with_mellomarbeid=with_mellomarbeid, **own
        )
        self.saker = SummaryFormSet(
            post, prefix="saker", initial=[*saved["saker"], {}], form_kwargs=own
        )
        points = [
            {**row, "due": date.fromisoformat(row["due"]) if row["due"] else None}
            for row in saved["agreed"]
        ]
        self.points = PointFormSet(
            post, prefix="punkter", initial=points, form_kwargs={**own, "actors": actors}
        )
        self.extra = ExtraForm(post, questions=questions, answers=saved["extra"], **own)
        for part in (*self.saker.forms, *self.points.forms, self.form):
            apply_help(part, edition)

    @property
    def parts(self) -> Iterable[PaperForm]:
        """All forms of the page in the order of the page."""
        return [*self.saker.forms, *self.points.forms, self.form, self.extra]

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
        clean["next_date"] = clean.get("next_date") or None
        rows = {"saker": self._saker(), "agreed": self._agreed()}
        return {**clean, **rows, "extra": self.extra.written()}

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
        return summary_lines(self.saker, self.points, self.form, self.extra)

    def error_title(self) -> str:
        return summary_title(self.parts, sending=self.sending)

    def error_note(self) -> str:
        return summary_note(self.parts)


def _clock(moment: datetime | None) -> time | None:
    return timezone.localtime(moment).time() if moment else None
