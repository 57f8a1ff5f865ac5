"""Which rule a page is about, who may be there, and what a version says in words."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.access import can_see_sending, can_steer_sending
from cohorts.access.deltakelse import is_open_to_change
from cohorts.actions.rule_edition import latest_edition
from cohorts.models import DeadlineRule, Pulje, RuleEdition
from cohorts.programme.definition import Programme
from cohorts.queries.programme import programme_of
from cohorts.rules.offices import receivers_of
from cohorts.rules.rule_edition import RuleContent, content_of
from lmp.lib.workdays import Calendar
from meetings.rules.rule_words import steps_in_words


@dataclass(frozen=True)
class RulePlace:
    """A rule with what its pages ask of it. `latest` is the last version, None when the rule says
    what it has said since the pulje was opened; `waits` when it is not in force yet."""

    rule: DeadlineRule
    pulje: Pulje
    programme: Programme
    latest: RuleEdition | None
    may_change: bool
    today: date

    @property
    def content(self) -> RuleContent:
        """What the last version says; a change begins from it."""
        return content_of(self.latest or self.rule)

    @property
    def number(self) -> int:
        """The number of the last version."""
        return self.latest.number if self.latest else self.rule.version

    @property
    def waits(self) -> bool:
        return self.number > self.rule.version

    @property
    def has_own_letter(self) -> bool:
        """Whether what is sent is a letter with words of its own: an invitation, sent again."""
        return self.rule.anchor == "invitation_sent"

    @property
    def from_day(self) -> date:
        """The next working day: no new rule in the middle of a day that has been sent."""
        return Calendar().shift(self.today + timedelta(days=1), "next")

    @property
    def receivers(self) -> list[tuple[str, str]]:
        """Who a reminder may go to, as choices."""
        return receivers_of(self.rule.owed_by, self.programme)

    def in_words(self, content: RuleContent) -> list[str]:
        """The reminders of a version, each in words."""
        return steps_in_words(content.steps, self.rule.unit, dict(self.receivers))


def refuse_others(request: HttpRequest) -> None:
    """Raise PermissionDenied with the reason for who does not oversee the sending."""
    if not can_see_sending(request.user):
        raise PermissionDenied(
            _("Bare Utdanningsdirektoratet og koordinatoren ser reglene for påminnelser.")
        )


def refuse_readers(request: HttpRequest, place: RulePlace) -> None:
    """Raise PermissionDenied with the reason for who may read the rule, but not change it now."""
    if not is_open_to_change(place.pulje):
        raise PermissionDenied(_("Pulja er avsluttet. Alt kan leses, men ikke endres."))
    if not place.may_change:
        raise PermissionDenied(
            _("Koordinatoren kan lese reglene. Det er Utdanningsdirektoratet som endrer dem.")
        )


def rule_place(request: HttpRequest, rule_id: int) -> RulePlace:
    """The rule of an address: 404 outside the puljer the person sees, 403 for other offices."""
    puljer = Pulje.objects.visible_to(request.user)
    rules = DeadlineRule.objects.select_related("pulje").filter(pulje__in=puljer)
    rule = get_object_or_404(rules, pk=rule_id)
    refuse_others(request)
    pulje = rule.pulje
    return RulePlace(
        rule=rule,
        pulje=pulje,
        programme=programme_of(pulje),
        latest=latest_edition(rule),
        may_change=can_steer_sending(request.user) and is_open_to_change(pulje),
        today=timezone.localdate(),
    )
