"""The form of a veiledningsgrunnlag: four parts, with what is carried over and the saksliste."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cohorts.forms.paper import PaperForm, summary_note, summary_title, text_area
from cohorts.rules.paper import Data
from lmp.lib.forms import Line, summary_lines
from meetings.forms.sak_types import SAK_TYPES
from meetings.rules.grunnlag import MAX_QUESTIONS, questions_in, shown

LONGEST_SAK = 200

OUTCOMES = (("done", _("Gjort")), ("partly", _("Delvis")), ("not_done", _("Ikke gjort")))


class GrunnlagForm(PaperForm):
    """The texts and ticks of a grunnlag. Only what is needed to help is required (domain 3.10)."""

    worked_well = text_area(_("Hva fungerte godt?"))
    was_difficult = text_area(_("Hva ble vanskelig, eller kunne vært gjort annerledes?"))
    heard_children = forms.BooleanField(required=False)
    heard_parents = forms.BooleanField(
        required=False,
        label=_("Foreldrene"),
        help_text=_("For eksempel foreldremøter, FAU eller samarbeidsutvalget."),
    )
    voices = text_area(_("Hva sa de?"), rows=2)
    questions = text_area(
        _("Hva ønsker dere veiledning på?"),
        rows=4,
        help_text=_("Skriv ett til tre konkrete spørsmål, ett på hver linje."),
        required=True,
        error_messages={"required": _("Skriv hva dere ønsker veiledning på.")},
    )
    tried = text_area(_("Hva har dere prøvd eller tenkt selv?"))
    story = text_area(
        _("Praksisfortelling eller situasjon"),
        rows=4,
        help_text=_("Fortell kort om noe som har hendt. Bytt ut alt som kan peke på en person."),
    )
    focus = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label=_("Semesterets tema")
    )
    wanted_outcome = text_area(_("Hva vil dere sitte igjen med etter økta?"), rows=2)
    practical_needs = forms.CharField(
        required=False,
        max_length=300,
        label=_("Praktiske behov"),
        help_text=_("Rom, utstyr eller lenke."),
    )
    prepared_by = forms.CharField(
        max_length=200,
        label=_("Hvem har laget grunnlaget?"),
        help_text=_("For eksempel «Arbeidsgruppa, møte 18. november»."),
        error_messages={"required": _("Skriv hvem som har laget grunnlaget.")},
    )
    confirmed = forms.BooleanField(
        label=_(
            "Teksten inneholder ingenting som kan knyttes til enkeltbarn, foreldre eller "
            "navngitte ansatte."
        ),
        error_messages={"required": _("Bekreft at ingen kan kjennes igjen.")},
    )

    def __init__(
        self, *args: Any, focus: list[tuple[str, str]], unit_kind: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["focus"].choices = focus
        heard = self.fields["heard_children"]
        if unit_kind == "skole":
            heard.label = _("Elevene")
            heard.help_text = _("For eksempel elevrådet, klassene eller skolemiljøutvalget.")
        else:
            heard.label = _("Barna")
            heard.help_text = _("For eksempel samtaler og observasjoner i hverdagen.")

    def clean_questions(self) -> str:
        text = self.cleaned_data["questions"]
        if len(questions_in(text)) > MAX_QUESTIONS and self.sending:
            raise forms.ValidationError(_("Skriv høyst tre spørsmål, ett på hver linje."))
        return text


class PointForm(PaperForm):
    """How one carried-over follow-up point went."""

    outcome = forms.ChoiceField(
        choices=OUTCOMES, widget=forms.RadioSelect(attrs={"data-kind": "seg"})
    )
    comment = forms.CharField(required=False, max_length=300, label=_("Kort om hvordan det gikk"))

    def __init__(self, *args: Any, point: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"punkt-{point.pk}", **kwargs)
        self.point = point
        outcome = self.fields["outcome"]
        outcome.label = point.text
        outcome.help_text = point.origin
        outcome.error_messages["required"] = _("Velg gjort, delvis eller ikke gjort: «%s».") % (
            point.text
        )

    def row(self, saved: dict[str, Any]) -> dict[str, Any]:
        """The answer; a refused comment leaves what was saved before."""
        return {
            "follow_up": self.point.pk,
            "outcome": self.cleaned_data.get("outcome", ""),
            "comment": self.cleaned_data.get("comment", saved.get("comment", "")),
        }


class SakForm(PaperForm):
    """One row of the saksliste; a fixed row keeps its title and type."""

    sak = forms.IntegerField(required=False, widget=forms.HiddenInput)
    standing = forms.CharField(required=False, widget=forms.HiddenInput)
    responsible = forms.CharField(required=False, widget=forms.HiddenInput)
    removed = forms.BooleanField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(required=False, max_length=LONGEST_SAK, label=_("Sak"))
    type = forms.ChoiceField(required=False, choices=SAK_TYPES, label=_("Type"))
    minutes = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=600,
        label=_("Minutter"),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Skriv minutter som et tall: 20.")},
    )

    @property
    def is_standing(self) -> bool:
        """Whether the row is fixed by the programme."""
        return bool(self["standing"].value())

    @property
    def type_name(self) -> str:
        """The word for the type of a fixed row."""
        return str(dict(SAK_TYPES).get(self["type"].value(), ""))

    @property
    def is_removed(self) -> bool:
        """Whether the row has been taken away; it then stays hidden in the form."""
        return self["removed"].value() in (True, "True", "on")

    def row(self) -> dict[str, Any]:
        """The row as it is stored in the draft."""
        clean = self.cleaned_data
        return {
            "sak": clean.get("sak"),
            "title": clean.get("title", ""),
            "type": clean.get("type") or SAK_TYPES[1][0],
            "minutes": clean.get("minutes"),
            "responsible": clean.get("responsible", ""),
            "standing": clean.get("standing", ""),
            "removed": bool(clean.get("removed")),
        }


class NumberedFormSet(forms.BaseFormSet):
    """Rows whose fields have no visible label: a screen reader hears «Sak 2», «Minutter, sak 2»."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        number = (index or 0) + 1
        names = {
            "title": gettext("Sak %(n)s"),
            "type": gettext("Type, sak %(n)s"),
            "minutes": gettext("Minutter, sak %(n)s"),
        }
        for name, text in names.items():
            form.fields[name].widget.attrs["aria-label"] = text % {"n": number}


SakFormSet = forms.formset_factory(
    SakForm, formset=NumberedFormSet, extra=0, max_num=60, absolute_max=60
)


def with_empty_row(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with an empty one to write in, before a fixed last one."""
    kept, gone = shown(rows), [row for row in rows if row["removed"]]
    at = len(kept) - 1 if kept and kept[-1]["standing"] else len(kept)
    return [*kept[:at], {"type": "droefting"}, *kept[at:], *gone]


# The parts of the page: id, name, and the fields in each; the points and saker are found by type.
PARTS = (
    ("siden-sist", _("Siden sist"), ("worked_well", "was_difficult", "voices")),
    (
        "veiledning",
        _("Dette vil vi ha veiledning på"),
        ("questions", "tried", "story", "focus", "wanted_outcome", "practical_needs"),
    ),
    ("saksliste", _("Saksliste"), ()),
    ("foer-du-sender", _("Før du sender"), ("prepared_by", "confirmed")),
)


class GrunnlagPage:
    """The whole form of one grunnlag: the texts, the carried-over points and the saksliste.

    `post` is what was typed, None for a fresh page; `saved` is what is stored.
    """

    def __init__(
        self,
        *,
        saved: Data,
        points: Iterable[Any],
        focus: list[tuple[str, str]],
        unit_kind: str,
        post: QueryDict | None = None,
        sending: bool = False,
        removed_row: int | None = None,
    ) -> None:
        self.saved, self.sending = saved, sending
        self.answers = {row["follow_up"]: row for row in saved["since_last"]}
        self.form = GrunnlagForm(
            post, initial=saved, focus=focus, unit_kind=unit_kind, sending=sending
        )
        self.points = [
            PointForm(post, point=point, sending=sending, initial=self.answers.get(point.pk))
            for point in points
        ]
        self.saker = SakFormSet(post, prefix="saker", initial=with_empty_row(saved["saker"]))
        self.removed_row = removed_row

    @property
    def parts(self) -> list[PaperForm]:
        """All forms of the page in the order of the page."""
        return [*self.points, self.form, *self.saker.forms]

    def is_valid(self) -> bool:
        """Whether everything may be saved, and sent when it is to be sent."""
        right = [part.is_valid() for part in self.parts]  # all of them: each shows its own errors
        return all(right) and self.saker.is_valid()

    def data(self) -> Data:
        """What may be saved: every field that is right, whatever the others hold."""
        names = set(self.saved) - {"since_last", "saker"}
        texts = {name: value for name, value in self.form.cleaned_data.items() if name in names}
        return {
            "since_last": [part.row(self.answers.get(part.point.pk, {})) for part in self.points],
            **texts,
            "saker": self._rows(),
        }

    def _rows(self) -> list[dict[str, Any]]:
        rows = []
        fixed = {row["sak"]: row for row in self.saved["saker"] if row["standing"]}
        for number, part in enumerate(self.saker.forms):
            row = part.row()
            row["removed"] = row["removed"] or number == self.removed_row
            if row["sak"] in fixed:
                keep = ("title", "type", "standing")
                row |= {key: fixed[row["sak"]][key] for key in keep} | {"removed": False}
            if row["title"].strip() and (row["sak"] or not row["removed"]):
                rows.append(row)
        return rows

    @property
    def minutes(self) -> int:
        """What the saksliste adds up to, as it is saved."""
        return sum(row["minutes"] or 0 for row in shown(self.saved["saker"]))

    def map(self) -> list[dict[str, Any]]:
        """The map of the form: what is done, and after an attempt to send, where errors are."""
        done = {
            "siden-sist": all(
                self.answers.get(part.point.pk, {}).get("outcome") for part in self.points
            ),
            "veiledning": bool(self.saved["questions"].strip()),
            "saksliste": bool(shown(self.saved["saker"])),
            "foer-du-sender": False,
        }
        errors = {target: self._errors_in(target, names) for target, _label, names in PARTS}
        return [
            {
                "label": label,
                "target": target,
                "errors": errors[target],
                "state": "error" if errors[target] else "done" if done[target] else "",
            }
            for target, label, _names in PARTS
        ]

    def _errors_in(self, target: str, names: tuple[str, ...]) -> int:
        count = sum(len(self.form.errors.get(name, ())) for name in names if self.form.is_bound)
        if target == "siden-sist":
            count += sum(len(part.errors) for part in self.points)
        if target == "saksliste":
            count += sum(len(part.errors) for part in self.saker.forms)
        return count

    def error_lines(self) -> list[Line]:
        """The lines of the error summary, in the order of the page."""
        return summary_lines(*self.points, self.form, self.saker)

    def error_title(self) -> str:
        return summary_title(self.parts, sending=self.sending)

    def error_note(self) -> str:
        return summary_note(self.parts)
