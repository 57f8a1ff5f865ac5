"""What is owed because a seat became empty: that somebody takes it (domain 3.7, 3.20).

Seats in groups, and the place of a veileder. The duty to make the groups is the start-up's;
somebody who leaves later is a duty of its own, of the responsible, or, when that very office is
empty, of the next one in the chain of the rule.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from actors.rules.roles import RoleKind
from cohorts.models import Activity, DeadlineRule, Pulje, PuljeStatus
from cohorts.programme.definition import Programme
from cohorts.queries.programme import programme_of
from cohorts.queries.unfollowed import unfollowed
from cohorts.queries.vacancies import Vacancy, vacancies
from meetings.actions.obligation.fulfilment import IsMet
from meetings.actions.obligation.store import store_obligations
from meetings.actions.recipients import Place, office_holders
from meetings.models import Obligation
from meetings.queries.obligation import ObligationQuerySet
from meetings.rules.obligation import Owed, actors_owing, due_day

ANCHOR = "seat_empty"
Where = tuple[int | None, int | None]


class Sort(NamedTuple):
    """A sort of seats: how the empty ones of a pulje are found on a local day.

    `start` meets the start-up's duty to fill them the first time, where there is one. With `whole`
    what lacks somebody in a deltakelse is lacking at each of its units, and is owed once.
    """

    find: Callable[[Pulje, date], list[Vacancy]]
    start: str = ""
    whole: bool = False

    def lacking(self, empty: set[Where]) -> Callable[[Where], bool]:
        """A test for places that lack somebody, where those in `empty` are owed."""
        return lambda place: place in empty or (self.whole and (place[0], None) in empty)


# By what meets their rule.
SORTS = {"seat": Sort(vacancies, start="group"), "veileder": Sort(unfollowed, whole=True)}


@transaction.atomic
def sync_empty_seats(*, pulje: Pulje, now: datetime) -> None:
    """Bring what is owed because of empty seats up to date; nothing in a pulje that is not running.

    For each rule at most sixteen queries, and a few for each group with an empty seat.
    """
    if pulje.status != PuljeStatus.RUNNING:
        return
    rules = DeadlineRule.objects.filter(pulje=pulje, anchor=ANCHOR, met_by__in=SORTS)
    for rule in rules.select_related("pulje"):
        _sync(rule, SORTS[rule.met_by], now)


def _sync(rule: DeadlineRule, sort: Sort, now: datetime) -> None:
    on = timezone.localdate(now)
    activities = _activities(rule)
    scopes = {each.scope for each in activities}
    found = [each for each in sort.find(rule.pulje, on) if _scope(each) in scopes]
    missing = _later_than_the_start(found, rule, sort)
    owing = _owing(missing, rule, activities, on)
    lacks = sort.lacking({each.place for each in missing})
    for activity in activities:
        stored = Obligation.objects.filter(rule=rule, unit__isnull=activity.scope != "unit")
        empty = [each for each in missing if _scope(each) == activity.scope]
        wanted = [_emptied(rule, activity, each, owing[each]) for each in empty]
        keys = {each.key for each in wanted}
        wanted += _filled(rule, activity, stored, lacks)
        store_obligations(wanted, stored, activity.semester, _not_among(keys), now)


def still_lacking(met_by: str, pulje: Pulje, on: date) -> Callable[[Where], bool]:
    """A test for the places, (deltakelse, unit or None), that lack somebody on the local day."""
    sort = SORTS[met_by]
    return sort.lacking({each.place for each in sort.find(pulje, on)})


def _scope(each: Vacancy) -> str:
    return "deltakelse" if each.unit_id is None else "unit"


def _not_among(keys: set[str]) -> IsMet:
    return lambda owed: owed.key not in keys


def _activities(rule: DeadlineRule) -> list[Activity]:
    """The making of the groups: one activity for units, one for deltakelser."""
    named = Activity.objects.filter(semester__pulje=rule.pulje_id, key__in=rule.activities)
    by_scope = {each.scope: each for each in named.select_related("semester").order_by("-semester")}
    return list(by_scope.values())


def _later_than_the_start(found: list[Vacancy], rule: DeadlineRule, sort: Sort) -> list[Vacancy]:
    """Without the places that still owe the making of their group: one duty is enough."""
    if not sort.start:
        return found
    making = Obligation.objects.open().filter(pulje=rule.pulje_id, rule__met_by=sort.start)
    owed: set[Where] = set(making.values_list("deltakelse", "unit"))
    return [each for each in found if each.place not in owed]


def _owing(
    missing: Iterable[Vacancy], rule: DeadlineRule, activities: Iterable[Activity], on: date
) -> dict[Vacancy, tuple[str, str]]:
    """The actor that is to fill each place, and its access role: the first whose office is held."""
    programme = programme_of(rule.pulje)
    by_scope = {each.scope: _chain(rule, each, programme) for each in activities}
    chains = {each: by_scope[_scope(each)] for each in missing}
    places = {
        (each, office): Place(office, *each.place)
        for each, chain in chains.items()
        for _actor, office in chain
    }
    held = office_holders(places.values(), on)
    return {
        each: next((one for one in chain if held[places[each, one[1]]]), chain[0])
        for each, chain in chains.items()
    }


def _chain(
    rule: DeadlineRule, activity: Activity, programme: Programme
) -> list[tuple[str, RoleKind]]:
    """(actor, access role) of who owes it, and of those who are told that it is missing."""
    asked = activity.options.get("asked", [])
    actors = actors_owing(rule.owed_by, activity.responsible, asked)
    actors += [step["to"] for step in rule.steps if step["to"]]
    offices = {actor: programme.actor(actor).role for actor in dict.fromkeys(actors)}
    return [(actor, RoleKind(office)) for actor, office in offices.items() if office]


def _emptied(rule: DeadlineRule, activity: Activity, each: Vacancy, owing: tuple[str, str]) -> Owed:
    calendar = programme_of(rule.pulje).calendar_rules.calendar
    due = due_day(each.since, rule.offset, rule.unit, rule.shift, calendar)
    return _owed(rule, activity, each.place, owing, due)


def _filled(
    rule: DeadlineRule,
    activity: Activity,
    stored: ObligationQuerySet,
    lacks: Callable[[Where], bool],
) -> list[Owed]:
    """What was owed until now at places that take part and lack nobody; else it falls away."""
    open_ones = stored.open().filter(deltakelse__status="active")
    if activity.scope == "unit":
        open_ones = open_ones.filter(unit__status="active")
    return [
        _owed(rule, activity, place, (row.owed_by, row.office), row.due)
        for row in open_ones
        if not lacks(place := (row.deltakelse_id, row.unit_id))
    ]


def _owed(
    rule: DeadlineRule, activity: Activity, place: Where, owing: tuple[str, str], due: date
) -> Owed:
    deltakelse, unit = place
    actor, office = owing
    return Owed(
        rule_id=rule.pk,
        activity_id=activity.pk,
        actor=actor,
        office=office,
        due=due,
        deltakelse_id=deltakelse,
        unit_id=unit,
        semester_id=activity.semester_id,
    )
