"""What will be sent in the time to come, and what a scan would write now. Writes nothing."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from cohorts.models import DeadlineRule, Pulje, PuljeStatus
from cohorts.queries.programme import programme_of
from meetings.actions.obligation.recruitment import ANCHOR
from meetings.actions.recipients import office_holders
from meetings.actions.reminder.coming import Coming
from meetings.actions.reminder.scan import Reminder, due_reminders
from meetings.models import Obligation
from meetings.rules.reminder import Step, sending_day, steps_of

Changed = Mapping[int, Sequence[Step]]
MARGIN = timedelta(days=400)


def forecast(
    *, today: date, days: int = 30, changed: Changed | None = None, pulje: Pulje | None = None
) -> list[Coming]:
    """The reminders of the local days from `today` on, `days` of them, in the order of the days.

    As things stand now: what is met or moved before its day falls away. `changed` replaces the
    steps of rules (by primary key) to show what a change would do; `pulje` keeps to one.
    """
    last = today + timedelta(days=days - 1)
    counting = Q(pulje__status=PuljeStatus.RUNNING)
    counting |= Q(pulje__status=PuljeStatus.RECRUITING, anchor=ANCHOR)
    rules = DeadlineRule.objects.filter(counting).select_related("pulje")
    if pulje is not None:
        rules = rules.filter(pulje=pulje)
    by_pk = {rule.pk: rule for rule in rules}
    near = (today - MARGIN, last + MARGIN)
    owed = Obligation.objects.open().unsettled().filter(rule__in=by_pk, due__range=near)
    found = []
    for each in owed.with_recruitment().for_lists():
        rule = by_pk[each.rule_id or 0]
        programme = programme_of(rule.pulje)
        calendar = programme.calendar_rules.calendar
        for step in (changed or {}).get(rule.pk) or steps_of(rule.steps):
            day = sending_day(each.due, step.offset, rule.unit, calendar)
            office = programme.actor(step.to).role if step.to else each.office
            if office is not None and today <= day <= last:
                found.append((day, rule, Reminder(each, step, office)))
    holders = office_holders({each.place for _, _, each in found}, today)
    found.sort(key=lambda one: (one[0], one[1].pk, one[2].obligation.pk))
    return [
        Coming(day, rule, r.step, r.office, r.obligation, holders[r.place])
        for day, rule, r in found
    ]


def due_now(*, now: datetime) -> list[Coming]:
    """What a scan at `now` (aware) would write; nothing is written."""
    today = timezone.localdate(now)
    reminders = due_reminders(today)
    holders = office_holders({each.place for each in reminders}, today)
    return [
        Coming(today, r.obligation.rule, r.step, r.office, r.obligation, holders[r.place])
        for r in reminders
    ]
