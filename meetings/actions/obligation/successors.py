"""Time for somebody who takes over an office, and the papers with it (domain 8, case 22)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from actors.actions.events import record_event
from actors.models import Role
from actors.rules.roles import SCOPE_OF_KIND
from cohorts.models import Pulje, PuljeStatus
from cohorts.queries.programme import programme_of
from meetings.actions.notices import subject_of
from meetings.actions.recipients import Place, office_holders
from meetings.models import Obligation
from meetings.rules.successor import extended_due, took_over_on


@transaction.atomic
def extend_for_successors(*, pulje: Pulje, now: datetime) -> int:
    """Move what is owed after meetings for those who have taken over since; return how many.

    The duty belongs to the office. Nobody who was there gets longer, nor an office nobody holds,
    and the same person gets it once. At most eleven queries when nothing is moved.
    """
    if pulje.status != PuljeStatus.RUNNING:
        return 0
    today = timezone.localdate(now)
    owed = Obligation.objects.open().filter(pulje=pulje, rule__successor__gt=0)
    held = owed.filter(meeting__end__lte=now).select_related("rule", "meeting")
    duties = list(held.select_for_update(of=("self",)).order_by("pk"))
    places = {
        duty: Place(duty.office, duty.deltakelse_id, duty.unit_id)
        for duty in duties
        if SCOPE_OF_KIND[duty.office]
    }
    holders = office_holders(places.values(), today)
    former = _roles_of(role.user_id for roles in holders.values() for role in roles)
    calendar = programme_of(pulje).calendar_rules.calendar
    moved = 0
    for duty, place in places.items():
        since = {role.user_id: role.valid_from for role in holders[place]}
        then = {
            role.user_id for role in holders[place] if _was_there(role, former, duty.meeting.day)
        }
        start = took_over_on(since, then, duty.meeting.day)
        if start is not None:
            due = extended_due(duty.due, start, duty.rule.successor, calendar)
            moved += _extend(duty, due, now)
    return moved


def _roles_of(people: Iterable[int]) -> dict[int, list[Role]]:
    """The roles these people hold or have held; one query."""
    found: dict[int, list[Role]] = defaultdict(list)
    for role in Role.objects.filter(user__in=set(people)).order_by("pk"):
        found[role.user_id].append(role)
    return found


def _was_there(role: Role, former: dict[int, list[Role]], day: date) -> bool:
    """Whether the person held the same office on the local day, perhaps with a break since."""
    field = f"{SCOPE_OF_KIND[role.kind]}_id"
    return any(
        other.kind == role.kind
        and getattr(other, field) == getattr(role, field)
        and other.valid_from <= day <= (other.valid_to or day)
        for other in former[role.user_id]
    )


def _extend(duty: Obligation, due: date, now: datetime) -> bool:
    if due == duty.due:
        return False
    duty.due = duty.extended_to = due
    duty.save(update_fields=["due", "extended_to"])
    record_event(
        by=None,
        verb="extend_deadline",
        subject=subject_of(duty.meeting),
        now=now,
        due=due.isoformat(),
        office=duty.office,
    )
    return True
