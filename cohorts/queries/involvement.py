"""How children and parents have taken part in a unit, and what a semester asks for."""

from django.apps import apps
from django.db.models import QuerySet

from cohorts.rules.involvement import KIND


def involvement_activities(unit, semester) -> list:
    """What the semester asks the unit for, in the order of the programme; none before it came."""
    if semester.number < unit.first_semester:
        return []
    activities = apps.get_model("cohorts", "Activity").objects.filter(
        semester=semester, kind=KIND, scope="unit", applies_to__in=("", unit.unit.kind)
    )
    return list(activities.select_related("semester__pulje").order_by("position"))


def involvements_of(unit) -> QuerySet:
    """What the unit has registered, the latest first."""
    return unit.involvements.select_related("activity__semester", "created_by", "record")


def registered_ids(unit, activities) -> set[int]:
    """Which of the activities the unit has registered something for."""
    records = apps.get_model("cohorts", "ActivityRecord").objects.filter(
        unit=unit, activity__in=activities
    )
    return set(records.values_list("activity_id", flat=True))
