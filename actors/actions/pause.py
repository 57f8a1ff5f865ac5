"""Putting the sending of notices on pause, and starting it again."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from actors.access import can_steer_sending
from actors.actions.events import record_event
from actors.models import Owner, Pause, PauseScope, Unit, User


@transaction.atomic
def start_pause(
    *,
    scope: str,
    reason: str,
    until: datetime | None,
    by: User,
    now: datetime,
    rule: int | None = None,
    rule_title: str = "",
    unit: Unit | None = None,
    owner: Owner | None = None,
) -> Pause:
    """Let no mail of `scope` (a `PauseScope`) leave until `until`; None: until somebody starts it.

    `rule` (primary key) and `rule_title` go with a pause of one rule, `unit` or `owner` with one of
    a place. Times are aware. Raises PermissionDenied for who only reads, and ValidationError for a
    pause without a reason or a target, one that has ended already, and one that is on already.
    """
    _require(by)
    target = _target(scope, rule, unit, owner)
    if not reason.strip():
        raise ValidationError({"reason": _("Skriv hvorfor.")})
    if until is not None and until <= now:
        raise ValidationError({"until": _("Velg et tidspunkt som ikke har vært.")})
    if Pause.objects.on(now).select_for_update().filter(scope=scope, **target).exists():
        raise ValidationError(_("Dette er på pause allerede."))
    pause = Pause.objects.create(
        scope=scope,
        rule_title=rule_title if scope == PauseScope.RULE else "",
        starts_at=now,
        until=until,
        reason=reason.strip(),
        set_by=by,
        **target,
    )
    data = {"scope": scope, "until": until.isoformat() if until else None}
    record_event(by=by, verb="pause-started", subject=f"pause:{pause.pk}", now=now, **data)
    return pause


@transaction.atomic
def lift_pause(*, pause: Pause, by: User, now: datetime) -> int:
    """Let what the pause held leave again; return how many pauses of the same ended.

    Two people may have paused the same at the same moment, so that both are ended. Notices are
    checked anew before they leave. Raises PermissionDenied for who only reads, and ValidationError
    when it is over already.
    """
    _require(by)
    same = {"scope": pause.scope, "rule": pause.rule, "unit": pause.unit, "owner": pause.owner}
    on = Pause.objects.on(now).select_for_update().filter(**same).order_by("pk")
    ended = list(on)
    if not ended:
        raise ValidationError(_("Pausen er over allerede."))
    for each in ended:
        each.lifted_at, each.lifted_by = now, by
        each.save(update_fields=["lifted_at", "lifted_by"])
        record_event(by=by, verb="pause-lifted", subject=f"pause:{each.pk}", now=now)
    return len(ended)


def _require(by: User) -> None:
    if not can_steer_sending(by):
        raise PermissionDenied(_("Det er Udir som setter utsendingen på pause."))


def _target(scope: str, rule: int | None, unit: Unit | None, owner: Owner | None) -> dict:
    """What stands still, in fields of a pause; no more than the scope asks for."""
    if scope == PauseScope.RULE and rule is None:
        raise ValidationError({"rule": _("Velg en regel.")})
    if scope == PauseScope.PLACE and unit is None and owner is None:
        raise ValidationError({"place": _("Velg en kommune eller enhet.")})
    return {
        "rule": rule if scope == PauseScope.RULE else None,
        "unit": unit if scope == PauseScope.PLACE else None,
        "owner": owner if scope == PauseScope.PLACE and unit is None else None,
    }
