"""Who closes the evaluation of a semester, and opens it again."""

from cohorts.access.deltakelse import can_see_setup
from cohorts.models import Pulje, PuljeStatus


def can_close_evaluation(user, pulje: Pulje) -> bool:
    """Those who set up a pulje close and open the evaluation of its semesters, while it runs."""
    return can_see_setup(user) and pulje.status == PuljeStatus.RUNNING
