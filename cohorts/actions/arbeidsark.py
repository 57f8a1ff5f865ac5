"""The short lines of a kartlegging: what to keep and develop, and the worksheet.

A line is one sentence; whoever saves last is right, and nothing else is lost.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import User
from cohorts.models import ArbeidsarkLine, DeltakendeUnit, Omraade
from cohorts.queries.kartlegging import worksheet_of
from cohorts.rules.errors import NationalIdFound, NotAllowedHere, refuse_closed
from lmp.lib.personal_data import find_national_ids


@transaction.atomic
def add_omraade(*, unit: DeltakendeUnit, kind: str, text: str, by: User, now: datetime) -> Omraade:
    """Add something to keep («keep») or to develop («develop»), last.

    Raises PuljeClosed, NationalIdFound, ValidationError for an empty text or an unknown kind.
    """
    refuse_closed(unit.deltakelse.pulje)
    if kind not in Omraade.Kind.values:
        raise NotAllowedHere(_("Velg om dere vil ta vare på dette eller utvikle det."))
    at = _next(Omraade.objects.filter(unit=unit, kind=kind))
    made = Omraade.objects.create(unit=unit, kind=kind, position=at, text=_checked(text))
    _event("add-omraade", f"omraade:{made.pk}", unit, by, now)
    return made


@transaction.atomic
def add_line(
    *, unit: DeltakendeUnit, topic: str, item: str, text: str, by: User, now: datetime
) -> ArbeidsarkLine:
    """Add a line to a column of the programme's worksheet, last.

    Raises PuljeClosed, NationalIdFound, ValidationError for an empty text, and NotAllowedHere for
    a topic or a column that the worksheet does not have.
    """
    refuse_closed(unit.deltakelse.pulje)
    checklist = worksheet_of(unit.deltakelse.pulje)
    items = [each.id for each in checklist.items] if checklist else []
    topics = ([each.id for each in checklist.topics] if checklist else []) or [""]
    if checklist is None or item not in items or topic not in topics:
        raise NotAllowedHere(_("Arbeidsarket har ikke denne kolonnen."))
    rows = ArbeidsarkLine.objects.filter(unit=unit, topic=topic, item=item)
    made = ArbeidsarkLine.objects.create(
        unit=unit,
        checklist=checklist.id,
        topic=topic,
        item=item,
        position=_next(rows),
        text=_checked(text),
        created_at=now,
        created_by=by,
    )
    _event("add-line", f"arbeidsarkline:{made.pk}", unit, by, now)
    return made


@transaction.atomic
def edit_short(
    *, row: Omraade | ArbeidsarkLine, text: str, by: User, now: datetime
) -> Omraade | ArbeidsarkLine:
    """Change the text of an område or a line. Raises as adding one does."""
    refuse_closed(row.unit.deltakelse.pulje)
    row.text = _checked(text)
    row.save(update_fields=["text"])
    _event("edit-line", f"{row._meta.model_name}:{row.pk}", row.unit, by, now)
    return row


@transaction.atomic
def remove_short(*, row: Omraade | ArbeidsarkLine, by: User, now: datetime) -> None:
    """Take away an område or a line; a goal that was made of a line stays."""
    refuse_closed(row.unit.deltakelse.pulje)
    _event("remove-line", f"{row._meta.model_name}:{row.pk}", row.unit, by, now)
    row.delete()


def _next(rows) -> int:
    last = rows.aggregate(last=Max("position"))["last"]
    return 1 if last is None else last + 1


def _checked(text: str) -> str:
    text = " ".join(text.split())
    if not text:
        raise ValidationError({"text": _("Skriv noe først.")})
    if find_national_ids(text):
        raise NationalIdFound(["text"])
    return text


def _event(verb: str, subject: str, unit: DeltakendeUnit, by: User, now: datetime) -> None:
    record_event(by=by, verb=verb, subject=subject, now=now, unit=unit.pk)
