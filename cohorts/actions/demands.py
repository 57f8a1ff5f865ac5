"""Changing what one pulje demands: how many, and when. The programme's file stays as it is."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import User
from cohorts.actions.deltakelse import note_change
from cohorts.models import Activity, DeadlineRule
from cohorts.queries.programme import programme_of
from cohorts.rules.deadlines import DeadlineValues, steps_from, value_problems
from cohorts.rules.errors import refuse_closed

TEXTS = ("subject_bm", "subject_nn", "text_bm", "text_nn")


@transaction.atomic
def change_activity(
    *, activity: Activity, minimum: int, maximum: int | None, by: User, now: datetime
) -> Activity:
    """Set how many of an activity its semester demands; `maximum` None is no limit.

    The same values again change and record nothing. Raises ValidationError when the maximum is
    below the minimum.
    """
    pulje = activity.semester.pulje
    refuse_closed(pulje)
    if maximum is not None and maximum < minimum:
        raise ValidationError({"maximum": _("«Høyst» kan ikke være mindre enn «minst».")})
    before = (activity.minimum, activity.maximum)
    if before == (minimum, maximum):
        return activity
    activity.minimum, activity.maximum = minimum, maximum
    activity.save(update_fields=["minimum", "maximum"])
    note_change(pulje, now)
    record_event(
        by=by,
        verb="change-activity",
        subject=f"pulje:{pulje.pk}",
        now=now,
        activity=activity.key,
        semester=activity.semester.number,
        before=list(before),
        after=[minimum, maximum],
    )
    return activity


@transaction.atomic
def change_deadline(
    *, rule: DeadlineRule, values: DeadlineValues, by: User, now: datetime
) -> DeadlineRule:
    """Change a deadline, its reminders and their texts for this pulje alone.

    The same values again change and record nothing. Raises ValidationError by field for an
    unknown placeholder (with a suggestion), a number far off, or an unknown receiver.
    """
    pulje = rule.pulje
    refuse_closed(pulje)
    programme = programme_of(pulje)
    actors = [actor.id for actor in programme.actors if actor.role]
    problems = value_problems(values, programme.calendar_rules.placeholders, actors)
    if problems:
        raise ValidationError(problems)
    changed = _changed(rule, _columns(values))
    if not changed:
        return rule
    numbers = {name: [getattr(rule, name), value] for name, value in changed.items()}
    for name, value in changed.items():
        setattr(rule, name, value)
    rule.save(update_fields=list(changed))
    note_change(pulje, now)
    record_event(
        by=by,
        verb="change-deadline",
        subject=f"pulje:{pulje.pk}",
        now=now,
        deadline=rule.key,
        changed={name: pair for name, pair in numbers.items() if name not in TEXTS},
        texts=[name for name in changed if name in TEXTS],
    )
    return rule


def _columns(values: DeadlineValues) -> dict[str, Any]:
    """The values as the row holds them: reminders in order and once, escalations as in the file."""
    return {
        "offset": values.offset,
        "steps": steps_from(values.remind, values.escalate),
        **{name: getattr(values, name) for name in TEXTS},
    }


def _changed(rule: DeadlineRule, columns: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in columns.items() if getattr(rule, name) != value}
