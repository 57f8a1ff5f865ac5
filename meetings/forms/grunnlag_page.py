"""The whole form of a veiledningsgrunnlag: four parts, with their errors and their map."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cohorts.forms.extra import ExtraForm, apply_help
from cohorts.forms.paper import PaperForm, summary_note, summary_title
from cohorts.rules.paper import Data
from cohorts.rules.template import Content, Question
from lmp.lib.forms import Line, summary_lines
from meetings.forms.grunnlag import (
    GrunnlagForm,
    PointForm,
    SakForm,
    SakFormSet,
    plan_links,
    plan_values,
    with_empty_row,
)
from meetings.rules.grunnlag import Carried, carried_in, shown
from meetings.rules.grunnlag_merge import marks_of
from meetings.rules.saksliste import move, sum_words

# The parts of the page: id, name, and the fields in each; the points and saker are found by type.
PARTS = (
    ("siden-sist", _("Siden sist"), ("worked_well", "was_difficult", "voices")),
    (
        "veiledning",
        _("Dette vil vi ha veiledning på"),
        ("questions", "tried", "story", "plan", "focus", "wanted_outcome", "practical_needs"),
    ),
    ("saksliste", _("Saksliste"), ()),
    ("foer-du-sender", _("Før du sender"), ("prepared_by", "confirmed")),
)


class GrunnlagPage:
    """The whole form of one grunnlag: the texts, the carried-over points and the saksliste.

    `post` is what was typed, None for a fresh page; `saved` is what is stored; `small` says that
    the unit has few children (`cohorts.rules.look_over`). `edition` is the content of the edition
    of the form, `asked` the questions of its own.
    """

    def __init__(
        self,
        *,
        saved: Data,
        points: Iterable[Any],
        plan: list[tuple[str, str]],
        focus: list[tuple[str, str]],
        tema: str,
        unit_kind: str,
        post: QueryDict | None = None,
        sending: bool = False,
        small: bool = False,
        removed_row: int | None = None,
        length: int = 0,
        responsible: Sequence[tuple[str, Any]] = (),
        moved: tuple[int, int] | None = None,
        edition: Content | None = None,
        asked: Sequence[Question] = (),
    ) -> None:
        self.saved, self.sending = saved, sending
        self.answers = {carried_in(row): row for row in saved["since_last"]}
        self.removed_row, self.moved, self.length = removed_row, moved, length
        each = {"sending": sending, "small": small}
        self.form = GrunnlagForm(
            post,
            initial={**saved, "plan": plan_values(saved["plan_links"])},
            plan=plan,
            focus=focus,
            tema=tema,
            unit_kind=unit_kind,
            **each,
        )
        apply_help(self.form, edition)
        self.points = [
            PointForm(post, point=point, initial=self._answer(point), **each) for point in points
        ]
        self.saker = self._saker(post, {**each, "choices": responsible})
        self._mark_ends()
        self.extra = ExtraForm(post, questions=asked, answers=saved["extra"], **each)

    def _saker(self, post: QueryDict | None, each: dict[str, Any]) -> Any:
        """The rows of the saksliste in their order, with an empty one to write in."""
        rows = enumerate(with_empty_row(self.saved["saker"]), start=1)
        initial = [{**row, "order": number} for number, row in rows]
        return SakFormSet(post, prefix="saker", initial=initial, form_kwargs=each)

    def _answer(self, point: Any) -> dict[str, Any]:
        return self.answers.get(Carried(point.kind, point.pk), {})

    def marks(self) -> dict[str, str]:
        """The marks of every field as this page shows it (`rules.grunnlag_merge`)."""
        rows = [
            {part.point.kind: part.point.pk, **self._answer(part.point)} for part in self.points
        ]
        return marks_of({**self.saved, "since_last": rows})

    @property
    def parts(self) -> list[PaperForm]:
        """All forms of the page in the order of the page."""
        return [*self.points, self.form, self.extra, *self.saker.forms]

    def is_valid(self) -> bool:
        """Whether everything may be saved, and sent when it is to be sent."""
        right = [part.is_valid() for part in self.parts]  # all of them: each shows its own errors
        return all(right) and self.saker.is_valid()

    def data(self) -> Data:
        """What may be saved: every field that is right, whatever the others hold."""
        names = set(self.saved) - {"since_last", "saker"}
        clean = self.form.cleaned_data
        data = {name: value for name, value in clean.items() if name in names}
        data["since_last"] = [part.row(self._answer(part.point)) for part in self.points]
        data["saker"] = self._rows()
        data["extra"] = self.extra.written()
        if "plan" in clean:
            data["plan_links"] = plan_links(clean["plan"])
        return data

    def _mark_ends(self) -> None:
        """Which saker can go up and down, and the number of the first one that moves."""
        movable = [row for row in self.saker.forms if row.is_movable]
        for row in movable:
            row.can_up, row.can_down = row is not movable[0], row is not movable[-1]
        self.first = movable[0]["order"].value() if movable else 1

    def keep_focus(self, asked: str) -> None:
        """Put the focus back on the button that moved a row: «opp-2», of the row with index 2."""
        way, _dash, index = asked.partition("-")
        for number, row in enumerate(self.saker.forms):
            if str(number) == index and row.is_movable and way in ("opp", "ned"):
                can = row.can_up if way == "opp" else row.can_down
                row.focus = way if can else {"opp": "ned", "ned": "opp"}[way]

    def _ordered(self) -> list[tuple[int, SakForm]]:
        """The rows as they were asked to stand, each with its index; fixed ones do not move."""
        rows = list(enumerate(self.saker.forms))
        free = [row for row in rows if not row[1].is_standing]
        free.sort(key=lambda row: row[1].cleaned_data.get("order") or row[0] + 1)
        if self.moved is not None:
            index, step = self.moved
            movable = [row for row in free if row[1].is_movable]
            places = [free.index(row) for row in movable]
            at = next((n for n, row in enumerate(movable) if row[0] == index), -1)
            for place, row in zip(places, move(movable, at, step), strict=True):
                free[place] = row
        rest = iter(free)
        return [row if row[1].is_standing else next(rest) for row in rows]

    def _rows(self) -> list[dict[str, Any]]:
        rows = []
        stored = {row["sak"]: row for row in self.saved["saker"] if row["sak"]}
        for number, part in self._ordered():
            row = part.row()
            row["removed"] = row["removed"] or number == self.removed_row
            there = stored.get(row["sak"], {})
            row["own"] = there.get("own", False)
            if there.get("standing"):
                keep = ("title", "type", "standing")
                row |= {key: there[key] for key in keep} | {"removed": False}
            if row["title"].strip() and (row["sak"] or not row["removed"]):
                rows.append(row)
        return rows

    @property
    def minutes(self) -> int:
        """What the saksliste adds up to, as it is saved."""
        return sum(row["minutes"] or 0 for row in shown(self.saved["saker"]))

    @property
    def minutes_words(self) -> str:
        """What the saksliste adds up to, against the minutes of the meeting, in words."""
        return sum_words(self.minutes, self.length)

    def map(self) -> list[dict[str, Any]]:
        """The map of the form: what is done, and after an attempt to send, where errors are."""
        done = {
            "siden-sist": all(self._answer(part.point).get("outcome") for part in self.points),
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

    def refused_labels(self) -> list[str]:
        """The names of the fields that are not saved because something is wrong with them."""
        found = [
            str(part.fields[name].label or part.fields[name].widget.attrs.get("aria-label", ""))
            for part in self.parts
            for name in part.errors
            if name in part.fields
        ]
        return list(dict.fromkeys(label for label in found if label))

    def error_lines(self) -> list[Line]:
        """The lines of the error summary, in the order of the page."""
        return summary_lines(*self.points, self.form, self.extra, self.saker)

    def error_title(self) -> str:
        return summary_title(self.parts, sending=self.sending)

    def error_note(self) -> str:
        return summary_note(self.parts)
