"""Closing the evaluation of a semester before it is due, and opening it again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import User
from cohorts.models import PuljeStatus, Record, Semester
from cohorts.rules.errors import NotPossible, refuse_closed


@transaction.atomic
def mark_evaluation_closed(
    *, semester: Semester, why: str = "", by: User, now: datetime
) -> Semester:
    """Say that nobody is asked for the evaluation of `semester` any more; `why` may be empty.

    Closing what is closed changes and records nothing. Raises `PuljeClosed`, and NotPossible when
    the pulje does not run or its semester has no evaluation.
    """
    locked = _locked(semester)
    if locked.evaluation_closed_at is not None:
        return locked
    locked.evaluation_closed_at, locked.evaluation_closed_by = now, by
    locked.evaluation_closed_why = why.strip()
    _save(locked, "close-evaluation", by, now)
    return locked


@transaction.atomic
def mark_evaluation_open(*, semester: Semester, by: User, now: datetime) -> Semester:
    """Ask for the evaluation of `semester` again. Opening what is open changes nothing.

    Raises as `mark_evaluation_closed`.
    """
    locked = _locked(semester)
    if locked.evaluation_closed_at is None:
        return locked
    locked.evaluation_closed_at = locked.evaluation_closed_by = None
    locked.evaluation_closed_why = ""
    _save(locked, "reopen-evaluation", by, now)
    return locked


def _locked(semester: Semester) -> Semester:
    """The semester as it is now, which nobody else closes or opens meanwhile.

    Not its key: rows that name the semester can still be written.
    """
    rows = Semester.objects.select_for_update(of=("self",), no_key=True)
    locked = rows.select_related("pulje").get(pk=semester.pk)
    refuse_closed(locked.pulje)
    if locked.pulje.status != PuljeStatus.RUNNING:
        raise NotPossible(_("Pulja har ikke begynt."))
    if not locked.activities.filter(record=Record.EVALUATION).exists():
        raise NotPossible(_("Semesteret har ingen evaluering."))
    return locked


def _save(semester: Semester, verb: str, by: User, now: datetime) -> None:
    semester.save(
        update_fields=["evaluation_closed_at", "evaluation_closed_by", "evaluation_closed_why"]
    )
    record_event(
        by=by,
        verb=verb,
        subject=f"semester:{semester.pk}",
        now=now,
        pulje=semester.pulje.number,
        semester=semester.number,
    )
