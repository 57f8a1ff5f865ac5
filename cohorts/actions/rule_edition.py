"""Versions of the reminders and words of a rule: a new one waits for its day, none is lost.

What a rule says now stands on the rule itself, where the scan reads it. A version that is taken
into use waits in `RuleEdition` until its day; the scan copies it into the rule before it looks for
what is due, so that a day is never sent half with the old words.
"""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.actions.events import record_event
from actors.models import User
from cohorts.models import DeadlineRule, PuljeStatus, RuleEdition
from cohorts.queries.programme import programme_of
from cohorts.rules.errors import NotPossible, StaleEdit, refuse_closed
from cohorts.rules.rule_edition import CONTENT, RuleContent, content_of, content_problems


@transaction.atomic
def take_into_use(
    *,
    rule: DeadlineRule,
    content: RuleContent,
    from_day: date,
    by: User,
    now: datetime,
    seen: int | None = None,
    restored: int | None = None,
) -> RuleEdition | None:
    """Make the next version of a rule, in force from the local day `from_day`; None when it says
    what the last one says.

    One that waits already is overtaken by this. `seen` is the version that the writer began from,
    `restored` the one that the content was fetched from. Raises ValidationError by column for an
    unknown placeholder or receiver, `StaleEdit` when another version was made after `seen`,
    `PuljeClosed`, and `NotPossible` for a day that has passed.
    """
    # Two who save at the same time must not both make version 4.
    rule = (
        DeadlineRule.objects.select_for_update(of=("self",)).select_related("pulje").get(pk=rule.pk)
    )
    refuse_closed(rule.pulje)
    today = timezone.localdate(now)
    if from_day < today:
        raise NotPossible(_("En regel kan ikke gjelde fra en dag som har vært."))
    _check(rule, content)
    latest = latest_edition(rule) or _keep_first(rule)
    # The same sent twice, or again from an old page, is no quarrel.
    if content_of(latest).columns() == content.columns():
        return None
    if seen is not None and seen != latest.number:
        raise StaleEdit(latest)
    edition = RuleEdition.objects.create(
        rule=rule,
        number=latest.number + 1,
        from_day=from_day,
        restored=restored,
        made_at=now,
        made_by=by,
        **content.columns(),
    )
    _record(edition, latest, by, now)
    if from_day <= today:
        _promote(edition)
    return edition


def restore(
    *,
    rule: DeadlineRule,
    number: int,
    from_day: date,
    by: User,
    now: datetime,
    seen: int | None = None,
) -> RuleEdition | None:
    """Make a new version that says what version `number` said; None when the last one says it.

    Nothing is taken away: version 3 brought back is version 5. Raises as `take_into_use`, and
    `NotPossible` when there is no such version.
    """
    edition = rule.editions.filter(number=number).first()
    if edition is None:
        raise NotPossible(_("Versjon %(number)s finnes ikke.") % {"number": number})
    return take_into_use(
        rule=rule,
        content=content_of(edition),
        from_day=from_day,
        by=by,
        now=now,
        seen=seen,
        restored=number,
    )


@transaction.atomic
def promote_due_editions(*, on: date) -> int:
    """Copy each waiting version whose day has come (`from_day` on or before the local day `on`)
    into its rule; return how many rules changed.

    Run first in a scan; running it again changes nothing. A closed pulje is left as it was.
    """
    due = RuleEdition.objects.filter(from_day__lte=on, number__gt=F("rule__version"))
    due = due.exclude(rule__pulje__status=PuljeStatus.CLOSED)
    last = {edition.rule_id: edition for edition in due.order_by("rule_id", "number")}
    for edition in last.values():
        _promote(edition)
    return len(last)


def latest_edition(rule: DeadlineRule) -> RuleEdition | None:
    """The last version that was made, in force or waiting; None when none was since the pulje was
    opened."""
    return rule.editions.order_by("-number").first()


def _promote(edition: RuleEdition) -> None:
    """Put a version into its rule; not over a later one that another worker put there first."""
    DeadlineRule.objects.filter(pk=edition.rule_id, version__lt=edition.number).update(
        version=edition.number,
        in_force_from=edition.from_day,
        **{name: getattr(edition, name) for name in CONTENT},
    )


def _keep_first(rule: DeadlineRule) -> RuleEdition:
    """Keep what the rule has said since the pulje was opened, so that one can go back to it."""
    opened = rule.pulje.opened_at
    return RuleEdition.objects.create(
        rule=rule,
        number=rule.version,
        from_day=rule.in_force_from or timezone.localdate(opened),
        made_at=opened,
        **content_of(rule).columns(),
    )


def _check(rule: DeadlineRule, content: RuleContent) -> None:
    programme = programme_of(rule.pulje)
    actors = [actor.id for actor in programme.actors if actor.role]
    problems = content_problems(content, programme.calendar_rules.placeholders, actors)
    if problems:
        raise ValidationError(problems)


def _record(edition: RuleEdition, former: RuleEdition, by: User, now: datetime) -> None:
    changed = [name for name in CONTENT if getattr(edition, name) != getattr(former, name)]
    record_event(
        by=by,
        verb="change-reminders",
        subject=f"pulje:{edition.rule.pulje_id}",
        now=now,
        deadline=edition.rule.key,
        version=edition.number,
        from_day=edition.from_day.isoformat(),
        restored=edition.restored,
        steps=[former.steps, edition.steps],
        changed=changed,
    )
