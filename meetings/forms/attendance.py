"""Who came to a meeting, and how."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohorts.forms.paper import PaperForm
from meetings.actions.attendance import GUEST, Entry
from meetings.models import Attendance, Presence, Response
from meetings.models.meeting import MeetingForm as Form

# What an answer makes likely, so that only what turned out otherwise must be changed.
EXPECTED = {Response.YES: Presence.PRESENT, Response.NO: Presence.EXCUSED}


class PersonForm(forms.Form):
    """One person who was invited."""

    presence = forms.ChoiceField(choices=Presence.choices, label=_("Oppmøte"))
    mode = forms.ChoiceField(choices=[("", "–"), *Form.choices], label=_("Deltok"), required=False)

    def __init__(self, *args: Any, attendance: Attendance, default_mode: str, **kw: Any) -> None:
        presence = attendance.presence
        if presence == Presence.UNKNOWN:
            presence = EXPECTED.get(Response(attendance.response), Presence.UNKNOWN)
        initial = {"presence": presence, "mode": attendance.mode or default_mode}
        super().__init__(*args, prefix=f"person-{attendance.pk}", initial=initial, **kw)
        self.attendance = attendance

    def entry(self) -> Entry:
        """The row for the action."""
        data = self.cleaned_data
        return Entry(self.attendance, data["presence"], data["mode"])


class GuestForm(PaperForm):
    """Others who were there."""

    guests = forms.CharField(
        required=False,
        max_length=1000,
        label=_("Andre som var der"),
        help_text=_("Ett navn på hver linje. Ikke skriv navn på barn eller foreldre."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def names(self) -> list[str]:
        """One name a line."""
        return self.cleaned_data["guests"].splitlines()


class AttendanceForm:
    """All who were invited, and the guests. `post` is what was typed, None for a fresh page."""

    def __init__(self, *, attendances: Iterable[Attendance], default_mode: str, post=None) -> None:
        rows = list(attendances)
        self.people = [
            PersonForm(post, attendance=row, default_mode=default_mode)
            for row in rows
            if row.actor != GUEST
        ]
        guests = "\n".join(row.name for row in rows if row.actor == GUEST)
        self.guests = GuestForm(post, sending=True, initial={"guests": guests})

    def is_valid(self) -> bool:
        """Whether everything may be saved."""
        answers = [form.is_valid() for form in (*self.people, self.guests)]
        return all(answers)

    def entries(self) -> list[Entry]:
        """The rows for the action."""
        return [person.entry() for person in self.people]
