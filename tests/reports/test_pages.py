"""Every page opens for every office that may see it, and for nobody else."""

from django.urls import reverse

from tests.factories.cohorts import make_deltakelse, make_pulje
from tests.factories.meetings import make_meeting
from tests.factories.people import UserFactory, make_role, sign_in
from tests.factories.register import (
    FylkeFactory,
    KommuneFactory,
    OwnerFactory,
    StatsforvalterFactory,
)

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


def statuses(client, scene, *urls) -> dict[str, list[int]]:
    """What each office is answered at each address."""
    found = {}
    for office in OFFICES:
        sign_in(client, getattr(scene, office))
        found[office] = [client.get(url).status_code for url in urls]
    return found


def other_owner():
    """An owner in another embete."""
    embete = StatsforvalterFactory(code="annet-embete", name="Annet embete")
    fylke = FylkeFactory(number="98", name="Annet fylke", statsforvalter=embete)
    return OwnerFactory(kommune=KommuneFactory(fylke=fylke))


def test_everybody_lands_on_min_side_and_may_open_the_pulje(client, scene):
    make_meeting(scene)
    urls = [
        "/min-side/",
        "/min-side/?alle=1",
        "/puljer/",
        "/puljer/9/",
        "/puljer/9/?vis=arbeid",
        "/puljer/9/?vis=enheter&alle=1",
        "/puljer/9/?bare=etter&semester=2&type=skole",
        "/puljer/9/?semester=0",
        "/puljer/9/tall.csv",
    ]

    assert statuses(client, scene, *urls) == {office: [200] * len(urls) for office in OFFICES}


def test_owner_unit_and_week_open_for_those_who_see_them(client, scene):
    make_meeting(scene)
    skole = f"/enheter/{scene.skole.unit_id}/"
    barnehage = f"/enheter/{scene.barnehage.unit_id}/"
    owner = f"/eiere/{scene.deltakelse.owner_id}/"

    found = statuses(client, scene, owner, skole, barnehage, "/veiledning/")

    assert found == {
        "leder": [200, 200, 404, 403],
        "styrer": [200, 404, 200, 403],
        "arbeidsgruppe": [200, 200, 404, 403],
        "eier": [200, 200, 200, 403],
        "ppt": [200, 200, 404, 403],
        "statsforvalter": [200, 200, 200, 403],
        "udir": [200, 200, 200, 403],
        "koordinator": [200, 200, 200, 403],
        "veileder": [200, 200, 200, 200],
    }


def test_foreign_things_are_not_found(client, scene):
    elsewhere = make_deltakelse(scene.pulje, owner=other_owner(), units=1)
    unit = elsewhere.units.get().unit_id
    make_deltakelse(make_pulje(11))

    found = statuses(
        client,
        scene,
        f"/eiere/{elsewhere.owner_id}/",
        f"/enheter/{unit}/",
        f"/puljer/9/{elsewhere.pk}/veiledning/",
        "/puljer/11/",
    )

    national = [200, 200, 200, 200]
    hidden = [404, 404, 404, 404]
    # A statsforvalter sees every opened pulje, because they recruit to it.
    assert found == {
        **dict.fromkeys(OFFICES, hidden),
        "udir": national,
        "koordinator": national,
        "statsforvalter": [404, 404, 404, 200],
    }


def test_nobody_comes_in_without_signing_in(client, db):
    urls = ["/min-side/", "/puljer/", "/puljer/9/", "/puljer/9/tall.csv", "/veiledning/"]

    assert [client.get(url).status_code for url in urls] == [302] * 5


def test_without_a_role_min_side_says_whom_to_ask(client, db):
    sign_in(client, UserFactory(name="Nils Nyvik"))

    page = client.get(reverse("reports:my_page")).content.decode()

    assert "Hei, Nils. Du har ingen rolle nå." in page
    assert "Spør kommunen" in page


def test_a_pulje_without_anybody(client, db):
    make_pulje()
    sign_in(client, make_role("udir"))

    response = client.get("/puljer/9/")

    assert response.context["page"].verdict.heading == "Pulje 9 har ingen deltakere ennå"
    assert response.context["lines"] == []
    page = response.content.decode()
    assert "Eiere blir med når de takker ja til en plass" in page
    assert "Ingenting er over fristen" not in page


def test_a_closed_pulje_says_so(client, db):
    pulje = make_pulje()
    make_deltakelse(pulje)
    pulje.status = "closed"
    pulje.save()
    sign_in(client, make_role("udir"))

    response = client.get("/puljer/9/")

    assert response.context["page"].verdict.heading == "Pulje 9 er avsluttet"
