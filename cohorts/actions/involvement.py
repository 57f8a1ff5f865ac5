"""Registering that children or parents took part, and taking it back the same day."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import User
from cohorts.actions.records import register_activity, undo_record
from cohorts.models import Activity, DeltakendeUnit, Involvement
from cohorts.rules.errors import NationalIdFound, NotAllowedHere, refuse_closed
from cohorts.rules.involvement import KIND
from cohorts.rules.paper import fields_with_national_ids


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """How many of whom took part in what on a local date, for which activity, what came of it."""

    activity: Activity
    body: str
    what: str
    held_on: date
    count: int
    led_to: str = ""


@transaction.atomic
def add_involvement(
    *, unit: DeltakendeUnit, occasion: Occasion, by: User, now: datetime
) -> Involvement:
    """Register who took part in what, and that the activity is met by it.

    Raises NotAllowedHere for an activity that is not about taking part, NationalIdFound,
    ValidationError by field, and what `register_activity` raises.
    """
    refuse_closed(unit.deltakelse.pulje)
    if occasion.activity.kind != KIND:
        raise NotAllowedHere(_("Velg hvem som var med."))
    texts = {name: getattr(occasion, name).strip() for name in ("body", "what", "led_to")}
    _check(texts, occasion.count)
    try:
        record = register_activity(
            activity=occasion.activity,
            deltakelse=unit.deltakelse,
            unit=unit,
            done_on=occasion.held_on,
            note=f"{texts['body']}: {occasion.count}",
            by=by,
            now=now,
        )
    except ValidationError as error:
        raise _at_field(error) from None
    return Involvement.objects.create(
        unit=unit,
        activity=occasion.activity,
        held_on=occasion.held_on,
        count=occasion.count,
        record=record,
        created_at=now,
        created_by=by,
        **texts,
    )


@transaction.atomic
def undo_involvement(*, involvement: Involvement, by: User, now: datetime) -> None:
    """Take back one's own registration on the day it was made (as `undo_record`)."""
    refuse_closed(involvement.unit.deltakelse.pulje)
    record = involvement.record
    if record is None:
        made_today = timezone.localdate(involvement.created_at) == timezone.localdate(now)
        if involvement.created_by_id != by.pk or not made_today:
            raise NotAllowedHere(_("Dette kan bare angres samme dag, av den som registrerte."))
    involvement.delete()
    if record is not None:
        # Fetched anew: the row would else still remember what was registered with it.
        undo_record(record=type(record).objects.get(pk=record.pk), by=by, now=now)


def _check(texts: dict[str, str], count: int) -> None:
    problems = {}
    if not texts["body"]:
        problems["body"] = _("Skriv hvem som var med.")
    if not texts["what"]:
        problems["what"] = _("Skriv kort hva de var med på.")
    if count < 1:
        problems["count"] = _("Skriv hvor mange som var med.")
    if problems:
        raise ValidationError(problems)
    found = fields_with_national_ids(texts)
    if found:
        raise NationalIdFound(found)


def _at_field(error: ValidationError) -> ValidationError:
    """The problem with the day belongs at the field «when» of this form."""
    if not hasattr(error, "error_dict"):
        return error
    messages = {"held_on" if key == "done_on" else key: v for key, v in error.error_dict.items()}
    return ValidationError(messages)
