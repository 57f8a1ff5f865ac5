"""The three puljer, who takes part in them, their groups and their veiledere."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from actors.actions.groups import Seating
from actors.models import Unit
from cohorts.actions.deltakelse import add_deltakelse, add_unit
from cohorts.actions.groups import (
    establish_arbeidsgruppe,
    establish_styringsgruppe,
    explain_seat,
    seat_member,
)
from cohorts.actions.opptak import prepare_pulje
from cohorts.actions.pulje import open_pulje
from cohorts.actions.veilederoppdrag import assign_veileder, end_oppdrag
from cohorts.models import Deltakelse, DeltakendeUnit, Opptak, Pulje, Semester
from cohorts.programme.definition import (
    Programme,
    PuljeCalendar,
    calendar_from_dict,
    calendar_path,
    load_calendar,
    load_programme,
    programme_path,
)
from reports.demo.names import address_of
from reports.demo.people import person
from reports.demo.plan import BARNEHAGE, GRANLI, SOLFANGEREN
from reports.demo.world import Place, World, started

PROGRAMME, CALENDAR = "laeringsmiljoeprosjektet", "pulje-9-kalender"
TWO_YEARS = timedelta(weeks=104)  # so that a Wednesday stays one
SEATS_OF = {
    "skole": ("laerer", "miljoelaerer", "mellomleder", "sfo_leder"),
    "barnehage": ("pedagogisk_leder", "oevrig_ansatt"),
}
EMPTY_SHARE = 0.12  # of the wished-for seats nobody has taken


def open_all(world: World) -> tuple[Pulje, Pulje, Opptak]:
    """Open pulje 8 and 9 from the packaged programme, and prepare the opptak of pulje 10.

    8 and 10 have the calendar moved; the dates of the opptak are set when it is filled.
    """
    programme = load_programme(programme_path(PROGRAMME))
    ours = load_calendar(calendar_path(CALENDAR), programme)
    earlier = moved_calendar(ours, programme, 8, -2)
    later = moved_calendar(ours, programme, 10, 2)
    by, now = world.udir, started()
    before, running = (
        open_pulje(programme=programme, calendar=calendar, by=by, now=when)
        for calendar, when in ((earlier, now - TWO_YEARS), (ours, now))
    )
    opptak = prepare_pulje(
        programme=programme, calendar=later, by=by, now=min(world.now, now + TWO_YEARS)
    )
    return before, running, opptak


def moved_calendar(
    calendar: PuljeCalendar,
    programme: Programme,
    number: int,
    years: int,
    dates: dict[str, date] | None = None,
) -> PuljeCalendar:
    """The same calendar some years later (or earlier) under another number, days of week kept."""
    shift = TWO_YEARS * years // 2
    head = calendar.pulje
    first, last = head.semesters[0].year + years, head.semesters[-1].year + years
    name = f"Pulje {number} ({first}–{last})"
    return calendar_from_dict(
        {
            "schema": 1,
            "pulje": {
                "number": number,
                "programme": head.programme,
                "source": "ours",
                "name": {"bm": name, "nn": name},
                "semester": [_semester(each, years, shift) for each in head.semesters],
            },
            "event": [_event(each, shift) for each in calendar.events],
            "recruitment_date": [
                {"id": key, "date": day.isoformat()} for key, day in (dates or {}).items()
            ],
        },
        programme,
    )


def _semester(dates, years: int, shift: timedelta) -> dict[str, Any]:
    """The start-up begins with its gathering; the others on the first of August or January."""

    def moved(day: date) -> str:
        return day.replace(year=day.year + years).isoformat()

    start = (dates.start + shift).isoformat() if dates.number == 0 else moved(dates.start)
    return {
        "number": dates.number,
        "term": dates.term,
        "year": dates.year + years,
        "start": start,
        "end": moved(dates.end),
        "term_end": (dates.term_end + shift).isoformat(),
        "source": "ours",
    }


def _event(event, shift: timedelta) -> dict[str, Any]:
    return {
        "id": event.id,
        "activity": event.activity,
        "semester": event.semester,
        "start": (event.start + shift).isoformat(),
        "end": (event.end + shift).isoformat(),
        "form": event.form,
        "source": "ours",
        "title": {"bm": event.title.bm, "nn": event.title.nn},
    }


def take_part(world: World, pulje: Pulje, places: Iterable[Place]) -> list[Deltakelse]:
    """Let the kommuner take part with all their units, groups, people and veiledere."""
    first = pulje.semesters.get(number=0).start
    now = started() - (TWO_YEARS if pulje.number == 8 else timedelta())
    return [_one(world, pulje, place, first, now) for place in places]


def _one(world: World, pulje: Pulje, place: Place, first: date, now: datetime) -> Deltakelse:
    deltakelse = add_deltakelse(pulje=pulje, owner=place.owner, by=world.udir, now=now)
    eier = place.eier.user.act_as(place.eier, first)
    group = establish_styringsgruppe(deltakelse=deltakelse, by=eier, now=now)
    units = []
    for unit in place.units.values():
        sfo = unit.kind != BARNEHAGE and bool(unit.has_sfo)
        part = add_unit(
            deltakelse=deltakelse, unit=unit, sfo_takes_part=sfo, by=world.udir, now=now
        )
        establish_arbeidsgruppe(unit=part, by=eier, now=now)
        units.append(part)
        _fill_arbeidsgruppe(world, pulje, place, part, first, now)
    _fill_styringsgruppe(world, pulje, place, group, first, now)
    _assign(world, place, deltakelse, first, now)
    return deltakelse


def _fill_arbeidsgruppe(
    world: World, pulje: Pulje, place: Place, part: DeltakendeUnit, first: date, now: datetime
) -> None:
    """Seats of the unit's group: most of them filled by people who need no account."""
    unit = part.unit
    leader = place.leaders[unit.name]
    by = leader.user.act_as(leader, first)

    def sit(key: str, name: str, **who) -> None:
        seating = Seating(seat=key, name=name, valid_from=first, **who)
        seat_member(pulje=pulje, group=part.arbeidsgruppe, seating=seating, by=by, now=now)

    sit("leder", leader.user.name, user=leader.user)
    for each in SEATS_OF[unit.kind]:
        if each == "sfo_leder" and not unit.has_sfo:
            continue
        if unit.name != GRANLI and world.happens(EMPTY_SHARE):
            continue
        name = next(world.unseated)
        user = None
        if unit.name == GRANLI and each == "sfo_leder":
            user = person(world, name="Siri Foss")
            name = user.name
        sit(each, name, email=address_of(name), user=user)
    if unit.name == SOLFANGEREN:
        reason = "PPT avklarer hvem som kan følge barnehagen."
        explain_seat(
            pulje=pulje, group=part.arbeidsgruppe, seat="ppt", reason=reason, by=by, now=now
        )
    else:
        adviser = world.ppt[place.plan.ppt].user
        sit("ppt", adviser.name, user=adviser)


def _fill_styringsgruppe(
    world: World, pulje: Pulje, place: Place, group, first: date, now: datetime
) -> None:
    """The owner leads; leaders, PPT, veiledere and the embete sit there; one seat is explained."""
    by = place.eier.user.act_as(place.eier, first)

    def sit(key: str, user, **where) -> None:
        seating = Seating(seat=key, name=user.name, user=user, valid_from=first, **where)
        seat_member(pulje=pulje, group=group, seating=seating, by=by, now=now)

    sit("eier", place.eier.user)
    for user, unit in _first_unit_of_each(place):
        sit("enhetsledere", user, unit=unit)
    sit("ppt", world.ppt[place.plan.ppt].user)
    for role in world.pairs[place.plan.pair]:
        sit("veileder", role.user)
    sit("statsforvalter", world.embete_role(place.owner.kommune.fylke.statsforvalter).user)
    if place.plan.eier:
        reason = "Kommunen ansetter helsesykepleier i januar."
        explain_seat(pulje=pulje, group=group, seat="andre", reason=reason, by=by, now=now)
        reason = "Nøttestua SA får ny daglig leder og peker ut noen når hun har begynt."
        explain_seat(pulje=pulje, group=group, seat="private", reason=reason, by=by, now=now)


def _first_unit_of_each(place: Place) -> Iterable[tuple[Any, Unit]]:
    """Each leader once, with the first unit the person leads."""
    seen: dict[int, tuple[Any, Unit]] = {}
    for name, role in place.leaders.items():
        seen.setdefault(role.user_id, (role.user, place.units[name]))
    return seen.values()


def _assign(world: World, place: Place, deltakelse: Deltakelse, first: date, now: datetime) -> None:
    """The pair of veiledere; in one kommune the second was replaced after the first year."""
    lead, mate = world.pairs[place.plan.pair]
    common = {"deltakelse": deltakelse, "by": world.koordinator, "now": now}
    assign_veileder(veileder=lead.user, function="lead", valid_from=first, **common)
    oppdrag = assign_veileder(veileder=mate.user, function="co", valid_from=first, **common)
    change = deltakelse.pulje.semesters.get(number=2).start
    if place.plan.changes_veileder and change < world.today and world.successor:
        end_oppdrag(
            oppdrag=oppdrag, valid_to=change - timedelta(days=1), by=world.koordinator, now=now
        )
        assign_veileder(veileder=world.successor.user, function="co", valid_from=change, **common)


def current_semester(pulje: Pulje, today: date) -> Semester:
    """The semester that `today` lies in."""
    return pulje.semesters.on(today).get()
