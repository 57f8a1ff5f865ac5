"""What may be registered as done, and when."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

# What is registered here: the rest has a meeting or a paper of its own.
REGISTERED = ("work", "evaluation", "report")
# How far outside its semester something may have been done: late in August, early in January.
TOLERANCE = timedelta(days=28)


def date_problem(done_on: date, start: date, end: date, today: date, *, late: bool = False) -> str:
    """Why a day cannot be registered in a semester from `start` to `end`; empty when it can.

    `late`: what the semester asks for may also be finished after it.
    """
    if done_on > today:
        return _("Datoen kan ikke være i framtiden. Registrer når det er gjort.")
    if not start - TOLERANCE <= done_on or (done_on > end + TOLERANCE and not late):
        return _("Datoen hører ikke til dette semesteret.")
    return ""


def scope_problem(scope: str, has_deltakelse: bool, has_unit: bool) -> str:
    """Why an activity of a scope is not registered so; empty when it is."""
    wanted = {
        "pulje": (False, False),
        "deltakelse": (True, False),
        "unit": (True, True),
    }[scope]
    if (has_deltakelse, has_unit) == wanted:
        return ""
    return {
        "pulje": _("Dette gjelder hele pulja."),
        "deltakelse": _("Dette gjelder eieren, ikke en enkelt enhet."),
        "unit": _("Velg hvilken enhet det gjelder."),
    }[scope]
