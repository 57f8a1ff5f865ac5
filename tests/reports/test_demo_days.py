"""The demo on odd days and at other sizes: it can always be built."""

from datetime import UTC, date, datetime

import pytest

from actors.models import User
from cohorts.models import Deltakelse, DeltakendeUnit
from reports.demo.world import USUAL_DAY, day_of_the_demo
from reports.queries.tasks import tasks_of
from tests.factories.demo import FRIDAY, build_small

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
]


@pytest.mark.parametrize(
    "today",
    [
        date(2026, 11, 22),  # a Sunday
        date(2026, 5, 17),  # a Sunday and a holiday
        date(2026, 7, 15),  # in the pause
        date(2026, 9, 1),  # before the fagsamlinger
        date(2025, 5, 2),  # before the first semester
        date(2027, 6, 30),  # at the end
    ],
)
def test_it_can_be_built_on_any_day(today):
    build_small(today)

    assert Deltakelse.objects.filter(pulje__number=9).count() == 3
    user = User.objects.get(email="rektor@lmp.example")
    rektor = user.act_as(user.roles.get(), today)
    tasks = tasks_of(rektor, datetime(today.year, today.month, today.day, 8, tzinfo=UTC))
    assert all(task.title for task in tasks)


def test_scale_2_doubles_the_kommuner():
    build_small(FRIDAY, scale=2)

    units = DeltakendeUnit.objects.filter(deltakelse__pulje__number=9)
    assert Deltakelse.objects.filter(pulje__number=9).count() == 6
    assert units.count() == 20
    assert units.values("unit__name").distinct().count() == 20


@pytest.mark.parametrize(
    ("today", "shown"),
    [
        (date(2025, 4, 23), USUAL_DAY),
        (date(2025, 4, 24), date(2025, 4, 24)),
        (date(2027, 7, 31), date(2027, 7, 31)),
        (date(2027, 8, 1), USUAL_DAY),
    ],
)
def test_a_day_outside_pulje_9_shows_a_usual_day(today, shown):
    assert day_of_the_demo(today) == shown
