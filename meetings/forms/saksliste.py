"""The rows of a saksliste that is edited on its own, and one sak that is added."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.forms.paper import PaperForm
from cohorts.programme.definition import Programme
from cohorts.rules.text import in_language
from meetings.forms.sak_types import SAK_TYPES
from meetings.models import Sak
from meetings.rules.saksliste import FIRST, LAST, SakInput, move

EVERYBODY = "alle"
PREFIX = "sak"
TITLE_NAME = re.compile(rf"{PREFIX}-(\d+)-title")
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

    order = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=99,
        label=_("Nr."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-rank": ""}),
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
        self,
        *args: Any,
        choices: list[tuple[str, Any]],
        number: int,
        position: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, sending=True, **kwargs)
        self.number = number
        self.can_up = self.can_down = False
        self.focus = ""
        self.fields["responsible"].choices = [("", "–"), *choices]
        self.is_standing = bool(self.initial.get("standing"))
        self.is_fixed = self.is_standing and position in (FIRST, LAST)
        if self.is_standing:
            del self.fields["title"], self.fields["type"]
        if self.is_fixed:
            del self.fields["order"]

    @property
    def is_movable(self) -> bool:
        """Whether it is a stored sak whose place may be changed."""
        return bool(self.initial.get("pk")) and not self.is_fixed

    @property
    def name(self) -> str:
        """What the sak is called in the buttons and when it is moved."""
        return str(self.value_of("title") or self.initial.get("title") or "")

    @property
    def mark(self) -> str:
        """What the row is called in the buttons: the primary key, «ny» for the new one."""
        return str(self.prefix).removeprefix(f"{PREFIX}-")

    @property
    def type_name(self) -> Any:
        """What the type of a standing sak is called."""
        return dict(SAK_TYPES).get(self.initial.get("type", ""), "")

    def value_of(self, name: str) -> Any:
        """The typed value; the stored one for a row that was not on the page that was sent."""
        stored = self.initial.get(name)
        return self.cleaned_data.get(name, stored) if self.is_bound else stored

    def as_input(self) -> SakInput:
        """The row for the action."""
        return SakInput(
            title=self.value_of("title") or "",
            type=self.value_of("type") or SAK_TYPES[1][0],
            responsible=self.value_of("responsible") or "",
            minutes=self.value_of("minutes"),
            pk=self.initial.get("pk"),
            standing=self.initial.get("standing", ""),
        )


class SakslisteForm:
    """All rows of a saksliste, and one empty row for a new sak.

    `post` is what was typed, None for a fresh page. `positions` says which standing saker are
    fixed first or last. A row is known by its sak, so that what was typed lands in the right one
    also when the list has changed meanwhile; a sak that somebody has removed comes back as new.
    """

    def __init__(
        self,
        *,
        saker: Sequence[Sak],
        positions: dict[str, str],
        choices: list[tuple[str, Any]],
        post=None,
    ) -> None:
        self.post = post
        rows: dict[str, dict[str, Any]] = {str(sak.pk): _row_of(sak) for sak in saker}
        new = {"type": SAK_TYPES[1][0], "responsible": EVERYBODY}
        rows |= {mark: new for mark in self._typed_marks() if mark not in rows}
        rows["ny"] = new
        self.rows = [
            SakRowForm(
                post if post is not None and f"{PREFIX}-{mark}-minutes" in post else None,
                prefix=f"{PREFIX}-{mark}",
                initial=row | ({"order": number} if row.get("pk") else {}),
                choices=choices,
                number=number,
                position=positions.get(row.get("standing", ""), ""),
            )
            for number, (mark, row) in enumerate(rows.items(), start=1)
        ]

        movable = [row for row in self.rows if row.is_movable]
        for row in movable:
            row.can_up, row.can_down = row is not movable[0], row is not movable[-1]
        self.first = movable[0].number if movable else 1

    def _typed_marks(self) -> list[str]:
        """The saker that were on the page that was sent."""
        found = (TITLE_NAME.fullmatch(name) for name in self.post or ())
        return [match[1] for match in found if match]

    def is_valid(self) -> bool:
        """Whether every row that was sent may be saved."""
        answers = [row.is_valid() for row in self.rows if row.is_bound]
        return all(answers)

    def inputs(self) -> list[SakInput]:
        """The rows in the order that was asked for: by number, then by the button pressed."""
        kept = [row for row in self.rows if not self._is_pressed("fjern", row)]
        kept.sort(key=lambda row: row.value_of("order") or row.number)
        pressed = [(row, step) for row in kept for step in (-1, 1) if self._moves(row, step)]
        for row, step in pressed:
            kept = move(kept, kept.index(row), step)
        return [row.as_input() for row in kept]

    def keep_focus(self, moved: str) -> None:
        """Put the focus back on the button that was pressed, or on the other one at an end."""
        way, _dash, mark = moved.partition("-")
        for row in self.rows:
            if row.mark == mark and row.is_movable:
                ends = {"opp": row.can_up, "ned": row.can_down}
                other = "ned" if way == "opp" else "opp"
                row.focus = way if ends.get(way) else other

    def moved(self) -> str:
        """The button that moved a row: «opp-12»; empty when none was pressed."""
        pressed = (self.post or {}).get("knapp", "")
        return pressed if pressed.startswith(("opp-", "ned-")) else ""

    def _moves(self, row: SakRowForm, step: int) -> bool:
        return self._is_pressed("opp" if step < 0 else "ned", row)

    def _is_pressed(self, button: str, row: SakRowForm) -> bool:
        return self.post is not None and self.post.get("knapp") == f"{button}-{row.mark}"


def _row_of(sak: Sak) -> dict[str, Any]:
    """The stored values of a sak, for its row."""
    names = ("pk", "title", "type", "responsible", "minutes", "standing")
    return {name: getattr(sak, name) for name in names}


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
