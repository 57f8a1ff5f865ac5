"""The next pulje: every day that was moved, with why, to be changed before anything is made."""

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cohorts.forms.pulje import PuljeForm
from cohorts.models import Pulje
from cohorts.programme.definition import EventDef, Programme, PuljeCalendar, RecruitmentDate
from cohorts.rules.opptak import DATE_LABELS, OpptakDates, date_problems, free_day_problem
from cohorts.rules.rollforward import Moved, NextCalendar
from cohorts.rules.text import in_language
from lmp.lib.forms import DatoField
from lmp.lib.wording import dato, kortdato


class YearsForm(forms.Form):
    """How much later the next pulje runs; sent by GET."""

    aar = forms.TypedChoiceField(
        label=_("Hvor mye senere?"),
        coerce=int,
        choices=[(1, _("Ett år senere")), (2, _("To år senere"))],
        widget=forms.RadioSelect(attrs={"data-kind": "seg"}),
    )


class NextPuljeForm(PuljeForm):
    """Number, names, semesters, gatherings and the dates of the opptak of the next pulje.

    `moved` is the calendar with where each day went. `cleaned_data["calendar"]` is the checked
    calendar.
    """

    error_title = _("Rett opp dette før du lager pulja")

    def __init__(
        self, *args: Any, programme: Programme, moved: NextCalendar, **kwargs: Any
    ) -> None:
        super().__init__(*args, programme=programme, calendar=moved.calendar, **kwargs)
        self.moved = moved
        self.free = programme.calendar_rules.calendar
        for event in moved.calendar.events:
            self._add_event(event)
        for key in OpptakDates.KEYS:
            field = DatoField(label=DATE_LABELS[key], required=False)
            field.initial = moved.calendar.recruitment_date(key)
            field.is_needed = True  # one may wait, but none is optional
            self.fields[f"date_{key}"] = field
        for name, move in moved.moves.items():
            if name in self.fields:
                self.fields[name].help_text = move_in_words(move)

    def _add_event(self, event: EventDef) -> None:
        title = {"event": in_language(event.title.bm, event.title.nn)}
        start = DatoField(label=gettext("%(event)s: første dag") % title)
        end = DatoField(label=gettext("%(event)s: siste dag") % title, help_text="")
        start.initial, end.initial = event.start, event.end
        self.fields[f"event_{event.id}"] = start
        self.fields[f"event_end_{event.id}"] = end

    @property
    def semester_rows(self) -> list[tuple[Any, Any]]:
        """The two dates of each semester."""
        return [(self[f"start_{number}"], self[f"term_end_{number}"]) for number in self.numbers]

    @property
    def event_rows(self) -> list[tuple[Any, Any]]:
        """The two dates of each gathering."""
        events = self.moved.calendar.events
        return [(self[f"event_{each.id}"], self[f"event_end_{each.id}"]) for each in events]

    @property
    def moved_rows(self) -> list[tuple[Any, str]]:
        """The fields of the days that fell on a free day, each with why it was moved."""
        moves = self.moved.moves.items()
        return [
            (self[name], move.reason) for name, move in moves if move.reason and name in self.fields
        ]

    @property
    def date_rows(self) -> list[Any]:
        """The four dates of the opptak."""
        return [self[f"date_{key}"] for key in OpptakDates.KEYS]

    def clean_number(self) -> int:
        number = self.cleaned_data["number"]
        if Pulje.objects.filter(number=number).exists():
            text = gettext("Pulje %(number)s finnes fra før. Velg et annet nummer.")
            raise forms.ValidationError(text % {"number": number})
        return number

    def _check_events(self, cleaned: dict[str, Any]) -> None:
        """The gatherings as typed: in their semester and on working days; then the four dates."""
        for event in self.moved.calendar.events:
            self._check_event(cleaned, event)
        self._check_dates(cleaned)
        if not self.errors:
            self.calendar = self._typed(cleaned)

    def _check_event(self, cleaned: dict[str, Any], event: EventDef) -> None:
        start, end = cleaned[f"event_{event.id}"], cleaned[f"event_end_{event.id}"]
        first = cleaned[f"start_{event.semester}"]
        last = self._last_day(cleaned, event.semester)
        name = f"event_{event.id}"
        if end < start:
            self.add_error(f"event_end_{event.id}", _("Siste dag kan ikke være før første dag."))
        elif not first <= start <= end <= last:
            values = {"start": kortdato(first), "end": kortdato(last)}
            self.add_error(name, gettext("Velg en dag fra %(start)s til %(end)s.") % values)
        for day, field in ((start, name), (end, f"event_end_{event.id}")):
            problem = free_day_problem(day, self.free)
            if problem and not self.has_error(field):
                self.add_error(field, problem)

    def _check_dates(self, cleaned: dict[str, Any]) -> None:
        dates = OpptakDates(**{key: cleaned[f"date_{key}"] for key in OpptakDates.KEYS})
        # What has passed is said when the opptak is opened: here the days are only being planned.
        problems = date_problems(dates, self.free, former=dates, today=date.min)
        for key, problem in problems.items():
            self.add_error(f"date_{key}", problem)

    def _typed(self, cleaned: dict[str, Any]) -> PuljeCalendar:
        events = tuple(
            replace(each, start=cleaned[f"event_{each.id}"], end=cleaned[f"event_end_{each.id}"])
            for each in self.moved.calendar.events
        )
        dates = tuple(
            RecruitmentDate(key, cleaned[f"date_{key}"])
            for key in OpptakDates.KEYS
            if cleaned[f"date_{key}"]
        )
        return replace(self.moved.calendar, events=events, recruitment_dates=dates)


def move_in_words(move: Moved) -> str:
    """Where a day comes from, and why it is another weekday now."""
    text = gettext("Var %(day)s.") % {"day": dato(move.before, year=True)}
    return f"{text} {move.reason}" if move.reason else text
