"""Who opens and writes on the pages of the tasks between meetings.

Every test runs on Friday 20 November 2026, in the third semester of pulje 9.
"""

import pytest
from pytest_django.asserts import assertNotContains

from cohorts.actions.pulje import close_pulje
from tests.factories.meetings import NOW
from tests.factories.own_work import PLAN_SECRET, make_mellomarbeid
from tests.factories.people import acting_as, make_role, sign_in

pytestmark = pytest.mark.django_db


def page(scene):
    return f"/mellomarbeid/{scene.skole.pk}/"


@pytest.mark.parametrize(
    ("office", "status"),
    [
        ("leder", 200),
        ("arbeidsgruppe", 200),
        ("veileder", 200),
        ("eier", 200),
        ("ppt", 200),
        ("koordinator", 200),
        ("styrer", 404),
        ("statsforvalter", 404),
        ("udir", 403),
    ],
)
def test_who_reads_the_tasks(client, scene, office, status):
    task = make_mellomarbeid(scene, experience=PLAN_SECRET)
    sign_in(client, getattr(scene, office))

    response = client.get(page(scene))

    assert response.status_code == status
    if status != 200:
        assertNotContains(response, "Hemmelig", status_code=status)
    edits = 200 if office in ("leder", "arbeidsgruppe") else 403 if status == 200 else status
    assert client.get(f"{page(scene)}{task.pk}/").status_code == edits
    assert client.post(f"{page(scene)}{task.pk}/status/", {"status": "done"}).status_code == (
        302 if edits == 200 else edits
    )


def test_an_owner_does_not_read_a_private_unit(client, scene):
    other = make_role("eier")
    scene.skole.unit.owner = other.owner
    scene.skole.unit.save()
    make_mellomarbeid(scene, experience=PLAN_SECRET)
    sign_in(client, scene.eier)

    assertNotContains(client.get(page(scene)), "Hemmelig", status_code=403)


def test_a_task_of_another_unit_is_not_found(client, scene):
    task = make_mellomarbeid(scene, unit=scene.barnehage)
    sign_in(client, scene.leder)

    assert client.get(f"{page(scene)}{task.pk}/").status_code == 404


def test_a_closed_pulje_is_read_only(client, scene):
    task = make_mellomarbeid(scene)
    close_pulje(pulje=scene.pulje, by=acting_as(scene.udir), now=NOW)
    sign_in(client, scene.leder)

    assertNotContains(client.get(page(scene)), "Legg til oppgave")
    assert client.get(f"{page(scene)}ny/").status_code == 403
    assert client.post(f"{page(scene)}{task.pk}/status/", {"status": "done"}).status_code == 403
