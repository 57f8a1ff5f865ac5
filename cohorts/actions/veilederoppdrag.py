"""Which veiledere follow a deltakelse, and when."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import User
from actors.rules.roles import role_title
from cohorts.models import Deltakelse, DeltakendeUnit, Veilederoppdrag
from cohorts.queries.veiledere import roles_in_the_way, veiledere
from cohorts.rules.errors import NotAllowedHere, refuse_closed
from cohorts.rules.participants import conflict_message


@transaction.atomic
def assign_veileder(
    *,
    deltakelse: Deltakelse,
    veileder: User,
    function: str,
    valid_from: date,
    valid_to: date | None = None,
    unit: DeltakendeUnit | None = None,
    by: User | None,
    now: datetime,
) -> Veilederoppdrag:
    """Let a veileder follow a deltakelse, or one `unit` of it, in a period of local dates.

    A pair is two such rows, `function` lead and co; one alone is allowed and warned about. Raises
    NotAllowedHere when the person is no veileder on the first day, has or had another role in the
    same kommune or at the same owner (domain 8.15), or follows it already.
    """
    refuse_closed(deltakelse.pulje)
    _check_period(valid_from, valid_to)
    if not veiledere(valid_from).filter(pk=veileder.pk).exists():
        raise NotAllowedHere(
            _("%(person)s har ikke rollen veileder på den første dagen.") % {"person": veileder}
        )
    in_the_way = roles_in_the_way(veileder, deltakelse, valid_from).first()
    if in_the_way is not None:
        raise NotAllowedHere(_conflict(in_the_way, valid_from))
    follows = Veilederoppdrag.objects.filter(deltakelse=deltakelse, unit=unit, veileder=veileder)
    if follows.active(valid_from).exists():
        raise NotAllowedHere(_("%(person)s er satt opp fra før.") % {"person": veileder})
    oppdrag = Veilederoppdrag.objects.create(
        deltakelse=deltakelse,
        unit=unit,
        veileder=veileder,
        function=function,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    _record(oppdrag, "assign-veileder", by, now)
    return oppdrag


@transaction.atomic
def end_oppdrag(
    *, oppdrag: Veilederoppdrag, valid_to: date, by: User, now: datetime
) -> Veilederoppdrag:
    """End an assignment with `valid_to` as its last day; the name stays on old papers."""
    refuse_closed(oppdrag.deltakelse.pulje)
    _check_period(oppdrag.valid_from, valid_to)
    oppdrag.valid_to = valid_to
    oppdrag.save(update_fields=["valid_to"])
    _record(oppdrag, "end-oppdrag", by, now)
    return oppdrag


def _check_period(valid_from: date, valid_to: date | None) -> None:
    if valid_to is not None and valid_to < valid_from:
        raise ValidationError({"valid_to": _("Siste dag kan ikke være før første dag.")})


def _conflict(role, on: date) -> str:
    unit_kind = role.unit.kind if role.unit else None
    title = role_title(role.kind, unit_kind, acting=role.acting)
    return conflict_message(str(role.user), title, role.scope_label, role.valid_to, on)


def _record(oppdrag: Veilederoppdrag, verb: str, by: User | None, now: datetime) -> None:
    record_event(
        by=by,
        verb=verb,
        subject=f"deltakelse:{oppdrag.deltakelse_id}",
        now=now,
        oppdrag=oppdrag.pk,
        veileder=oppdrag.veileder_id,
    )
