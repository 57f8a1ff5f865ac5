"""Changing what one pulje demands: how many, and when. The programme's file stays as it is."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import User
from cohorts.actions.deltakelse import note_change
from cohorts.models import Activity, DeadlineRule
from cohorts.rules.deadlines import offset_problem
from cohorts.rules.errors import refuse_closed


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
def change_deadline(*, rule: DeadlineRule, offset: int, by: User, now: datetime) -> DeadlineRule:
    """Change when something is due, for this pulje alone: `offset` counts in the rule's unit.

    Who is reminded of it, and with which words, is changed in `rule_edition`. The same value again
    changes and records nothing. Raises ValidationError by field for a number far off.
    """
    pulje = rule.pulje
    refuse_closed(pulje)
    if problem := offset_problem(offset):
        raise ValidationError({"offset": problem})
    before = rule.offset
    if before == offset:
        return rule
    rule.offset = offset
    rule.save(update_fields=["offset"])
    note_change(pulje, now)
    record_event(
        by=by,
        verb="change-deadline",
        subject=f"pulje:{pulje.pk}",
        now=now,
        deadline=rule.key,
        changed={"offset": [before, offset]},
    )
    return rule
