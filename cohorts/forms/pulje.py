"""Opening a pulje: which programme and calendar, then number, names and dates."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cohorts.programme.definition import (
    Programme,
    ProgrammeError,
    PuljeCalendar,
    calendar_from_dict,
)
from cohorts.rules.text import in_language
from lmp.lib.forms import DatoField
from lmp.lib.wording import kortdato

ONE_DAY = timedelta(days=1)
FIRST_AUTUMN_MONTH = 7


class PuljeSourceForm(forms.Form):
    """Which programme file, and which calendar to start from; sent by GET."""

    program = forms.ChoiceField(label=_("Program"))
    kalender = forms.ChoiceField(label=_("Kalender"), required=False)

    def __init__(
        self,
        *args: Any,
        programmes: list[tuple[str, str]],
        calendars: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["program"].choices = programmes
        self.fields["kalender"].choices = [("", _("Jeg skriver datoene selv")), *calendars]


class PuljeForm(forms.Form):
    """Number, names and semester dates of a new pulje of a programme.

    Each semester ends the day before the next begins, so only the last end is asked for.
    `cleaned_data["calendar"]` is the checked calendar.
    """

    error_title = _("Rett opp dette før du åpner pulja")
    error_note = _("Ingenting er laget. Det du har skrevet, står i skjemaet.")

    number = forms.IntegerField(label=_("Nummer"), min_value=1, max_value=999)
    name_bm = forms.CharField(label=_("Navn på bokmål"), max_length=100)
    name_nn = forms.CharField(label=_("Navn på nynorsk"), max_length=100)

    def __init__(
        self, *args: Any, programme: Programme, calendar: PuljeCalendar | None, **kwargs: Any
    ) -> None:
        self.programme, self.calendar = programme, calendar
        kwargs.setdefault("initial", _initial(calendar))
        super().__init__(*args, **kwargs)
        for number in self.numbers:
            values = {"semester": _semester_name(programme, number)}
            self.fields[f"start_{number}"] = DatoField(
                label=gettext("%(semester)s begynner") % values
            )
            self.fields[f"term_end_{number}"] = DatoField(
                label=gettext("%(semester)s: siste arbeidsdag") % values
            )
        self.fields["end"] = DatoField(label=_("Pulja slutter"))

    @property
    def numbers(self) -> range:
        return range(self.programme.semester_count + 1)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            self._check_order(dict(cleaned))
        if not self.errors:
            self._check_events(dict(cleaned))
        if not self.errors:
            cleaned["calendar"] = self._read_calendar(cleaned)
        return cleaned

    def _last_day(self, cleaned: dict[str, Any], number: int) -> Any:
        last = number == self.programme.semester_count
        return cleaned["end"] if last else cleaned[f"start_{number + 1}"] - ONE_DAY

    def _check_order(self, cleaned: dict[str, Any]) -> None:
        for number in self.numbers:
            start, end = cleaned[f"start_{number}"], self._last_day(cleaned, number)
            if end < start:
                name = "end" if number == self.programme.semester_count else f"start_{number + 1}"
                self.add_error(name, _("Datoen må være etter at semesteret før begynte."))
            elif not start <= cleaned[f"term_end_{number}"] <= end:
                text = gettext("Velg en dag fra %(start)s til %(end)s.")
                values = {"start": kortdato(start), "end": kortdato(end)}
                self.add_error(f"term_end_{number}", text % values)

    def _check_events(self, cleaned: dict[str, Any]) -> None:
        for event in self.calendar.events if self.calendar else ():
            start = cleaned[f"start_{event.semester}"]
            end = self._last_day(cleaned, event.semester)
            if not start <= event.start <= event.end <= end:
                text = gettext("«%(event)s» %(day)s faller utenfor semesteret.")
                title = in_language(event.title.bm, event.title.nn)
                values = {"event": title, "day": kortdato(event.start)}
                self.add_error(f"start_{event.semester}", text % values)

    def _read_calendar(self, cleaned: dict[str, Any]) -> PuljeCalendar | None:
        try:
            return calendar_from_dict(self._as_data(cleaned), self.programme)
        except ProgrammeError as error:
            texts = [f"{problem.path}: {problem.message}" for problem in error.problems]
            self.add_error(None, ValidationError(texts))
            return None

    def _as_data(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """The calendar as its file would have it."""
        head = {
            "number": cleaned["number"],
            "programme": self.programme.id,
            "source": "ours",
            "name": {"bm": cleaned["name_bm"], "nn": cleaned["name_nn"]},
            "semester": [self._semester(cleaned, number) for number in self.numbers],
        }
        data: dict[str, Any] = {"schema": 1, "pulje": head}
        if self.calendar is not None:
            data["event"] = [_event(each) for each in self.calendar.events]
            data["recruitment_date"] = [
                {"id": each.id, "date": each.date} for each in self.calendar.recruitment_dates
            ]
        return data

    def _semester(self, cleaned: dict[str, Any], number: int) -> dict[str, Any]:
        start = cleaned[f"start_{number}"]
        if number == 0:
            term = "vaar" if start.month < FIRST_AUTUMN_MONTH else "hoest"
        else:
            term = self.programme.semester(number).term
        return {
            "number": number,
            "term": term,
            "year": start.year,
            "start": start,
            "end": self._last_day(cleaned, number),
            "term_end": cleaned[f"term_end_{number}"],
            "source": "ours",
        }


def _event(event: Any) -> dict[str, Any]:
    return {
        "id": event.id,
        "activity": event.activity,
        "semester": event.semester,
        "start": event.start,
        "end": event.end,
        "form": event.form,
        "source": event.source,
        "title": {"bm": event.title.bm, "nn": event.title.nn},
    }


def _initial(calendar: PuljeCalendar | None) -> dict[str, Any]:
    if calendar is None:
        return {}
    dates = {f"start_{each.number}": each.start for each in calendar.semesters}
    dates |= {f"term_end_{each.number}": each.term_end for each in calendar.semesters}
    return {
        "number": calendar.number,
        "name_bm": calendar.name.bm,
        "name_nn": calendar.name.nn,
        "end": calendar.semesters[-1].end,
        **dates,
    }


def _semester_name(programme: Programme, number: int) -> str:
    if number == 0:
        return in_language(programme.startup.title.bm, programme.startup.title.nn)
    return gettext("Semester %(number)s") % {"number": number}
