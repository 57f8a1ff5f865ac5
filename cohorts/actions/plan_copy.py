"""Taking the plan of an earlier deltakelse along, so that nobody writes it again (domain 8.5)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import User
from cohorts.actions.plan import lock_plan, start_plan, touch_plan
from cohorts.models import DeltakendeUnit, Framdriftsplan, Maal, Tiltak, TiltakStatus
from cohorts.queries.plan import goals_of, semester_on
from cohorts.rules.errors import NotPossible
from cohorts.rules.plan import MAAL_FIELDS, PLAN_FIELDS, TILTAK_FIELDS, data_of


@transaction.atomic
def copy_plan(
    *, source: Framdriftsplan, unit: DeltakendeUnit, by: User, now: datetime
) -> Framdriftsplan:
    """Copy what goes on in `source` into the empty plan of `unit`; `source` stays as it is.

    The texts, the goals and the tiltak that are neither done nor ended; not the verdicts, the
    comments, the answers to another form's questions or what belongs to a semester's theme. The
    caller sees to it that the leaders agree. Raises `NotPossible` when the plan has goals already,
    and what `start_plan` raises.
    """
    plan = lock_plan(start_plan(unit=unit, by=by, now=now))
    if plan.maal.exists():
        raise NotPossible(_("Planen har mål allerede. Den gamle planen er ikke hentet."))
    for key in PLAN_FIELDS:
        if key != "extra":
            setattr(plan, key, getattr(source, key))
    plan.save()
    semester = semester_on(unit.deltakelse.pulje, timezone.localtime(now).date())
    for position, maal in enumerate(goals_of(source).filter(ended_on=None), start=1):
        data = {**data_of(maal, MAAL_FIELDS), "focus": []}
        copied = Maal.objects.create(plan=plan, position=position, semester=semester, **data)
        _copy_tiltak(maal, copied)
    touch_plan(plan, "copy_plan", by, now, source=source.pk)
    return plan


def _copy_tiltak(source: Maal, maal: Maal) -> None:
    going = (TiltakStatus.NOT_BEGUN, TiltakStatus.UNDER_WAY)
    Tiltak.objects.bulk_create(
        Tiltak(maal=maal, position=position, **data_of(tiltak, TILTAK_FIELDS))
        for position, tiltak in enumerate(
            (each for each in source.tiltak.all() if each.status in going), start=1
        )
    )
