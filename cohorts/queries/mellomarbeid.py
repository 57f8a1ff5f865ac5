"""Tasks between meetings: which are carried on, and which are done."""

from django.apps import apps
from django.db.models import F, QuerySet

from cohorts.rules.mellomarbeid import DONE, OPEN


def _tasks():
    return apps.get_model("cohorts", "Mellomarbeid").objects


def carried_to(unit) -> QuerySet:
    """The tasks of a DeltakendeUnit that are neither done nor dropped, the earliest due first."""
    found = _tasks().filter(unit=unit, status__in=OPEN).select_related("tiltak")
    return found.order_by(F("due").asc(nulls_last=True), "pk")


def done_in(unit, semester) -> QuerySet:
    """The tasks of a unit that were done in the semester, the last one first."""
    found = _tasks().filter(unit=unit, status=DONE, done_on__range=(semester.start, semester.end))
    return found.select_related("tiltak").order_by("-done_on", "-pk")
