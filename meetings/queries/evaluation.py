"""How many have answered the evaluation of a semester."""

from datetime import date
from typing import NamedTuple

from django.db.models import Count, Max, Q

from meetings.rules.obligation import CLOSED_EARLY


class Answers(NamedTuple):
    """Those asked, each an office at a place: how many have answered and have not.

    `due` is the last local date any of them has; None when nobody is asked yet.
    """

    answered: int
    waiting: int
    due: date | None


def answers_of(obligations) -> Answers:
    """Counted of `Obligation.objects.evaluation_of(semester)`, open and closed early alike.

    One query.
    """
    waiting = Q(met_at=None) & (Q(void_at=None) | Q(void_reason=CLOSED_EARLY))
    counts = obligations.aggregate(
        answered=Count("pk", filter=Q(met_at__isnull=False, void_at=None)),
        waiting=Count("pk", filter=waiting),
        due=Max("due", filter=waiting),
    )
    return Answers(**counts)
