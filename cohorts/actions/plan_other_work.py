"""Other development work in a unit, so that the plan is seen together with it (domain 3.1)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from actors.actions.events import record_event
from actors.models import User
from cohorts.actions.plan import refuse_national_ids, refuse_read_only
from cohorts.models import DeltakendeUnit, OtherWork
from cohorts.rules.paper import Data


@transaction.atomic
def save_other_work(
    *, unit: DeltakendeUnit, work: OtherWork | None, data: Data, by: User, now: datetime
) -> OtherWork:
    """Add other work of the unit, or change `work`; keys «kind», «title» and «connection».

    Raises `NationalIdFound`, `PuljeClosed` or `NotPossible`.
    """
    refuse_read_only(unit)
    refuse_national_ids(data)
    row = work or OtherWork(unit=unit)
    for key, value in data.items():
        setattr(row, key, value)
    row.save()
    record_event(by=by, verb="save_other_work", subject=f"unit:{unit.pk}", now=now, work=row.pk)
    return row


@transaction.atomic
def end_other_work(*, work: OtherWork, by: User, now: datetime) -> None:
    """Note that the work is ended; it is no longer shown beside the plan."""
    refuse_read_only(work.unit)
    work.ended_on = timezone.localtime(now).date()
    work.save(update_fields=["ended_on"])
    subject = f"unit:{work.unit_id}"
    record_event(by=by, verb="end_other_work", subject=subject, now=now, work=work.pk)
