"""The way from a unit's page to its own work.

Every test runs on Friday 20 November 2026, in the third semester of pulje 9.
"""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from tests.factories.meetings import make_scene
from tests.factories.people import make_role, sign_in

pytestmark = pytest.mark.django_db

READ = ("planer", "kartlegging", "mellomarbeid", "medvirkning")


@pytest.fixture
def scene():
    return make_scene()


def links(client, scene, role):
    sign_in(client, role)
    html = client.get(f"/enheter/{scene.skole.unit_id}/").content.decode()
    return [name for name in READ if f'href="/{name}/{scene.skole.pk}/"' in html]


@pytest.mark.parametrize("office", ["leder", "arbeidsgruppe", "veileder", "eier", "ppt"])
def test_readers_find_all_of_it(client, scene, office):
    assert links(client, scene, getattr(scene, office)) == list(READ)


@pytest.mark.parametrize("office", ["udir", "statsforvalter"])
def test_the_state_finds_whether_the_kartlegging_is_done(client, scene, office):
    assert links(client, scene, getattr(scene, office)) == ["kartlegging"]


def test_an_administrator_finds_none(client, scene):
    assert links(client, scene, make_role("admin")) == []


def test_the_state_is_not_told_more_than_that(client, scene):
    sign_in(client, scene.udir)

    response = client.get(f"/enheter/{scene.skole.unit_id}/")

    assertContains(response, "Om den er gjort, og når")
    assertNotContains(response, "Oppgavene mellom veiledningene")


@pytest.mark.parametrize(("office", "sees"), [("eier", True), ("udir", True), ("admin", False)])
def test_nobody_is_led_to_a_group_that_is_closed_to_them(client, scene, office, sees):
    sign_in(client, make_role("admin") if office == "admin" else getattr(scene, office))
    pages = {
        f"/enheter/{scene.skole.unit_id}/": scene.skole.arbeidsgruppe_id,
        f"/eiere/{scene.deltakelse.owner_id}/": scene.deltakelse.styringsgruppe_id,
    }

    for page, group in pages.items():
        html = client.get(page).content.decode()
        assert (f'href="/grupper/{group}/"' in html) is sees
        assert (client.get(f"/grupper/{group}/").status_code == 200) is sees
