"""Who takes part in a pulje: owners and their units."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import Owner, Unit, User
from cohorts.models import Deltakelse, DeltakendeUnit, Participation, Pulje
from cohorts.queries.programme import programme_of
from cohorts.queries.register import place_of_owner, place_of_unit
from cohorts.rules.errors import NotAllowedHere, refuse_closed
from cohorts.rules.participants import belongs_with


@transaction.atomic
def add_deltakelse(*, pulje: Pulje, owner: Owner, by: User | None, now: datetime) -> Deltakelse:
    """Let an owner take part in a pulje. Raises NotAllowedHere when it does already."""
    refuse_closed(pulje)
    if Deltakelse.objects.filter(pulje=pulje, owner=owner).exists():
        raise NotAllowedHere(_("%(owner)s er med i pulja fra før.") % {"owner": owner})
    deltakelse = Deltakelse.objects.create(pulje=pulje, owner=owner, created_at=now)
    note_change(pulje, now)
    _record(by, "add-deltakelse", deltakelse, now, owner=owner.pk)
    return deltakelse


@transaction.atomic
def add_unit(
    *,
    deltakelse: Deltakelse,
    unit: Unit,
    first_semester: int = 0,
    sfo_takes_part: bool = False,
    by: User | None,
    now: datetime,
) -> DeltakendeUnit:
    """Let a unit take part from `first_semester` (0 is the start-up) on.

    A unit that was withdrawn takes part again from that semester. Raises NotAllowedHere when the
    unit is closed, is of a kind the programme is not for, belongs elsewhere, or takes part already.
    """
    pulje = deltakelse.pulje
    refuse_closed(pulje)
    _check_unit(deltakelse, unit)
    found = DeltakendeUnit.objects.filter(deltakelse=deltakelse, unit=unit).first()
    if found is not None and found.status == Participation.ACTIVE:
        raise NotAllowedHere(_("%(unit)s er med fra før.") % {"unit": unit})
    takes_part = found or DeltakendeUnit(deltakelse=deltakelse, unit=unit)
    takes_part.first_semester = first_semester
    takes_part.sfo_takes_part = sfo_takes_part and unit.kind == "skole"
    takes_part.status = Participation.ACTIVE
    takes_part.withdrawn_from, takes_part.withdrawn_reason = None, ""
    takes_part.save()
    note_change(pulje, now)
    _record(by, "add-unit", deltakelse, now, unit=unit.pk, first_semester=first_semester)
    return takes_part


@transaction.atomic
def change_unit(
    *,
    unit: DeltakendeUnit,
    first_semester: int,
    sfo_takes_part: bool,
    by: User,
    now: datetime,
) -> DeltakendeUnit:
    """Change from which semester a unit takes part, and whether its SFO does."""
    pulje = unit.deltakelse.pulje
    refuse_closed(pulje)
    unit.first_semester = first_semester
    unit.sfo_takes_part = sfo_takes_part and unit.unit.kind == "skole"
    unit.save(update_fields=["first_semester", "sfo_takes_part"])
    note_change(pulje, now)
    _record(by, "change-unit", unit.deltakelse, now, unit=unit.unit_id)
    return unit


@transaction.atomic
def withdraw_unit(
    *, unit: DeltakendeUnit, withdrawn_from: date, reason: str, by: User, now: datetime
) -> DeltakendeUnit:
    """Withdraw a unit from the local date `withdrawn_from`; its history stays (domain 8.4).

    What it owes from then on falls away in the apps above, which read the status. Raises
    ValidationError without a reason, NotAllowedHere when it is withdrawn already.
    """
    pulje = unit.deltakelse.pulje
    refuse_closed(pulje)
    if unit.status != Participation.ACTIVE:
        raise NotAllowedHere(_("%(unit)s er trukket fra før.") % {"unit": unit})
    if not reason.strip():
        raise ValidationError({"reason": _("Skriv hvorfor enheten trekker seg.")})
    unit.status = Participation.WITHDRAWN
    unit.withdrawn_from, unit.withdrawn_reason = withdrawn_from, reason.strip()
    unit.save(update_fields=["status", "withdrawn_from", "withdrawn_reason"])
    note_change(pulje, now)
    _record(by, "withdraw-unit", unit.deltakelse, now, unit=unit.unit_id, on=str(withdrawn_from))
    return unit


def note_change(pulje: Pulje, now: datetime) -> None:
    """Leave word for the apps above that what they computed for the pulje is out of date."""
    pulje.demands_changed_at = now
    pulje.save(update_fields=["demands_changed_at"])


def _check_unit(deltakelse: Deltakelse, unit: Unit) -> None:
    names = {"unit": unit, "owner": deltakelse.owner}
    if not unit.active:
        raise NotAllowedHere(_("%(unit)s er lagt ned, ifølge registeret.") % names)
    if unit.kind not in programme_of(deltakelse.pulje).unit_kinds:
        raise NotAllowedHere(_("Programmet er ikke for denne typen enhet."))
    if not belongs_with(place_of_owner(deltakelse.owner), place_of_unit(unit)):
        raise NotAllowedHere(_("%(unit)s hører ikke til %(owner)s.") % names)
    elsewhere = DeltakendeUnit.objects.active().filter(
        deltakelse__pulje=deltakelse.pulje_id, unit=unit
    )
    other = elsewhere.exclude(deltakelse=deltakelse).select_related("deltakelse__owner").first()
    if other is not None:
        names["owner"] = other.deltakelse.owner
        raise NotAllowedHere(_("%(unit)s er med i pulja fra før, sammen med %(owner)s.") % names)


def _record(by: User | None, verb: str, deltakelse: Deltakelse, now: datetime, **data) -> None:
    record_event(by=by, verb=verb, subject=f"deltakelse:{deltakelse.pk}", now=now, **data)
