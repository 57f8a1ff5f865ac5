"""Deltakelser and units that no veileder follows, in all of a pulje at once."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone

from actors.models import Event, Role
from actors.rules.roles import RoleKind
from cohorts.models import Deltakelse, DeltakendeUnit, Pulje, Veilederoppdrag
from cohorts.queries.vacancies import Place, Vacancy

NEVER, FOR_GOOD = date.min, date.max


def unfollowed(pulje: Pulje, on: date) -> list[Vacancy]:
    """Where no veileder follows on the local day `on`, nor is set up to follow later.

    A deltakelse that nobody follows, as a whole or at a unit, is one vacancy, and not one more for
    each unit. What never had a veileder is empty from the day it came into the running pulje. Six
    queries.
    """
    joined = _joined(pulje)
    until = _last_days(joined)
    empty = {place for place, last in until.items() if last < on}
    found = [
        Vacancy(*place, max(joined[place], until[place] + timedelta(days=1)))
        for place in joined
        if place in empty and (place[1] is None or (place[0], None) not in empty)
    ]
    return [each for each in found if each.since <= on]


def _joined(pulje: Pulje) -> dict[Place, date]:
    """The deltakelser and units that take part, each with its first local day in the running pulje.

    When the pulje was started, and when a unit was added, stand in the record of events.
    """
    starts = dict(pulje.semesters.values_list("number", "start"))
    deltakelser = Deltakelse.objects.filter(pulje=pulje).active()
    created = dict(deltakelser.values_list("pk", "created_at"))
    units = DeltakendeUnit.objects.active().filter(deltakelse__in=created)
    subjects = [f"pulje:{pulje.pk}", *(f"deltakelse:{pk}" for pk in created)]
    events = Event.objects.filter(subject__in=subjects, verb__in=("start-pulje", "add-unit"))
    seen = {
        (subject, data.get("unit")): timezone.localdate(at)
        for subject, data, at in events.order_by("at").values_list("subject", "data", "at")
    }
    first = max(starts.get(0, NEVER), seen.get((f"pulje:{pulje.pk}", None), NEVER))
    joined: dict[Place, date] = {
        (pk, None): max(first, timezone.localdate(at)) for pk, at in created.items()
    }
    for pk, deltakelse, unit, number in units.values_list(
        "pk", "deltakelse", "unit", "first_semester"
    ):
        added = seen.get((f"deltakelse:{deltakelse}", unit), NEVER)
        joined[deltakelse, pk] = max(joined[deltakelse, None], starts.get(number, NEVER), added)
    return joined


def _last_days(places: Iterable[Place]) -> dict[Place, date]:
    """By place the last local day on which a veileder follows it.

    Who follows the deltakelse follows its units; who follows a unit is there for the deltakelse.
    """
    until = dict.fromkeys(places, NEVER)
    of_deltakelse: dict[int, list[Place]] = defaultdict(list)
    for place in until:
        of_deltakelse[place[0]].append(place)
    oppdrag = Veilederoppdrag.objects.filter(deltakelse__in=of_deltakelse).order_by()
    rows = list(oppdrag.values_list("deltakelse", "unit", "veileder", "valid_to"))
    held = _held_until({veileder for _deltakelse, _unit, veileder, _to in rows})
    for deltakelse, unit, veileder, valid_to in rows:
        last = min(valid_to or FOR_GOOD, held.get(veileder, NEVER))
        followed = of_deltakelse[deltakelse]
        if unit is not None:
            # A unit that has left counts for nothing.
            own = (deltakelse, unit)
            followed = [(deltakelse, None), own] if own in until else []
        for place in followed:
            until[place] = max(until[place], last)
    return until


def _held_until(people: Iterable[int]) -> dict[int, date]:
    """By person the last day as veileder: an assignment ends with the role, whatever it says."""
    roles = Role.objects.of_kind(RoleKind.VEILEDER).filter(user__in=people).order_by()
    held: dict[int, date] = {}
    for user, valid_to in roles.values_list("user", "valid_to"):
        held[user] = max(valid_to or FOR_GOOD, held.get(user, NEVER))
    return held
