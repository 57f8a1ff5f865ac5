"""The tiltak of a goal: writing, ordering, setting how they stand, checking that they suit."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from actors.models import User
from cohorts.actions.plan import lock_plan, refuse_national_ids, refuse_stale, touch_plan
from cohorts.models import Framdriftsplan, Maal, Tiltak, TiltakStatus
from cohorts.programme.content import Checklist
from cohorts.queries.programme import programme_of
from cohorts.rules.errors import NotPossible
from cohorts.rules.paper import Data
from cohorts.rules.plan import answered, moved


@transaction.atomic
def add_tiltak(*, maal: Maal, data: Data, by: User, now: datetime) -> Tiltak:
    """Add a tiltak at the end of a goal (keys of `rules.plan.TILTAK_FIELDS`).

    Raises `NationalIdFound`, `PuljeClosed`, or `NotPossible` when the goal is ended.
    """
    plan = lock_plan(maal.plan)
    if Maal.objects.get(pk=maal.pk).ended_on is not None:
        raise NotPossible(_("Målet er avsluttet. Ta det opp igjen før dere legger til tiltak."))
    refuse_national_ids(data)
    last = maal.tiltak.order_by("-position").first()
    tiltak = Tiltak.objects.create(maal=maal, position=last.position + 1 if last else 1, **data)
    touch_plan(plan, "add_tiltak", by, now, tiltak=tiltak.pk)
    return tiltak


@transaction.atomic
def save_tiltak(*, tiltak: Tiltak, seen: str, data: Data, by: User, now: datetime) -> Tiltak:
    """Save what is written in a tiltak; `seen` and what is raised: as `save_plan`."""
    plan = lock_plan(tiltak.maal.plan)
    current = Tiltak.objects.select_for_update().get(pk=tiltak.pk)
    refuse_national_ids(data)
    refuse_stale(current, data, seen)
    for key, value in data.items():
        setattr(current, key, value)
    current.save()
    touch_plan(plan, "save_tiltak", by, now, tiltak=current.pk)
    return current


@transaction.atomic
def set_tiltak_status(*, tiltak: Tiltak, status: str, by: User, now: datetime) -> None:
    """Set how a tiltak stands. Raises `NotPossible` for anything else than a status."""
    plan = lock_plan(tiltak.maal.plan)
    if status not in TiltakStatus.values:
        raise NotPossible(_("Velg hvordan tiltaket står."))
    Tiltak.objects.filter(pk=tiltak.pk).update(status=status)
    touch_plan(plan, "set_tiltak_status", by, now, tiltak=tiltak.pk, status=status)


@transaction.atomic
def move_tiltak(*, tiltak: Tiltak, step: int, by: User, now: datetime) -> None:
    """Move a tiltak one place earlier (step -1) or later (step 1) in its goal."""
    plan = lock_plan(tiltak.maal.plan)
    rows = tiltak.maal.tiltak.exclude(status=TiltakStatus.ENDED)
    for position, pk in enumerate(moved([row.pk for row in rows], tiltak.pk, step), start=1):
        Tiltak.objects.filter(pk=pk).update(position=position)
    touch_plan(plan, "move_tiltak", by, now, tiltak=tiltak.pk)


@transaction.atomic
def save_self_check(*, tiltak: Tiltak, checks: dict[str, str], by: User, now: datetime) -> None:
    """Save the answers to the programme's checklist of suitable tiltak, {point: answer}.

    Unknown points and answers are left out. It is the group's own check and gives no score.
    """
    plan = lock_plan(tiltak.maal.plan)
    checklist = self_check_of(plan)
    points = [item.id for item in checklist.items] if checklist else []
    Tiltak.objects.filter(pk=tiltak.pk).update(self_check=answered(checks, points))
    touch_plan(plan, "check_tiltak", by, now, tiltak=tiltak.pk)


def self_check_of(plan: Framdriftsplan) -> Checklist | None:
    """The programme's checklist that tiltak are checked with, or None."""
    programme = programme_of(plan.unit.deltakelse.pulje)
    return next((each for each in programme.checklists if each.use == "self_check"), None)
