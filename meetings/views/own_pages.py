"""Where a unit does what the programme asks of it, when there is a page for that."""

from collections.abc import Callable

from django.urls import reverse

from actors.models import User
from cohorts.access.involvement import can_edit_involvement
from cohorts.access.kartlegging import can_edit_kartlegging
from cohorts.access.mellomarbeid import can_edit_mellomarbeid
from cohorts.access.plan import can_edit_plan
from cohorts.models import Activity, DeltakendeUnit
from cohorts.rules import involvement, kartlegging, mellomarbeid, plan

# By the kind of the programme's activity: who writes there, and the page.
PAGES: dict[str, tuple[Callable[..., bool], str]] = {
    kartlegging.KIND: (can_edit_kartlegging, "meetings:kartlegging_detail"),
    mellomarbeid.KIND: (can_edit_mellomarbeid, "meetings:mellomarbeid_list"),
    involvement.KIND: (can_edit_involvement, "meetings:involvement_list"),
    plan.REVIEW_KIND: (can_edit_plan, "meetings:plan_review"),
}


def own_page(user: User, activity: Activity) -> str:
    """The page of the role's own unit on which the activity is done; empty when there is none."""
    has_page = activity.scope == "unit" and activity.kind in PAGES
    if not has_page or user.role is None or not user.role.unit_id:
        return ""
    may_write, name = PAGES[activity.kind]
    units = DeltakendeUnit.objects.active().filter(
        unit=user.role.unit_id,
        deltakelse__pulje=activity.semester.pulje_id,
        first_semester__lte=activity.semester.number,
    )
    unit = units.select_related("unit", "deltakelse__pulje").first()
    if unit is None or unit.deltakelse.pulje.is_closed or not may_write(user, unit):
        return ""
    if activity.kind == involvement.KIND and not activity.records.filter(unit=unit).exists():
        page = reverse("meetings:involvement_create", args=[unit.pk])
        return f"{page}?aktivitet={activity.pk}"
    return reverse(name, args=[unit.pk])
