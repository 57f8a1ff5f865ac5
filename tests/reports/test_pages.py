"""Every page opens for every office that may see it, and for nobody else."""

import pytest
from django.urls import reverse

from meetings.models import Obligation
from tests.factories.cohorts import make_deltakelse, make_pulje
from tests.factories.meetings import make_meeting
from tests.factories.people import UserFactory, make_role, sign_in
from tests.factories.register import FylkeFactory, KommuneFactory, OwnerFactory, StatsforvalterFactory

OFFICES = (
    "leder",
    "styrer",
    "arbeidsgruppe",
    "eier",
    "ppt",
    "statsforvalter",
    "udir",
    "koordinator",
    "veileder",
)


def get(client, office, url):
    sign_in(client, office)
    return client.get(url)


@pytest.mark.parametrize("office", OFFICES)
def test_everybody_lands_on_min_side(client, scene, office):
    make_meeting(scene)

    response = get(client, getattr(scene, office), reverse("reports:my_page"))

    assert response.status_code == 200


def test_without_a_role_min_side_says_whom_to_ask(client, db):
    sign_in(client, UserFactory(name="Nils Nyvik"))

    response = client.get(reverse("reports:my_page"))

    assert "Hei, Nils. Du har ingen rolle nå." in response.content.decode()
    assert "Spør kommunen" in response.content.decode()


@pytest.mark.parametrize("office", OFFICES)
@pytest.mark.parametrize("view", ["", "?vis=arbeid", "?vis=enheter", "?bare=etter&semester=2"])
def test_everybody_in_the_pulje_may_open_it(client, scene, office, view):
    make_meeting(scene)

    response = get(client, getattr(scene, office), reverse("reports:pulje_detail", args=[9]) + view)

    assert response.status_code == 200


@pytest.mark.parametrize("office", ["leder", "eier", "veileder", "ppt"])
def test_somebody_elses_pulje_is_not_found(client, scene, office):
    make_deltakelse(make_pulje(11))

    response = get(client, getattr(scene, office), reverse("reports:pulje_detail", args=[11]))

    assert response.status_code == 404


@pytest.mark.parametrize("office", OFFICES)
def test_owner_and_unit_open_for_those_who_see_them(client, scene, office):
    role = getattr(scene, office)
    sees_skole = office != "styrer"
    make_meeting(scene)

    owner = get(client, role, reverse("reports:owner_detail", args=[scene.deltakelse.owner_id]))
    unit = client.get(reverse("reports:unit_detail", args=[scene.skole.unit_id]))

    assert owner.status_code == 200
    assert unit.status_code == (200 if sees_skole else 404)


@pytest.mark.parametrize("office", ["leder", "eier", "veileder", "ppt", "statsforvalter"])
def test_foreign_owner_and_unit_are_not_found(client, scene, office):
    elsewhere = make_deltakelse(scene.pulje, owner=other_owner(), units=1)
    unit = elsewhere.units.get()

    owner = get(client, getattr(scene, office), f"/eiere/{elsewhere.owner_id}/")

    assert owner.status_code == 404
    assert client.get(f"/enheter/{unit.unit_id}/").status_code == 404


def test_the_week_is_for_veiledere(client, scene):
    assert get(client, scene.veileder, "/veiledning/").status_code == 200
    assert get(client, scene.udir, "/veiledning/").status_code == 403


def test_the_rows_behind_a_cell(client, scene):
    make_meeting(scene)
    url = reverse("reports:pulje_rows", args=[9, scene.deltakelse.pk, "veiledning"])

    response = get(client, scene.udir, url)

    assert [row.unit.name for row in response.context["rows"]] != []
    assert "03.12.2026" in response.content.decode()


def test_a_pulje_without_anybody(client, db):
    make_pulje()

    response = get(client, make_role("udir"), "/puljer/9/")

    assert "Pulje 9 har ingen deltakere ennå" in response.content.decode()
    assert Obligation.objects.count() == 0


def other_owner():
    """An owner in another embete."""
    embete = StatsforvalterFactory(code="annet-embete", name="Annet embete")
    fylke = FylkeFactory(number="98", name="Annet fylke", statsforvalter=embete)
    return OwnerFactory(kommune=KommuneFactory(fylke=fylke))
