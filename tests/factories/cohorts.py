"""Puljer with fictional participants.

pulje = make_pulje()                        # pulje 9 as packaged, opened, running
deltakelse = make_deltakelse(pulje)         # a fictional kommune with two units
lead, co = make_veileder_pair(deltakelse)   # two oppdrag; `.veileder` is the person
"""

from datetime import UTC, date, datetime
from functools import lru_cache

from actors.models import Owner, Unit, User
from cohorts.actions.deltakelse import add_deltakelse, add_unit
from cohorts.actions.groups import establish_arbeidsgruppe, establish_styringsgruppe
from cohorts.actions.pulje import open_pulje
from cohorts.actions.records import register_activity
from cohorts.actions.veilederoppdrag import assign_veileder
from cohorts.models import (
    Activity,
    ActivityRecord,
    Deltakelse,
    DeltakendeUnit,
    Pulje,
    Semester,
    Veilederoppdrag,
)
from cohorts.programme.definition import (
    Programme,
    PuljeCalendar,
    calendar_from_dict,
    calendar_path,
    load_calendar,
    load_programme,
    programme_path,
)
from tests.factories.copied import copied
from tests.factories.people import NOW, make_role
from tests.factories.register import BarnehageFactory, OwnerFactory, SkoleFactory

OPENED = datetime(2025, 4, 1, 7, 0, tzinfo=UTC)
STARTED = date(2025, 4, 24)  # the first day of pulje 9
DONE = date(2026, 11, 3)  # in the third semester


@lru_cache(maxsize=8)
def packaged_programme(name: str = "laeringsmiljoeprosjektet") -> Programme:
    """A programme that ships with the project, read once in a test run."""
    return load_programme(programme_path(name))


@lru_cache(maxsize=8)
def packaged_calendar(name: str = "pulje-9-kalender") -> PuljeCalendar:
    """A calendar that ships with the project, read once in a test run."""
    return load_calendar(calendar_path(name), packaged_programme())


def pulje_calendar(number: int, shift_years: int = 0) -> PuljeCalendar:
    """The packaged calendar under another number, `shift_years` later (or earlier)."""
    calendar = packaged_calendar()
    semesters = [
        {
            "number": each.number,
            "term": each.term,
            "year": each.year + shift_years,
            "start": _shifted(each.start, shift_years),
            "end": _shifted(each.end, shift_years),
            "term_end": _shifted(each.term_end, shift_years),
            "source": "ours",
        }
        for each in calendar.semesters
    ]
    name = {"bm": f"Pulje {number}", "nn": f"Pulje {number}"}
    data = {
        "schema": 1,
        "pulje": {
            "number": number,
            "programme": calendar.programme,
            "source": "ours",
            "name": name,
            "semester": semesters,
        },
    }
    return calendar_from_dict(data, packaged_programme())


def _shifted(day: date, years: int) -> str:
    return day.replace(year=day.year + years).isoformat()


@copied
def make_pulje(number: int = 9, status: str = "running", *, now: datetime = OPENED) -> Pulje:
    """Open a pulje of the packaged programme with the dates of pulje 9.

    Number 9 has its real national gatherings; another number has none.
    """
    calendar = packaged_calendar() if number == 9 else pulje_calendar(number)
    return open_pulje(
        programme=packaged_programme(), calendar=calendar, by=None, now=now, status=status
    )


@copied
def make_deltakelse(
    pulje: Pulje | None = None,
    owner: Owner | None = None,
    units: int = 2,
    *,
    groups: bool = False,
    now: datetime = OPENED,
) -> Deltakelse:
    """Let a fictional kommune take part with `units` new units: a skole, a barnehage, and so on.

    With `groups` the styringsgruppe and the arbeidsgrupper are made as well, without members.
    """
    owner = owner or OwnerFactory()
    deltakelse = add_deltakelse(pulje=pulje or make_pulje(), owner=owner, by=None, now=now)
    for number in range(units):
        make_deltakende_unit(deltakelse, kind=("skole", "barnehage")[number % 2], now=now)
    if groups:
        make_groups(deltakelse, now=now)
    return deltakelse


def make_deltakende_unit(
    deltakelse: Deltakelse | None = None,
    unit: Unit | None = None,
    *,
    kind: str = "skole",
    now: datetime = OPENED,
    **values,
) -> DeltakendeUnit:
    """Let one unit take part; a new public one of the owner when none is given."""
    deltakelse = deltakelse or make_deltakelse(units=0)
    if unit is None:
        factory = SkoleFactory if kind == "skole" else BarnehageFactory
        unit = factory(owner=deltakelse.owner)
    return add_unit(deltakelse=deltakelse, unit=unit, by=None, now=now, **values)


def make_groups(deltakelse: Deltakelse, *, now: datetime = OPENED) -> None:
    """Make the groups of the deltakelse and its units, without members."""
    establish_styringsgruppe(deltakelse=deltakelse, by=None, now=now)
    for unit in deltakelse.units.all():
        establish_arbeidsgruppe(unit=unit, by=None, now=now)


def make_veileder_pair(
    deltakelse: Deltakelse, *, valid_from: date = STARTED, now: datetime = OPENED
) -> tuple[Veilederoppdrag, Veilederoppdrag]:
    """Let two new veiledere follow the deltakelse; return the lead's oppdrag and the co's."""
    lead, co = (
        assign_veileder(
            deltakelse=deltakelse,
            veileder=make_role("veileder").user,
            function=function,
            valid_from=valid_from,
            by=None,
            now=now,
        )
        for function in ("lead", "co")
    )
    return lead, co


def semester_of(pulje: Pulje, number: int) -> Semester:
    """A semester of the pulje by its number."""
    return pulje.semesters.get(number=number)


def registered(unit, by: User, activity: Activity, **values) -> ActivityRecord:
    """The unit has done something of the programme, on `DONE` unless told; `at` is another unit."""
    return register_activity(
        activity=activity,
        deltakelse=unit.deltakelse,
        unit=values.pop("at", unit),
        done_on=values.pop("done_on", DONE),
        note=values.pop("note", "Elevrådet, to møter"),
        by=by,
        now=NOW,
    )


def activity_of(pulje: Pulje, key: str, semester: int = 1) -> Activity:
    """An activity of the pulje by its id in the programme's file."""
    return Activity.objects.get(semester__pulje=pulje, semester__number=semester, key=key)
