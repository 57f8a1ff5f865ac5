"""The rows of a saksliste that is edited on its own, and one sak that is added."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.programme.definition import Programme
from cohorts.rules.text import in_language
from meetings.forms.paper import SAK_TYPES, PaperForm
from meetings.models import Sak
from meetings.rules.saksliste import FIRST, LAST, SakInput, move

EVERYBODY = "alle"
LONGEST_SAK = 200


def responsible_choices(
    programme: Programme, actors: Iterable[str], saker: Iterable[Sak] = ()
) -> list[tuple[str, Any]]:
    """Who may be responsible for a sak: the meeting's actors, everybody, and who is there already.

    `actors` are ids of the programme; a name written before stays a choice.
    """
    known = {actor.id: in_language(actor.name.bm, actor.name.nn) for actor in programme.actors}
    choices = [(actor, known[actor]) for actor in dict.fromkeys(actors) if actor in known]
    choices.append((EVERYBODY, _("Alle")))
    had = {value for value, _label in choices}
    others = dict.fromkeys(sak.responsible for sak in saker if sak.responsible not in had)
    return choices + [(name, known.get(name, name)) for name in others if name]


class SakRowForm(PaperForm):
    """One row. A standing sak keeps its name and type; a fixed one also its place."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    order = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=99,
        label=_("Nr."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "tiny"}),
        error_messages={"invalid": _("Skriv nummeret som et tall: 2.")},
    )
    title = forms.CharField(required=False, max_length=LONGEST_SAK, label=_("Sak"))
    type = forms.ChoiceField(required=False, choices=SAK_TYPES, label=_("Type"))
    responsible = forms.ChoiceField(required=False, label=_("Ansvarlig"))
    minutes = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=600,
        label=_("Minutter"),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Skriv minutter som et tall: 20.")},
    )

    def __init__(
        self, *args: Any, choices: list[tuple[str, Any]], position: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, sending=True, **kwargs)
        self.fields["responsible"].choices = [("", "–"), *choices]
        self.is_standing = bool(self.initial.get("standing"))
        self.is_fixed = self.is_standing and position in (FIRST, LAST)
        if self.is_standing:
            del self.fields["title"], self.fields["type"]
        if self.is_fixed:
            del self.fields["order"]

    @property
    def number(self) -> int:
        """The number of the row on the page, from one."""
        return int((self.prefix or "0").rsplit("-", 1)[-1]) + 1

    def as_input(self) -> SakInput:
        """The row for the action."""
        data = self.cleaned_data
        return SakInput(
            title=self.initial["title"] if self.is_standing else data.get("title", ""),
            type=self.initial["type"] if self.is_standing else data.get("type") or SAK_TYPES[1][0],
            responsible=data.get("responsible", ""),
            minutes=data.get("minutes"),
            pk=self.initial.get("pk"),
            standing=self.initial.get("standing", ""),
        )


class SakslisteForm:
    """All rows of a saksliste, and one empty row for a new sak.

    `post` is what was typed, None for a fresh page. `positions` says which standing saker are
    fixed first or last. Rows are matched by their order on the page as it was rendered.
    """

    def __init__(
        self,
        *,
        saker: Sequence[Sak],
        positions: dict[str, str],
        choices: list[tuple[str, Any]],
        post=None,
    ) -> None:
        rows = [
            {
                "pk": sak.pk,
                "order": number,
                "title": sak.title,
                "type": sak.type,
                "responsible": sak.responsible,
                "minutes": sak.minutes,
                "standing": sak.standing,
            }
            for number, sak in enumerate(saker, start=1)
        ]
        rows.append({"type": SAK_TYPES[1][0], "responsible": EVERYBODY})
        self.rows = [
            SakRowForm(
                post,
                prefix=f"sak-{number}",
                initial=row,
                choices=choices,
                position=positions.get(row.get("standing", ""), ""),
            )
            for number, row in enumerate(rows)
        ]
        self.post = post

    def is_valid(self) -> bool:
        """Whether every row may be saved."""
        return all([row.is_valid() for row in self.rows])

    def inputs(self) -> list[SakInput]:
        """The rows in the order that was asked for: by number, then by the button pressed."""
        kept = [row for row in self.rows if not self._is_pressed("fjern", row)]
        last = len(self.rows)
        kept.sort(key=lambda row: row.cleaned_data.get("order") or self._place(row, last))
        for index, row in enumerate(kept):
            if self._is_pressed("opp", row):
                kept = move(kept, index, -1)
                break
            if self._is_pressed("ned", row):
                kept = move(kept, index, 1)
                break
        return [row.as_input() for row in kept]

    def _place(self, row: SakRowForm, last: int) -> int:
        return row.number if row.initial.get("pk") else last

    def _is_pressed(self, button: str, row: SakRowForm) -> bool:
        return self.post is not None and self.post.get("knapp") == f"{button}-{row.number}"


class AddSakForm(PaperForm):
    """One sak that is put on the list beside those of the papers' authors."""

    title = forms.CharField(
        max_length=LONGEST_SAK,
        label=_("Sak"),
        error_messages={"required": _("Skriv hva saken gjelder.")},
    )
    type = forms.ChoiceField(choices=SAK_TYPES, label=_("Type"), initial=SAK_TYPES[1][0])
    minutes = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=600,
        label=_("Minutter"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        error_messages={"invalid": _("Skriv minutter som et tall: 20.")},
    )

    def as_input(self, responsible: str) -> SakInput:
        """The sak for the action; `responsible` is the actor that puts it there."""
        data = self.cleaned_data
        return SakInput(data["title"], data["type"], responsible, data["minutes"])
