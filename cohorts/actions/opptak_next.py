"""Making the next pulje from one that is there: everything copied, nothing opened."""

from datetime import datetime
from typing import Any

from django.db import models, transaction

from actors.actions.events import record_event
from actors.models import User
from cohorts.actions.opptak import prepare_pulje
from cohorts.models import (
    Activity,
    Criterion,
    DeadlineRule,
    EmbeteOpptak,
    LetterTemplate,
    Opptak,
    Pulje,
    Tema,
)
from cohorts.programme.definition import PuljeCalendar
from cohorts.queries.programme import programme_of
from cohorts.rules.rollforward import same_weekday

COPIED = (
    "info_bm",
    "info_nn",
    "applicants",
    "joint_allowed",
    "capacity",
    "private_per_fylke",
    "enkeltvedtak",
)


@transaction.atomic
def roll_forward(
    *, source: Pulje, calendar: PuljeCalendar, by: User | None, now: datetime
) -> Opptak:
    """Make the pulje of `calendar` with what `source` demands now, and prepare its opptak.

    Activities, deadlines and themes are those of `source` as changed for it; so are the texts,
    criteria, letters, quotas and capacity of its opptak, when it has one. No embete's own
    deadline, no candidate and no participant comes along. Raises `PuljeExists` when the number is
    taken.
    """
    programme = programme_of(source)
    opptak = prepare_pulje(programme=programme, calendar=calendar, by=by, now=now)
    _copy_demands(source, opptak.pulje)
    former = Opptak.objects.filter(pulje=source).first()
    if former is not None:
        _copy_opptak(former, opptak)
    record_event(
        by=by,
        verb="roll-forward",
        subject=f"pulje:{opptak.pulje_id}",
        now=now,
        source=source.number,
    )
    return opptak


def _copy_demands(source: Pulje, target: Pulje) -> None:
    """Put the activities, deadlines and themes of `source` in the place of the programme's."""
    semesters = {each.number: each for each in target.semesters.all()}
    Activity.objects.filter(semester__pulje=target).delete()
    Activity.objects.bulk_create(
        _copy(each, semester=semesters[each.semester.number])
        for each in Activity.objects.filter(semester__pulje=source).select_related("semester")
    )
    target.deadline_rules.all().delete()
    DeadlineRule.objects.bulk_create(
        # Its versions are its own: what the source says now is version 1 of the next pulje.
        _copy(each, pulje=target, version=1, in_force_from=None)
        for each in source.deadline_rules.all()
    )
    Tema.objects.filter(semester__pulje=target).delete()
    Tema.objects.bulk_create(
        _copy(each, semester=semesters[each.semester.number])
        for each in Tema.objects.filter(semester__pulje=source).select_related("semester")
    )


def _copy_opptak(source: Opptak, target: Opptak) -> None:
    for name in COPIED:
        setattr(target, name, getattr(source, name))
    if source.complaint_deadline is not None:
        target.complaint_deadline = _moved_with(source, target, source.complaint_deadline)
    target.save(update_fields=[*COPIED, "complaint_deadline"])
    target.criteria.all().delete()
    Criterion.objects.bulk_create(_copy(each, opptak=target) for each in source.criteria.all())
    if source.letter_templates.exists():
        target.letter_templates.all().delete()
        LetterTemplate.objects.bulk_create(
            _copy(each, opptak=target) for each in source.letter_templates.all()
        )
    quotas = dict(source.embeter.values_list("statsforvalter", "quota"))
    shares = list(target.embeter.all())
    for share in shares:
        share.quota = quotas.get(share.statsforvalter_id)
    EmbeteOpptak.objects.bulk_update(shares, ["quota"])


def _moved_with(source: Opptak, target: Opptak, day):
    """A day as many years later as the start-up is."""
    first, then = (each.pulje.semesters.get(number=0).year for each in (source, target))
    return same_weekday(day, then - first)


def _copy(row: models.Model, **place: Any) -> Any:
    """A new row like `row`, in another place."""
    columns = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key and field.name not in place
    }
    return type(row)(**columns, **place)
