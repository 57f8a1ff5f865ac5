"""The rules whose reminders go out, and the due days that are looked for because of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.db.models import F, Q

from cohorts.models import DeadlineRule, Pulje, PuljeStatus, RuleEdition
from cohorts.programme.definition import Programme
from cohorts.queries.programme import programme_of
from lmp.lib.workdays import Calendar
from meetings.rules.reminder import Step, due_span, steps_of

# What is owed before a pulje runs: the recruitment, and that people come into the portal.
EARLY_ANCHORS = ("pulje_date", "invitation_sent")
# Who sent an invitation is no actor of a programme, but is told when it runs out.
INVITER = "inviter"
WHEN_EXPIRED = Step(1, INVITER)
Changed = Mapping[int, Sequence[Step]]
Span = tuple[date, date]


@dataclass(frozen=True)
class InForce:
    """A rule with its steps and the calendar they are counted in.

    `first` and `last`: the local days these steps are the rule's, where a version waits for its.
    """

    rule: DeadlineRule
    steps: tuple[Step, ...]
    programme: Programme = field(compare=False)
    first: date | None = None
    last: date | None = None

    @property
    def calendar(self) -> Calendar:
        return self.programme.calendar_rules.calendar

    def office(self, step: Step, owing: str) -> str | None:
        """The access role that a step goes to; None for an actor without access."""
        if step.to in ("", INVITER):
            return step.to or owing
        return self.programme.actor(step.to).role

    def not_before(self, day: date) -> date:
        """`day`, or the day this version of the rule comes into force if that is later."""
        start = self.first or self.rule.in_force_from
        return day if start is None else max(day, start)

    def not_after(self, day: date) -> date:
        """`day`, or the last day of this version of the rule if that is earlier."""
        return day if self.last is None else min(day, self.last)

    def holds(self, day: date) -> bool:
        """Whether this version of the rule is in force on the day."""
        return self.not_before(day) == day == self.not_after(day)

    def spans(self, first: date, last: date) -> set[Span]:
        """The due days whose steps go out from `first` to `last`."""
        first, last = self.not_before(first), self.not_after(last)
        found = (
            due_span(step.offset, self.rule.unit, self.calendar, first, last) for step in self.steps
        )
        return {span for span in found if span is not None} if first <= last else set()


def rules_in_force(
    *, changed: Changed | None = None, pulje: Pulje | None = None, anchor: str | None = None
) -> list[InForce]:
    """The rules with reminders, of puljer that are going on. One query.

    `changed` replaces the steps of rules by primary key; `pulje` and `anchor` keep to one.
    """
    counting = Q(pulje__status=PuljeStatus.RUNNING)
    counting |= Q(pulje__status=PuljeStatus.RECRUITING, anchor__in=EARLY_ANCHORS)
    rules = DeadlineRule.objects.filter(counting).select_related("pulje").order_by("pk")
    if pulje is not None:
        rules = rules.filter(pulje=pulje)
    if anchor is not None:
        rules = rules.filter(anchor=anchor)
    found = []
    for rule in rules:
        replaced = (changed or {}).get(rule.pk)
        steps = steps_of(rule.steps) if replaced is None else list(replaced)
        if rule.on_expiry == "expire":
            steps.append(WHEN_EXPIRED)
        found.append(InForce(rule, tuple(steps), programme_of(rule.pulje)))
    return [each for each in found if each.steps]


def with_waiting(rules: Iterable[InForce], *, changed: Changed | None = None) -> list[InForce]:
    """The rules, and those that take over from them on their day: each for its own days.

    A rule in `changed` is looked at as it is changed, whatever waits. One query.
    """
    rules = list(rules)
    later = RuleEdition.objects.filter(
        rule__in=[each.rule for each in rules if each.rule.pk not in (changed or {})],
        number__gt=F("rule__version"),
    )
    newest = {edition.rule_id: edition for edition in later.order_by("rule_id", "number")}
    found = []
    for each in rules:
        edition = newest.get(each.rule.pk)
        if edition is None:
            found.append(each)
            continue
        steps = (*steps_of(edition.steps), *(s for s in each.steps if s == WHEN_EXPIRED))
        found.append(replace(each, last=edition.from_day - timedelta(days=1)))
        found.append(replace(each, steps=steps, first=edition.from_day))
    return found


def with_former(rules: Iterable[InForce], first: date) -> list[InForce]:
    """The rules, and before the day of a version that has taken over since `first`, the one it
    took over from: what an outage kept back then is still that one's. At most one query."""
    rules = list(rules)
    changed = {
        each.rule.pk: each
        for each in rules
        if each.rule.in_force_from is not None and each.rule.in_force_from > first
    }
    if not changed:
        return rules
    earlier = RuleEdition.objects.filter(rule__in=changed, number__lt=F("rule__version"))
    taken_over = {pk: each.rule.in_force_from for pk, each in changed.items()}
    for edition in earlier.order_by("rule_id", "-number"):
        of, end = changed[edition.rule_id], taken_over[edition.rule_id]
        if end is not None and edition.from_day < end:
            steps = (*steps_of(edition.steps), *(s for s in of.steps if s == WHEN_EXPIRED))
            last = end - timedelta(days=1)
            rules.append(replace(of, steps=steps, first=edition.from_day, last=last))
            taken_over[edition.rule_id] = edition.from_day
    return rules


def spans_of(
    rules: Iterable[InForce], first: Callable[[InForce], date], last: date
) -> dict[Span, list[int]]:
    """The due days to look for, each with the rules (primary keys) that have a step for them."""
    found: dict[Span, list[int]] = defaultdict(list)
    for each in rules:
        for span in each.spans(first(each), last):
            found[span].append(each.rule.pk)
    return dict(found)
