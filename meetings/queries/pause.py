"""What a pause holds, in groups, and what can be paused."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from actors.models import Notice, NoticeCategory, NoticeStatus, Owner, Pause, Unit
from actors.queries.delivery import held_by
from actors.rules.bundles import is_too_late
from cohorts.models import DeadlineRule, DeltakendeUnit, PuljeStatus

STEP = re.compile(r"([+-]\d+)@")
Choices = list[tuple[str, list[tuple[str, str]]]]


@dataclass
class Held:
    """Notices of one kind and day that wait. `offset` is the step's, None for other notices.

    `gone` of them are no longer needed, `late` would come too late when the pause is over.
    """

    day: date
    rule: DeadlineRule | None
    offset: int | None
    notices: list[Notice] = field(default_factory=list)
    gone: int = 0
    late: int = 0

    @property
    def left(self) -> int:
        """How many are sent when the pause is over."""
        return len(self.notices) - self.gone - self.late


def waiting_for(pause: Pause) -> list[Notice]:
    """The notices that the pause holds, by when they should have left. One query."""
    return list(held_by(pause).select_related("recipient", "role").order_by("not_before", "pk"))


def held_in_groups(notices: Iterable[Notice], gone: Mapping[int, str], end: datetime) -> list[Held]:
    """The notices by day, rule and step, when the pause ends at `end` (aware). One query.

    `gone` are those that are not needed any more, by primary key.
    """
    notices = list(notices)
    rules = DeadlineRule.objects.in_bulk({each.rule for each in notices if each.rule})
    groups: dict[tuple, Held] = {}
    for notice in notices:
        day, step = timezone.localdate(notice.not_before), STEP.search(notice.occasion)
        rule = rules.get(notice.rule or 0)
        offset = int(step[1]) if step and rule else None
        key = (day, notice.rule or 0, offset or 0, "" if rule else notice.kind)
        group = groups.setdefault(key, Held(day, rule, offset))
        group.notices.append(notice)
        if notice.pk in gone:
            group.gone += 1
        elif is_too_late(notice, notice.not_before, end):
            group.late += 1
    return [group for _key, group in sorted(groups.items(), key=lambda pair: pair[0])]


def decisions_that_wait() -> int:
    """How many decisions and letters are about to leave. One query."""
    waiting = Notice.objects.filter(category=NoticeCategory.DECISION)
    return waiting.filter(status__in=(NoticeStatus.QUEUED, NoticeStatus.BUNDLED)).count()


def rules_to_pause() -> Choices:
    """The rules of puljer that are going on, as choices by pulje. One query."""
    going = (PuljeStatus.RUNNING, PuljeStatus.RECRUITING)
    rules = DeadlineRule.objects.filter(pulje__status__in=going).select_related("pulje")
    found: Choices = []
    for rule in sorted(rules, key=lambda rule: (rule.pulje.number, rule.title.lower())):
        if not found or found[-1][0] != str(rule.pulje):
            found.append((str(rule.pulje), []))
        found[-1][1].append((str(rule.pk), rule.title))
    return found


def places_to_pause() -> Choices:
    """The owners that take part in puljer that are going on, with their units. One query."""
    going = (PuljeStatus.RUNNING, PuljeStatus.RECRUITING)
    taking_part = DeltakendeUnit.objects.active().filter(deltakelse__pulje__status__in=going)
    found: dict[tuple[str, int], dict[str, str]] = {}
    for each in taking_part.select_related("unit", "deltakelse__owner"):
        owner: Owner = each.deltakelse.owner
        unit: Unit = each.unit
        places = found.setdefault((owner.name, owner.pk), {f"owner-{owner.pk}": owner.name})
        places[f"unit-{unit.pk}"] = unit.name
    return [(name, list(places.items())) for (name, _pk), places in sorted(found.items())]
