"""The dates of an opptak, and what its record says."""

from actors.models import Event
from cohorts.rules.opptak import OpptakDates
from tests.factories.recruitment import DATES

FOUR = OpptakDates(**DATES)


def verbs():
    """What was done, in the order it was done."""
    return list(Event.objects.order_by("pk").values_list("verb", flat=True))
