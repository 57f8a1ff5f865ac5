"""The goals of a plan: writing, ordering and ending them."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from actors.models import User
from cohorts.actions.plan import lock_plan, refuse_national_ids, refuse_stale, touch_plan
from cohorts.models import ArbeidsarkLine, Framdriftsplan, Maal, TiltakStatus
from cohorts.queries.plan import semester_on
from cohorts.rules.paper import Data
from cohorts.rules.plan import moved


@transaction.atomic
def add_maal(
    *,
    plan: Framdriftsplan,
    data: Data,
    line: ArbeidsarkLine | None = None,
    by: User,
    now: datetime,
) -> Maal:
    """Add a goal at the end of the plan (keys of `rules.plan.MAAL_FIELDS`).

    `line` is the line of the unit's worksheet that the goal comes from; it then points at it.
    Raises `NationalIdFound`, `PuljeClosed` or `NotPossible`.
    """
    current = lock_plan(plan)
    refuse_national_ids(data)
    semester = semester_on(current.unit.deltakelse.pulje, timezone.localtime(now).date())
    last = current.maal.order_by("-position").first()
    position = last.position + 1 if last else 1
    maal = Maal.objects.create(plan=current, position=position, semester=semester, **data)
    if line is not None:
        ArbeidsarkLine.objects.filter(pk=line.pk, unit=current.unit).update(maal=maal)
    touch_plan(current, "add_maal", by, now, maal=maal.pk)
    return maal


@transaction.atomic
def save_maal(*, maal: Maal, seen: str, data: Data, by: User, now: datetime) -> Maal:
    """Save what is written in a goal; it is then a goal of this semester.

    `seen` and what is raised: as `cohorts.actions.plan.save_plan`.
    """
    plan = lock_plan(maal.plan)
    current = Maal.objects.select_for_update().get(pk=maal.pk)
    refuse_national_ids(data)
    refuse_stale(current, data, seen)
    today = timezone.localtime(now).date()
    current.semester = semester_on(plan.unit.deltakelse.pulje, today)
    for key, value in data.items():
        setattr(current, key, value)
    current.save()
    touch_plan(plan, "save_maal", by, now, maal=current.pk)
    return current


@transaction.atomic
def move_maal(*, maal: Maal, step: int, by: User, now: datetime) -> None:
    """Move a goal one place earlier (step -1) or later (step 1) among those that go on."""
    plan = lock_plan(maal.plan)
    rows = list(plan.maal.filter(ended_on=None))
    for position, pk in enumerate(moved([row.pk for row in rows], maal.pk, step), start=1):
        Maal.objects.filter(pk=pk).update(position=position)
    touch_plan(plan, "move_maal", by, now, maal=maal.pk)


@transaction.atomic
def end_maal(*, maal: Maal, ended: bool, by: User, now: datetime) -> None:
    """End a goal with its tiltak, or take it up again; then its tiltak stay ended."""
    plan = lock_plan(maal.plan)
    day = timezone.localtime(now).date() if ended else None
    Maal.objects.filter(pk=maal.pk).update(ended_on=day)
    if ended:
        open_ = maal.tiltak.exclude(status__in=(TiltakStatus.DONE, TiltakStatus.ENDED))
        open_.update(status=TiltakStatus.ENDED)
    touch_plan(plan, "end_maal" if ended else "reopen_maal", by, now, maal=maal.pk)
