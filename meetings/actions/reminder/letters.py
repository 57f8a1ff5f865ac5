"""The letter of an invitation, sent again before it runs out.

It goes to an address, not to a person with an account, so it is a mail of its own in the outbox:
one for each step, by its Message-ID. Only in working hours, because nobody asked for it.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import product

from django.utils import timezone

from actors.actions.invitation_letters import letter_key
from actors.actions.invitations import remind_invitee
from actors.actions.queue import message_id
from actors.models import Invitation, Mail, Pause, PauseScope
from meetings.actions.reminder.coming import Coming, Thing
from meetings.actions.reminder.in_force import InForce, rules_in_force, spans_of, with_former
from meetings.actions.reminder.invitations import Invitations
from meetings.rules.reminder import Period, Sending, sending_day, sendings, window_start

FIRST_HOUR, LAST_HOUR = 7, 17  # Europe/Oslo
PAGE = 500


def send_letters(*, now: datetime) -> int:
    """Send again what is due at `now` (aware); return how many letters."""
    return sum(
        remind_invitee(
            invitation=each.about, occasion=each.step.occasion(_last_day(each.about)), now=now
        )
        for each in letters_due(now)
        if isinstance(each.about, Invitation)
    )


def letters_due(now: datetime) -> list[Coming]:
    """The letters that a scan at `now` would send: those not sent, in working hours.

    What a pause holds is found again when it has ended, if that is not too late.
    """
    today, hour = timezone.localdate(now), timezone.localtime(now).hour
    if not FIRST_HOUR <= hour < LAST_HOUR:
        return []
    own = rules_in_force(anchor="invitation_sent")
    rules = [each for each in own if each.calendar.is_workday(today)]
    if not rules:
        return []
    first = min(window_start(today, each.calendar) for each in rules)
    found = letters_between(with_former(rules, first), first, today, latest=True)
    keys = {
        _message_id(each.about, each): each
        for each in found
        if isinstance(each.about, Invitation) and each.about.expires_at > now
    }
    sent = set(Mail.objects.filter(message_id__in=keys).values_list("message_id", flat=True))
    pauses = list(Pause.objects.on(now)) if keys else []
    left = [each for key, each in keys.items() if key not in sent]
    return [each for each in left if not any(_is_held(each, pause) for pause in pauses)]


def _is_held(each: Coming, pause: Pause) -> bool:
    """Whether a pause holds a letter, as it holds notices (`actors.queries.pauses`)."""
    invitation = each.about
    if pause.scope == PauseScope.RULE:
        return pause.rule == each.rule.pk
    if pause.scope != PauseScope.PLACE or not isinstance(invitation, Invitation):
        return True
    if pause.unit_id is not None:
        return pause.unit_id == invitation.unit_id
    of_unit = invitation.unit.owner_id if invitation.unit else None
    return pause.owner_id in (invitation.owner_id, of_unit)


def letters_between(
    rules: Iterable[InForce], first: date, last: date, *, latest: bool = False
) -> list[Coming]:
    """The letters of the local days from `first` to `last`; of each invitation only the `latest`
    when it is asked for. Two queries."""
    source = Invitations()
    own = [each for each in rules if source.concerns(each)]
    spans = spans_of(own, lambda _each: first, last)
    due: list[tuple[Thing, InForce, Sending]] = []
    for things in source.pages(own, spans, last, PAGE):
        for thing, of in product(things, own):
            if of.rule.pk == thing.rule:
                found = _latest if latest else _all
                due += [(thing, of, each) for each in found(thing, of, first, last)]
    if not due:
        return []
    about = source.load({thing.pk for thing, _of, _each in due})
    return [
        Coming(each.day, of.rule, each.step, about[thing.pk].kind, about[thing.pk])
        for thing, of, each in due
        if not each.step.to and of.holds(each.day) and each.day > thing.born
    ]


def _all(thing: Thing, of: InForce, first: date, last: date) -> Iterator[Sending]:
    for step in of.steps:
        day = sending_day(thing.due, step.offset, of.rule.unit, of.calendar)
        if first <= day <= last:
            yield Sending(day, step)


def _latest(thing: Thing, of: InForce, first: date, last: date) -> list[Sending]:
    period = Period(first, last)
    return sendings(of.steps, thing.due, of.rule.unit, of.calendar, period, thing.born)


def _last_day(invitation: Invitation) -> date:
    return timezone.localdate(invitation.expires_at)


def _message_id(invitation: Invitation, each: Coming) -> str:
    return message_id(letter_key(invitation, each.step.occasion(_last_day(invitation))))
