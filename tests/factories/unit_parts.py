"""The part of a søknad that a unit writes behind its personal link."""

from django.urls import reverse

from tests.factories.recruitment import add_soeknad_unit, make_soeknad

WHOLE = {
    "children": "214",
    "staff": "31",
    "grades": "1.–7. trinn",
    "why": "Vi vil øve sammen.",
    "needs": "Tid.",
    "staff_agreed": "meeting",
    "staff_meeting_on": "23.11.2026",
    "edit_version": "1",
}


def begun_part():
    """The part of a unit that has been asked and has written nothing."""
    values = {"part": "not_started", "why": "", "needs": "", "staff_agreed": ""}
    return add_soeknad_unit(make_soeknad(units=0), **values, delivered_at=None)


def page(row, name="unit_part"):
    """The address of a page behind the link."""
    return reverse(f"cohorts:{name}", args=[row.token])
