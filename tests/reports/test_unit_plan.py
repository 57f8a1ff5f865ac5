"""What the page of a unit says of its plan, by role."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories.meetings import make_scene
from tests.factories.own_work import PLAN_SECRET, make_maal, make_plan, make_tiltak
from tests.factories.people import make_role, sign_in
from tests.factories.register import BarnehageFactory, OwnerFactory

pytestmark = pytest.mark.django_db

WORDS = "Gjennomgått 11. juni."


@pytest.fixture
def scene():
    return make_scene()


def unit_page(client, role, unit):
    sign_in(client, role)
    body = client.get(reverse("reports:unit_detail", args=[unit.unit_id])).content.decode()
    assert PLAN_SECRET not in body
    return body, reverse("meetings:plan_detail", args=[unit.pk]) in body


@pytest.mark.parametrize("office", ["leder", "veileder", "eier", "ppt", "koordinator"])
def test_readers_find_the_plan_and_when_it_was_reviewed(client, scene, office):
    make_tiltak(make_maal(make_plan(scene, reviewed_on=date(2026, 6, 11))))

    body, has_link = unit_page(client, getattr(scene, office), scene.skole)

    assert WORDS in body
    assert has_link


def test_the_statsforvalter_sees_the_day_alone(client, scene):
    make_plan(scene, reviewed_on=date(2026, 6, 11))

    body, has_link = unit_page(client, scene.statsforvalter, scene.skole)

    assert WORDS in body
    assert not has_link


def test_udir_sees_sums_only(client, scene):
    make_plan(scene, reviewed_on=date(2026, 6, 11))

    body, has_link = unit_page(client, scene.udir, scene.skole)

    assert WORDS not in body
    assert not has_link


def test_of_a_private_unit_kommune_and_barnehagemyndighet_see_the_day_alone(client, scene):
    unit = BarnehageFactory(
        owner=OwnerFactory(), kommune=scene.deltakelse.owner.kommune, ownership="privat"
    )
    private = scene.deltakelse.units.create(unit=unit)
    make_tiltak(make_maal(make_plan(scene, private, reviewed_on=date(2026, 6, 11))))

    for role in (scene.eier, make_role("barnehagemyndighet", unit.kommune)):
        body, has_link = unit_page(client, role, private)
        assert WORDS in body
        assert not has_link


def test_a_unit_without_a_plan(client, scene):
    body, has_link = unit_page(client, scene.leder, scene.skole)

    assert "Planen er ikke gjennomgått ennå." in body
    assert has_link
