"""Registering that something without a meeting or a paper of its own was done."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import User
from cohorts.models import Activity, ActivityRecord, Deltakelse, DeltakendeUnit
from cohorts.queries.programme import programme_of
from cohorts.rules.errors import NotAllowedHere, refuse_closed
from cohorts.rules.offices import acting_as
from cohorts.rules.records import REGISTERED, date_problem, scope_problem
from lmp.lib.personal_data import find_national_ids

# What may stand behind a registration; it is then changed there.
OWN_WORK = ("mellomarbeid", "kartlegging", "involvement", "plan_review")


@transaction.atomic
def register_activity(
    *,
    activity: Activity,
    deltakelse: Deltakelse | None,
    unit: DeltakendeUnit | None = None,
    done_on: date,
    note: str,
    late: bool = False,
    by: User,
    now: datetime,
) -> ActivityRecord:
    """Record that `activity` was done on the local date `done_on`; `late`: after its semester too.

    `deltakelse` is None for what concerns the whole pulje, `unit` is given for what a unit does.
    Raises NotAllowedHere for anything else than work, evaluation and report, and for what does not
    concern that unit; ValidationError for a day in the future or in another semester, a missing
    note, or a note with a fødselsnummer or D-nummer in it.
    """
    pulje = activity.semester.pulje
    refuse_closed(pulje)
    _check_place(activity, deltakelse, unit)
    wrong_day = date_problem(
        done_on, activity.semester.start, activity.semester.end, timezone.localdate(now), late=late
    )
    _check_values(wrong_day, note.strip())
    role = by.role.kind if by.role else ""
    record = ActivityRecord.objects.create(
        activity=activity,
        deltakelse=deltakelse,
        unit=unit,
        actor=acting_as(role, activity, programme_of(pulje)),
        done_on=done_on,
        note=note.strip(),
        registered_by=by,
        registered_at=now,
    )
    _record(record, "register-activity", by, now)
    return record


@transaction.atomic
def undo_record(*, record: ActivityRecord, by: User, now: datetime) -> None:
    """Take back one's own registration on the day it was made; the event says that it was."""
    refuse_closed(record.activity.semester.pulje)
    if any(hasattr(record, name) for name in OWN_WORK):
        raise NotAllowedHere(_("Registreringen hører til noe dere har skrevet. Endre det der."))
    made_today = timezone.localdate(record.registered_at) == timezone.localdate(now)
    if record.registered_by_id != by.pk or not made_today:
        raise NotAllowedHere(
            _("En registrering kan bare angres samme dag, av den som registrerte.")
        )
    _record(record, "undo-record", by, now)
    record.delete()


def _check_place(
    activity: Activity, deltakelse: Deltakelse | None, unit: DeltakendeUnit | None
) -> None:
    if activity.record not in REGISTERED:
        raise NotAllowedHere(_("Dette har sitt eget møte eller dokument. Registrer det der."))
    problem = scope_problem(activity.scope, deltakelse is not None, unit is not None)
    if problem:
        raise NotAllowedHere(problem)
    pulje = activity.semester.pulje_id
    if deltakelse is not None and deltakelse.pulje_id != pulje:
        raise NotAllowedHere(_("Deltakelsen hører til en annen pulje."))
    if unit is None:
        return
    if deltakelse is None or unit.deltakelse_id != deltakelse.pk:
        raise NotAllowedHere(_("Enheten hører til en annen deltakelse."))
    if activity.applies_to and activity.applies_to != unit.unit.kind:
        raise NotAllowedHere(_("Dette gjelder ikke denne typen enhet."))


def _check_values(wrong_day: str, note: str) -> None:
    problems = {}
    if wrong_day:
        problems["done_on"] = wrong_day
    if not note:
        problems["note"] = _("Skriv kort hva som ble gjort.")
    elif find_national_ids(note):
        problems["note"] = _(
            "Teksten inneholder et fødselsnummer eller D-nummer. Ta det bort. "
            "Skriv slik at ingen kan kjennes igjen."
        )
    if problems:
        raise ValidationError(problems)


def _record(record: ActivityRecord, verb: str, by: User, now: datetime) -> None:
    record_event(
        by=by,
        verb=verb,
        subject=f"activity:{record.activity_id}",
        now=now,
        unit=record.unit_id,
        deltakelse=record.deltakelse_id,
        done_on=str(record.done_on),
    )
