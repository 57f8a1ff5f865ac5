"""The page where Udir decides, with every embete's list side by side."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from cohorts.actions.answer import decline_offer
from cohorts.models import Decision, Soeknad
from tests.factories.people import acting_as, make_role, sign_in
from tests.factories.recruitment import (
    NOW,
    decide,
    make_candidate,
    make_embete,
    make_list,
    make_opptak,
    make_soeknad,
)
from tests.factories.register import (
    FylkeFactory,
    KommuneFactory,
    OwnerFactory,
    StatsforvalterFactory,
)

pytestmark = pytest.mark.django_db

BOARD = "/opptak/10/avgjoerelse/"


def listed(names, embete=None):
    """Søknader from kommuner with these names, on the embete's sent list in this order."""
    embete = embete or make_embete()
    found = []
    for name in names:
        owner = OwnerFactory(kommune=KommuneFactory(name=name))
        found.append(make_soeknad(make_candidate(embete, owner), sent=True))
    make_list(found, sent=True)
    return found


@pytest.fixture
def udir(client):
    return sign_in(client, make_role("udir"))


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.usefixtures("udir")
def test_the_page_takes_the_same_queries_however_long(client, django_assert_num_queries, rows):
    for soeknad in listed([f"Fiktivnes {n}" for n in range(rows)]):
        decide(soeknad)
    with django_assert_num_queries(20):
        response = client.get(BOARD)
    assert len(response.context["embeter"][0]["rows"]) == rows


@pytest.mark.usefixtures("udir")
def test_the_page_says_who_has_a_place_and_where_the_places_end(client):
    first, _second, _third = listed(["Elveskar", "Storholmen", "Sundmark"])
    decide(first)

    response = client.get(BOARD)

    assertContains(response, "1 av 12 plasser er brukt")
    assertContains(response, "To søkere er ikke avgjort.")
    assertContains(response, "1 av 2 plasser")
    assertContains(response, "1 skole, 1 barnehage")
    assertContains(response, "Utboks, 1 brev")
    rows = response.context["embeter"][0]["rows"]
    assert [row["line_before"] for row in rows] == [False, False, True]
    where = response.context["where"]
    assert [(fylke.name, fylke.who) for fylke in where.fylker] == [("Fiktivt fylke", ["Elveskar"])]
    assert where.norway.others == 1
    assertContains(response, "Én søker ligger utenfor kartet.")


@pytest.mark.usefixtures("udir")
def test_the_map_shows_who_has_a_place_in_which_fylke(client):
    fylke = FylkeFactory(number="18", name="Nordland", statsforvalter=StatsforvalterFactory())
    embete = make_embete()
    found = []
    for name in ("Ytterøya", "Anvika", "Storholmen"):
        owner = OwnerFactory(kommune=KommuneFactory(name=name, fylke=fylke))
        found.append(make_soeknad(make_candidate(embete, owner), sent=True))
    make_list(found, sent=True)
    decide(found[0])
    decide(found[1])
    decide(found[2], "reserve")

    response = client.get(BOARD)

    where = response.context["where"]
    assert [(spot.name, spot.count) for spot in where.norway.counted] == [("Nordland", 2)]
    assert (len(where.norway.spots), where.norway.others) == (15, 0)
    assertContains(response, '<svg class="map"')
    assertContains(response, "<td>Anvika, Ytterøya</td>", html=True)
    assertContains(response, "© Kartverket")


@pytest.mark.usefixtures("udir")
def test_what_came_late_is_marked(client):
    late, _in_time = listed(["Elveskar", "Storholmen"])
    response = client.get(BOARD)
    assertNotContains(response, "etter fristen")

    late.versions.update(late=True, late_reason="Vi fikk ikke behandlet saken.")
    late.candidate.embete.priority_list.versions.update(late=True)

    response = client.get(BOARD)
    assertContains(response, "1 skole, 1 barnehage · sendt etter fristen", count=1)
    assertContains(response, "Lista kom etter fristen.")


@pytest.mark.usefixtures("udir")
def test_without_a_place_there_is_no_map(client):
    (soeknad,) = listed(["Elveskar"])
    decide(soeknad, "avslag")
    assertNotContains(client.get(BOARD), '<svg class="map"')


@pytest.mark.usefixtures("udir")
def test_a_place_given_back_leads_to_the_reserve_list(client):
    said_no, lapsed, reserve = listed(["Elveskar", "Storholmen", "Sundmark"])
    role = make_role("eier", said_no.candidate.owner)
    decline_offer(decision=decide(said_no, released=True), reason="", by=acting_as(role), now=NOW)
    decide(lapsed, released=True, lapsed_at=NOW)
    decide(reserve, "reserve", released=True)

    response = client.get(BOARD)

    assertContains(response, "To plasser er ledige etter svarene.")
    assertContains(response, "Neste på reservelista er Sundmark.")
    assertContains(response, 'href="/opptak/10/reserve/"')
    rows = response.context["embeter"][0]["rows"]
    assert [str(row["tags"][0]["word"]) for row in rows] == [
        "Takket nei",
        "Svarte ikke i tide",
        "Reserve",
    ]


@pytest.mark.usefixtures("udir")
def test_several_are_decided_at_once_and_nothing_is_sent(client):
    first, second, third = listed(["Elveskar", "Storholmen", "Sundmark"])

    response = client.post(
        f"{BOARD}?vis=aapne", {"soeknad": [first.pk, second.pk], "outcome": "tilbud"}
    )

    assertRedirects(response, f"{BOARD}?vis=aapne", fetch_redirect_response=False)
    assert Decision.objects.held().filter(outcome="tilbud").count() == 2
    assert not Decision.objects.filter(soeknad=third).exists()
    assertContains(client.get(BOARD), "To brev ligger i utboksen. Ingen av dem er sendt.")


@pytest.mark.usefixtures("udir")
def test_what_is_missing_is_said_and_the_ticks_stay(client):
    (soeknad,) = listed(["Elveskar"])
    response = client.post(BOARD, {"soeknad": [soeknad.pk]})
    assertContains(response, "Velg hva søkerne skal få.")
    assert response.context["embeter"][0]["rows"][0]["checked"] is True
    response = client.post(BOARD, {"outcome": "tilbud"})
    assertContains(response, "Velg minst én søker.")
    assert not Decision.objects.exists()


@pytest.mark.usefixtures("udir")
def test_a_soeknad_that_is_not_on_a_sent_list_is_not_decided(client):
    listed(["Elveskar"])
    other = make_soeknad(
        make_candidate(make_embete(make_opptak_again(), StatsforvalterFactory(code="annet"))),
        sent=True,
    )
    response = client.post(BOARD, {"soeknad": [other.pk], "outcome": "tilbud"})
    assertContains(response, "En av søkerne kan ikke avgjøres nå. Velg på nytt.")


def make_opptak_again():
    return Soeknad.objects.get().candidate.embete.opptak


@pytest.mark.usefixtures("udir")
def test_filters_show_only_what_is_asked_for(client):
    embete = make_embete()
    first, _second = listed(["Ytterøya", "Anvika"], embete)
    decide(first)
    other = make_embete(embete.opptak, StatsforvalterFactory(code="annet", name="Annet embete"))

    names = [row["name"] for row in shown(client, "?sorter=navn")[1]["rows"]]
    assert names == ["Anvika", "Ytterøya"]
    assert [row["name"] for row in shown(client, "?vis=aapne")[1]["rows"]] == ["Anvika"]
    assert [each["name"] for each in shown(client, f"?embete={other.pk}")] == ["Annet embete"]


def shown(client, query):
    return client.get(f"{BOARD}{query}").context["embeter"]


@pytest.mark.usefixtures("udir")
def test_an_embete_that_has_not_sent_is_shown_as_waiting(client):
    make_embete()
    response = client.get(BOARD)
    assertContains(response, "Venter på lista")
    assertContains(response, "Ingen av embetene har sendt lista ennå.")
    assertNotContains(response, "Lag brev i utboksen")


@pytest.mark.usefixtures("udir")
def test_a_withdrawn_or_released_one_cannot_be_ticked(client):
    withdrawn, released, held = listed(["Elveskar", "Storholmen", "Sundmark"])
    Soeknad.objects.filter(pk=withdrawn.pk).update(status="withdrawn")
    decide(released, released=True)
    decide(held)
    response = client.get(BOARD)
    rows = response.context["embeter"][0]["rows"]
    assert [row["can_be_picked"] for row in rows] == [False, False, True]
    assertContains(response, "Trukket")
    assertContains(response, "brevet er sendt")


@pytest.mark.usefixtures("udir")
def test_kommuner_of_a_joint_soeknad_may_end_differently(client):
    embete = make_embete()
    lead = OwnerFactory(kommune=KommuneFactory(name="Elveskar"))
    partner = OwnerFactory(kommune=KommuneFactory(name="Storholmen"))
    soeknad = make_soeknad(make_candidate(embete, lead), sent=True, partners=[partner])
    make_list([soeknad], sent=True)
    decide(soeknad)
    decide(soeknad, "reserve", owner=partner)
    response = client.get(BOARD)
    (row,) = response.context["embeter"][0]["rows"]
    assert [tag["word"] for tag in row["tags"]] == [
        "Elveskar kommune: Tilbud",
        "Storholmen kommune: Reserve",
    ]
    assertContains(response, "med Storholmen kommune")


@pytest.mark.usefixtures("udir")
def test_what_the_embete_wrote_and_a_lowered_quota_stand_beside_its_list(client):
    (soeknad,) = listed(["Elveskar"])
    embete = soeknad.candidate.embete
    version = embete.priority_list.versions.get()
    content = version.content | {"note": "Vi ber om én ekstra."}
    embete.priority_list.versions.filter(pk=version.pk).update(content=content)
    type(embete).objects.filter(pk=embete.pk).update(
        quota=1, former_quota=2, quota_changed_at=NOW.replace(hour=12)
    )
    type(embete.priority_list).objects.update(note="Et utkast.")
    response = client.get(BOARD)
    assertContains(response, "Fra embetet: Vi ber om én ekstra.")
    assertContains(response, "Plassene er endret fra 2 til 1 etter at lista ble sendt.")
    assertNotContains(response, "Et utkast.")


@pytest.mark.parametrize("kind", ["statsforvalter", "koordinator", "eier", "veileder"])
def test_nobody_else_opens_the_page(client, kind):
    (soeknad,) = listed(["Elveskar"])
    scope = {
        "statsforvalter": soeknad.candidate.embete.statsforvalter,
        "eier": soeknad.candidate.owner,
    }
    sign_in(client, make_role(kind, scope.get(kind)))
    response = client.post(BOARD, {"soeknad": [soeknad.pk], "outcome": "tilbud"})
    assert response.status_code == 403
    assert not Decision.objects.exists()


@pytest.mark.usefixtures("udir")
def test_an_opptak_that_has_ended_is_read_only(client):
    (soeknad,) = listed(["Elveskar"])
    opptak = soeknad.candidate.embete.opptak
    type(opptak).objects.update(closed_at=NOW)
    assertNotContains(client.get(BOARD), "Lag brev i utboksen")
    response = client.post(BOARD, {"soeknad": [soeknad.pk], "outcome": "tilbud"})
    assert response.status_code == 403


@pytest.mark.usefixtures("udir")
def test_no_such_opptak(client):
    make_opptak()
    assert client.get("/opptak/11/avgjoerelse/").status_code == 404
