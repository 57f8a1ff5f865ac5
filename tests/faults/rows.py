"""People who are told something, and schools that owe something the scan reminds them of."""

from collections.abc import Iterable
from datetime import date

from django.db import connection
from django.db.utils import DatabaseError, InterfaceError

from actors.actions.messages import NoticeText, notify
from actors.models import Role, Unit, User
from cohorts.models import DeltakendeUnit
from meetings.models import Obligation
from tests.factories.cohorts import activity_of
from tests.factories.meetings import make_scene
from tests.factories.people import ROLE_FROM
from tests.factories.register import SkoleFactory
from tests.faults import clock

RULE = "plangjennomgang"
TEXT = NoticeText(
    title_bm="Veiledningsgrunnlag",
    title_nn="Rettleiingsgrunnlag",
    body_bm="Veilederne venter på det.",
    body_nn="Rettleiarane ventar på det.",
    action_bm="Skriv grunnlaget",
    action_nn="Skriv grunnlaget",
)


def make_people(number: int) -> list[User]:
    people = [
        User(email=f"mottaker{n}@lmp.example", name=f"Kari Testvik {n}", language="nb")
        for n in range(number)
    ]
    return User.objects.bulk_create(people)


def tell(people: Iterable[User], thing: str, *, urgent: bool = False) -> int:
    return notify(
        recipients=people,
        kind="proeve",
        subject=thing,
        occasion="once",
        text=TEXT,
        url="/varsler/",
        now=clock.now(),
        urgent=urgent,
    )


def told(people: Iterable[User], thing: str) -> bool:
    """Whether they were told; PostgreSQL may be away."""
    try:
        tell(people, thing)
    except (DatabaseError, InterfaceError):
        connection.close()
        return False
    return True


def make_duties(days: list[date]) -> None:
    """Let a new school with a leader of its own owe something on each of the days (due days).

    They are reminded five working days before, and of nothing else.
    """
    scene = make_scene()
    scene.pulje.deadline_rules.update(steps=[])
    rule = scene.pulje.deadline_rules.get(key=RULE)
    rule.steps, rule.unit = [{"offset": -5, "to": "", "urgent": False}], "workdays"
    rule.save()
    activity = activity_of(scene.pulje, rule.activities[0], semester=3)
    owner = scene.deltakelse.owner
    schools = SkoleFactory.build_batch(len(days), owner=owner, kommune=scene.skole.unit.kommune)
    schools = Unit.objects.bulk_create(schools)
    units = DeltakendeUnit.objects.bulk_create(
        DeltakendeUnit(deltakelse=scene.deltakelse, unit=school) for school in schools
    )
    people = make_people(len(days))
    Role.objects.bulk_create(
        Role(user=person, kind="leder", unit=school, valid_from=ROLE_FROM)
        for person, school in zip(people, schools, strict=True)
    )
    Obligation.objects.bulk_create(
        Obligation(
            key=f"fault-{unit.pk}",
            pulje=scene.pulje,
            semester=activity.semester,
            activity=activity,
            rule=rule,
            deltakelse=scene.deltakelse,
            unit=unit,
            owed_by="leder",
            office="leder",
            due=due,
            created_at=clock.now(),
        )
        for unit, due in zip(units, days, strict=True)
    )
