"""The working plan of a unit: beginning it, its own texts, and what every change of it does."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import User
from cohorts.models import DeltakendeUnit, Framdriftsplan, Participation
from cohorts.rules.errors import NationalIdFound, NotPossible, StaleEdit, refuse_closed
from cohorts.rules.paper import Data, differing, fields_with_national_ids
from cohorts.rules.plan import PLAN_FIELDS, data_of, stamp_of


def refuse_read_only(unit: DeltakendeUnit) -> None:
    """Raise `PuljeClosed` or `NotPossible` when nothing may be written in the unit's plan."""
    refuse_closed(unit.deltakelse.pulje)
    if unit.status == Participation.WITHDRAWN:
        raise NotPossible(_("Enheten deltar ikke lenger. Planen kan leses, men ikke endres."))


def refuse_national_ids(data: Data) -> None:
    """Raise `NationalIdFound` when a text holds a fødselsnummer or D-nummer."""
    if found := fields_with_national_ids(data):
        raise NationalIdFound(found)


@transaction.atomic
def start_plan(*, unit: DeltakendeUnit, by: User, now: datetime) -> Framdriftsplan:
    """The unit's plan: the one that is there, or a new empty one.

    Raises `PuljeClosed` or `NotPossible` instead of making one.
    """
    found = Framdriftsplan.objects.filter(unit=unit).first()
    if found is not None:
        return found
    refuse_read_only(unit)
    stamps = {"created_at": now, "updated_at": now, "updated_by": by}
    plan, is_new = Framdriftsplan.objects.get_or_create(unit=unit, defaults=stamps)
    if is_new:
        record_event(by=by, verb="start_plan", subject=f"plan:{plan.pk}", now=now)
    return plan


@transaction.atomic
def save_plan(
    *, plan: Framdriftsplan, seen: str, data: Data, by: User, now: datetime
) -> Framdriftsplan:
    """Save the plan's own texts (keys of `rules.plan.PLAN_FIELDS`).

    `seen` is `stamp_of` the texts the writer began from. Raises `StaleEdit` when somebody has
    saved other texts since, `NationalIdFound`, `PuljeClosed` or `NotPossible`.
    """
    current = lock_plan(plan)
    refuse_national_ids(data)
    refuse_stale(current, data, seen)
    for key, value in data.items():
        setattr(current, key, value)
    current.save(update_fields=list(data))
    touch_plan(current, "save_plan", by, now)
    return current


def refuse_stale(row, data: Data, seen: str) -> None:
    """Raise `StaleEdit` when the row is not as the writer saw it, and not as they want it."""
    stored = data_of(row, data)
    if stamp_of(stored) != seen and differing(data, stored):
        raise StaleEdit(row)


def plan_data(plan: Framdriftsplan) -> Data:
    """The plan's own texts as data of the form."""
    return data_of(plan, PLAN_FIELDS)


def lock_plan(plan: Framdriftsplan) -> Framdriftsplan:
    """The plan as it is now, held until the transaction ends; raises when it is read only."""
    rows = Framdriftsplan.objects.select_for_update(of=("self",))
    current = rows.select_related(
        "unit__unit__kommune",
        "unit__deltakelse__pulje",
        "unit__deltakelse__owner__kommune",
        "unit__arbeidsgruppe",
        "updated_by",
    ).get(pk=plan.pk)
    refuse_read_only(current.unit)
    return current


def touch_plan(plan: Framdriftsplan, verb: str, by: User, now: datetime, **data: object) -> None:
    """Note that the plan or a part of it was changed: the version grows, the event is written."""
    plan.edit_version += 1
    plan.updated_at, plan.updated_by = now, by
    plan.save(update_fields=["edit_version", "updated_at", "updated_by"])
    record_event(by=by, verb=verb, subject=f"plan:{plan.pk}", now=now, **data)
