"""Closing the evaluation of a semester early, so that nobody owes it or is reminded of it."""

from datetime import datetime

from django.db import transaction

from actors.models import User
from cohorts.actions.evaluation import mark_evaluation_closed, mark_evaluation_open
from cohorts.models import Semester
from meetings.actions.obligation import sync_evaluation_obligations
from meetings.actions.reminder import cancel_reminders_of
from meetings.models import Obligation


@transaction.atomic
def close_evaluation(*, semester: Semester, why: str = "", by: User, now: datetime) -> Semester:
    """Ask nobody for the evaluation any more: what is open falls away, and its reminders stop.

    What has been answered stays. A reminder in a mail that waits is taken out of it as it goes.
    Takes and raises what `cohorts.actions.evaluation.mark_evaluation_closed` does.
    """
    closed = mark_evaluation_closed(semester=semester, why=why, by=by, now=now)
    sync_evaluation_obligations(semester=closed, now=now)
    stopped = Obligation.objects.evaluation_of(closed).closed_early()
    cancel_reminders_of(duties=stopped.values_list("pk", flat=True), now=now)
    return closed


@transaction.atomic
def reopen_evaluation(*, semester: Semester, by: User, now: datetime) -> Semester:
    """Ask for the evaluation again, with its usual deadline, of those who have not answered.

    Takes and raises what `cohorts.actions.evaluation.mark_evaluation_open` does.
    """
    opened = mark_evaluation_open(semester=semester, by=by, now=now)
    sync_evaluation_obligations(semester=opened, now=now)
    return opened
