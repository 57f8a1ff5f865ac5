"""Reminders: a notice for each step of a deadline rule that is due, to those who still owe it.

Nothing here remembers what was sent: a notice is unique on (recipient, rule, obligation, step and
due day), so a scan that runs twice, or in two workers, creates it once.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.actions.messages import Origin, cancel_notices, notify_roles
from actors.models import Notice, NoticeCategory, NoticeStatus, Owner, Role
from cohorts.models import DeadlineRule, PuljeStatus
from cohorts.queries.programme import programme_of
from meetings.actions.obligation.recruitment import ANCHOR
from meetings.actions.obligation.words import notice_text, place_name
from meetings.actions.recipients import Place, office_holders
from meetings.models import Obligation
from meetings.rules.reminder import Step, due_range, steps_due, steps_of


@dataclass(frozen=True)
class Reminder:
    """A step that is due today for one obligation, and the office it goes to."""

    obligation: Obligation
    step: Step
    office: str

    @property
    def place(self) -> Place:
        owed, embete = self.obligation, self.obligation.in_embete
        if embete is None:
            return Place(self.office, owed.deltakelse_id, owed.unit_id)
        owner = owed.concerns.pk if owed.embete_id is None and owed.concerns else None
        return Place(self.office, owner_id=owner, statsforvalter_id=embete.statsforvalter_id)


def scan(*, now: datetime) -> int:
    """Create the notices that are due at `now` (aware); return how many were new.

    Nothing on days that are no working days in the programme's calendar.
    """
    today = timezone.localdate(now)
    reminders = due_reminders(today)
    holders = office_holders({each.place for each in reminders}, today)
    return sum(_notify(each, holders[each.place], now) for each in reminders)


remind_of_obligations = scan


def due_reminders(today: date) -> list[Reminder]:
    """The steps that are due on the local day, of the rules of puljer that are going on."""
    counting = Q(pulje__status=PuljeStatus.RUNNING)
    counting |= Q(pulje__status=PuljeStatus.RECRUITING, anchor=ANCHOR)
    rules = DeadlineRule.objects.filter(counting).select_related("pulje")
    return [each for rule in rules for each in _due_for_rule(rule, today)]


def cancel_settled_reminders(*, now: datetime) -> int:
    """Stop waiting notices about obligations that were met or fell away; return how many."""
    waiting = Notice.objects.filter(
        status=NoticeStatus.QUEUED, subject__startswith="obligation:"
    ).values_list("subject", flat=True)
    ids = {int(subject.split(":")[1]) for subject in waiting}
    still_owed = Obligation.objects.filter(pk__in=ids).open().unsettled()
    open_ids = still_owed.values_list("pk", flat=True)
    return sum(
        cancel_notices(subject=f"obligation:{pk}", reason=_("Ikke lenger nødvendig"), now=now)
        for pk in ids - set(open_ids)
    )


def _due_for_rule(rule: DeadlineRule, today: date) -> Iterator[Reminder]:
    """The steps of one rule that are due today, with one query for its open obligations."""
    programme = programme_of(rule.pulje)
    calendar = programme.calendar_rules.calendar
    steps = steps_of(rule.steps)
    days = due_range(steps, rule.unit, today)
    if days is None or not calendar.is_workday(today):
        return
    candidates = Obligation.objects.open().opened(today).filter(rule=rule, due__range=days)
    if rule.anchor == ANCHOR:
        candidates = candidates.unsettled().with_recruitment()
    for obligation in candidates.for_lists():
        for step in steps_due(steps, obligation.due, rule.unit, calendar, today):
            office = programme.actor(step.to).role if step.to else obligation.office
            if office is not None:
                yield Reminder(obligation, step, office)


def _notify(reminder: Reminder, holders: list[Role], now: datetime) -> int:
    """One notice for each holder of the office, opening in that role."""
    obligation, rule = reminder.obligation, reminder.obligation.rule
    return notify_roles(
        roles=holders,
        kind=rule.key,
        subject=f"obligation:{obligation.pk}",
        occasion=reminder.step.occasion(obligation.due),
        text=notice_text(obligation),
        url=obligation.page_for(reminder.office),
        due=obligation.due,
        place=place_name(obligation),
        now=now,
        urgent=reminder.step.urgent,
        origin=_origin(obligation),
    )


def _origin(obligation: Obligation) -> Origin:
    """The rule it comes from, and the unit or owner it concerns."""
    unit, concerns = obligation.unit, obligation.concerns
    return Origin(
        NoticeCategory.REMINDER,
        obligation.rule_id,
        obligation.rule.version,
        unit.unit if unit else None,
        concerns if isinstance(concerns, Owner) else None,
    )
