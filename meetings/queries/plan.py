"""When the unit's plan is to be reviewed."""

from cohorts.models import DeltakendeUnit, Semester
from cohorts.rules.plan import REVIEW_KIND
from meetings.models import Obligation


def review_obligation(unit: DeltakendeUnit, semester: Semester) -> Obligation | None:
    """The duty to review the plan in the semester, met or not; None when nothing is asked."""
    found = Obligation.objects.filter(
        unit=unit, semester=semester, activity__kind=REVIEW_KIND, void_at=None
    )
    return found.order_by("due").first()
