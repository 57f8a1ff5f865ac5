"""The forms of a veiledningsgrunnlag: the texts, what is carried over, and the saksliste."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cohorts.forms.paper import PaperForm, text_area
from cohorts.rules.paper import tidy_text
from meetings.forms.sak_types import SAK_TYPES
from meetings.rules.grunnlag import FOLLOW_UP, MAAL, MAX_QUESTIONS, TILTAK, questions_in, shown

LONGEST_SAK = 200

OUTCOMES = (("done", _("Gjort")), ("partly", _("Delvis")), ("not_done", _("Ikke gjort")))


class TidyForm(PaperForm):
    """A part of a grunnlag. Texts are tidied (`cohorts.rules.paper.tidy_text`): whatever a word
    processor has put in, and a text of blanks alone is no text."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, value in list(cleaned.items()):
            if not isinstance(value, str):
                continue
            cleaned[name] = tidy_text(value)
            if value and not cleaned[name] and self.sending and self.fields[name].required:
                self.add_error(name, self.fields[name].error_messages["required"])
        return cleaned


class GrunnlagForm(TidyForm):
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
    plan = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Hva i planen handler dette om?"),
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
        self,
        *args: Any,
        focus: list[tuple[str, str]],
        tema: str,
        plan: list[tuple[str, str]],
        unit_kind: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["focus"].choices = focus
        if tema:
            self.fields["focus"].label = gettext("Semesterets tema: %(tema)s") % {"tema": tema}
        self.fields["plan"].choices = plan
        heard, voices = self.fields["heard_children"], self.fields["voices"]
        if unit_kind == "skole":
            heard.label = _("Elevene")
            heard.help_text = _("For eksempel elevrådet, klassene eller skolemiljøutvalget.")
            voices.label = _("Hva sa elevene og foreldrene?")
        else:
            heard.label = _("Barna")
            heard.help_text = _("For eksempel samtaler og observasjoner i hverdagen.")
            voices.label = _("Hva sa barna og foreldrene?")

    def clean_questions(self) -> str:
        text = self.cleaned_data["questions"]
        if len(questions_in(text)) > MAX_QUESTIONS and self.sending:
            raise forms.ValidationError(_("Skriv høyst tre spørsmål, ett på hver linje."))
        return text


def plan_values(links: dict[str, list[int]]) -> list[str]:
    """The stored links to the plan as values of the form: «maal:3», «tiltak:7»."""
    return [f"{kind}:{pk}" for kind in (MAAL, TILTAK) for pk in (links or {}).get(kind, [])]


def plan_links(values: list[str]) -> dict[str, list[int]]:
    """The values of the form as links to the plan; no key for what is not chosen."""
    found: dict[str, list[int]] = {}
    for value in values:
        kind, _colon, pk = value.partition(":")
        found.setdefault(kind, []).append(int(pk))
    return found


class PointForm(TidyForm):
    """How one carried-over follow-up point or mellomarbeid went.

    `point` has `kind` and `pk` (`rules.grunnlag.Carried`), `text` and `origin`.
    """

    outcome = forms.ChoiceField(
        choices=OUTCOMES, widget=forms.RadioSelect(attrs={"data-kind": "seg"})
    )
    comment = forms.CharField(required=False, max_length=300, label=_("Kort om hvordan det gikk"))

    def __init__(self, *args: Any, point: Any, **kwargs: Any) -> None:
        name = "punkt" if point.kind == FOLLOW_UP else "arbeid"
        super().__init__(*args, prefix=f"{name}-{point.pk}", **kwargs)
        self.point = point
        outcome = self.fields["outcome"]
        outcome.label = point.text
        outcome.help_text = point.origin
        outcome.error_messages["required"] = _("Velg gjort, delvis eller ikke gjort: «%s».") % (
            point.text
        )

    def label_of(self, name: str) -> Any:
        """The comment goes by what it is about."""
        return self.point.text

    def row(self, saved: dict[str, Any]) -> dict[str, Any]:
        """The answer; what is refused leaves what was saved before."""
        return {
            self.point.kind: self.point.pk,
            "outcome": self.cleaned_data.get("outcome", saved.get("outcome", "")),
            "comment": self.cleaned_data.get("comment", saved.get("comment", "")),
        }


class SakForm(TidyForm):
    """One row of the saksliste; a fixed row keeps its title and type."""

    sak = forms.IntegerField(required=False, widget=forms.HiddenInput)
    standing = forms.CharField(required=False, widget=forms.HiddenInput)
    order = forms.IntegerField(
        required=False, widget=forms.HiddenInput(attrs={"data-rank": ""}), min_value=1, max_value=99
    )
    responsible = forms.ChoiceField(required=False, label=_("Ansvarlig"))
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

    def __init__(self, *args: Any, choices: Sequence[tuple[str, Any]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"].choices = [("", "–"), *choices]
        self.can_up = self.can_down = False
        self.focus = ""

    @property
    def is_movable(self) -> bool:
        """Whether its place may be changed: a sak that is written and not fixed."""
        return bool(self["title"].value()) and not self.is_standing and not self.is_removed

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
    """Rows whose fields have no visible label: a screen reader hears «Sak 2», «Minutter, sak 2».

    An empty row says «Ny sak», to the eye as well.
    """

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        number = (index or 0) + 1
        names = {
            "title": gettext("Sak %(n)s") if form["title"].value() else gettext("Ny sak"),
            "type": gettext("Type, sak %(n)s"),
            "minutes": gettext("Minutter, sak %(n)s"),
            "responsible": gettext("Ansvarlig, sak %(n)s"),
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


class JoinForm(TidyForm):
    """One text instead of two in the same field."""

    error_title = _("Teksten er ikke lagret")
    error_note = _("Begge tekstene er lagret som før.")
    go_together = True  # with the buttons: not called optional

    text = text_area(
        _("Eller skriv dem sammen"),
        rows=6,
        help_text=_("Begge tekstene er satt inn etter hverandre. Rett til dere er fornøyd."),
    )


class CommentForm(TidyForm):
    """A comment to a sent grunnlag, or an answer to one."""

    error_title = _("Kommentaren er ikke sendt")
    error_note = _("Det du skrev, står i feltet.")

    text = text_area(
        _("Skriv en kommentar"),
        required=True,
        error_messages={"required": _("Skriv det du vil si.")},
    )
