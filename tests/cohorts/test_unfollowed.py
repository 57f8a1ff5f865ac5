"""Where no veileder follows: deltakelser and units, and from which day."""

from datetime import UTC, date, datetime

import pytest

from actors.models import Role
from cohorts.actions.opptak import start_pulje
from cohorts.actions.veilederoppdrag import assign_veileder
from cohorts.queries.unfollowed import unfollowed
from tests.factories.cohorts import (
    OPENED,
    STARTED,
    make_deltakelse,
    make_deltakende_unit,
    make_pulje,
    make_veileder_pair,
)
from tests.factories.people import make_role

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
LAST, NEXT = date(2026, 10, 30), date(2026, 10, 31)
THIRD = date(2026, 8, 1)  # the first day of the third semester


def follows(deltakelse, unit=None, first=STARTED, last=None):
    return assign_veileder(
        deltakelse=deltakelse,
        unit=unit,
        veileder=make_role("veileder").user,
        function="lead",
        valid_from=first,
        valid_to=last,
        by=None,
        now=OPENED,
    )


def found(pulje, on=ON) -> list[tuple]:
    return [(each.deltakelse_id, each.unit_id, each.since) for each in unfollowed(pulje, on)]


def test_followed_as_a_whole_or_unit_by_unit():
    deltakelse = make_deltakelse()
    other = make_deltakelse(deltakelse.pulje)
    make_veileder_pair(deltakelse)
    for unit in other.units.all():
        follows(other, unit)

    assert found(deltakelse.pulje) == []


def test_the_first_day_is_the_one_after_the_last_who_left():
    deltakelse = make_deltakelse()
    follows(deltakelse, last=date(2026, 9, 1))
    follows(deltakelse, deltakelse.units.first(), last=LAST)

    assert found(deltakelse.pulje) == [(deltakelse.pk, None, NEXT)]
    assert found(deltakelse.pulje, LAST) == [
        (deltakelse.pk, deltakelse.units.last().pk, date(2026, 9, 2))
    ]


def test_a_unit_that_has_left_is_not_one_that_is_followed():
    deltakelse = make_deltakelse(units=1)
    unit = deltakelse.units.get()
    follows(deltakelse, unit)
    unit.status = "withdrawn"
    unit.save()

    assert found(deltakelse.pulje) == [(deltakelse.pk, None, STARTED)]


def test_a_deltakelse_that_has_left_needs_nobody():
    deltakelse = make_deltakelse()
    deltakelse.status = "withdrawn"
    deltakelse.save()

    assert found(deltakelse.pulje) == []


def test_an_assignment_ends_with_the_role():
    deltakelse = make_deltakelse()
    oppdrag = follows(deltakelse)
    Role.objects.filter(user=oppdrag.veileder).update(valid_to=LAST)

    assert found(deltakelse.pulje) == [(deltakelse.pk, None, NEXT)]


def test_never_followed_is_empty_from_the_first_day_of_the_start_up():
    deltakelse = make_deltakelse()

    assert found(deltakelse.pulje) == [(deltakelse.pk, None, STARTED)]
    assert found(deltakelse.pulje, date(2025, 4, 23)) == []


def test_never_followed_in_a_pulje_that_ran_later_or_that_came_later():
    pulje = make_pulje(status="recruiting")
    first = make_deltakelse(pulje)
    start_pulje(pulje=pulje, by=None, now=datetime(2025, 6, 2, 9, tzinfo=UTC))
    later = make_deltakelse(pulje, now=NOW)

    assert found(pulje) == [(first.pk, None, date(2025, 6, 2)), (later.pk, None, ON)]


def test_a_unit_that_comes_later_while_another_has_its_own():
    deltakelse = make_deltakelse(units=1)
    follows(deltakelse, deltakelse.units.get())
    added = make_deltakende_unit(deltakelse, now=NOW)
    third = make_deltakende_unit(deltakelse, first_semester=3)
    make_deltakende_unit(deltakelse, first_semester=4)

    assert found(deltakelse.pulje) == [
        (deltakelse.pk, added.pk, ON),
        (deltakelse.pk, third.pk, THIRD),
    ]


def test_more_participants_take_no_more_queries(django_assert_num_queries):
    deltakelse = make_deltakelse()
    make_veileder_pair(deltakelse)
    for _ in range(3):
        follows(make_deltakelse(deltakelse.pulje), last=LAST)

    with django_assert_num_queries(6):
        assert len(found(deltakelse.pulje)) == 3
