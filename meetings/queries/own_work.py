"""What of the meetings a unit's own work hangs on."""

from datetime import datetime

from django.apps import apps
from django.db.models import QuerySet


def with_grunnlag(unit, now: datetime) -> list:
    """The unit's coming meetings that a grunnlag is written to, the next first. Two queries."""
    model = apps.get_model("meetings", "Meeting")
    meetings = model.objects.upcoming(now).filter(units=unit).select_related("activity")
    activities = apps.get_model("cohorts", "Activity").objects.filter(
        semester__pulje=unit.deltakelse.pulje_id, paper="before", scope="unit"
    )
    wanted = {
        (activity.semester_id, key)
        for activity in activities
        for key in activity.options.get("for_activities", [])
    }
    return [each for each in meetings if (each.semester_id, each.activity.key) in wanted]


def records_without_own(unit, kind: str) -> QuerySet:
    """What the unit has registered of `kind` without a page of its own, the latest first."""
    found = apps.get_model("cohorts", "ActivityRecord").objects.filter(
        unit=unit,
        activity__kind=kind,
        activity__scope="unit",
        mellomarbeid=None,
        kartlegging=None,
        involvement=None,
        plan_review=None,
    )
    return found.select_related("registered_by", "activity").order_by("-done_on", "-pk")
