"""The pages of an opptak: the list, the door by role, and what nobody else may see."""

from datetime import date

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from tests.factories.people import make_role, sign_in
from tests.factories.recruitment import (
    NOW,
    assess,
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
    PrivateOwnerFactory,
    StatsforvalterFactory,
)

pytestmark = pytest.mark.django_db

PAGE = "/opptak/10/"


def owner_in(embete, **values):
    """A kommune as owner, in the given embete."""
    fylke = FylkeFactory(statsforvalter=embete.statsforvalter)
    return OwnerFactory(kommune=KommuneFactory(fylke=fylke), **values)


def test_the_list_shows_open_opptak_to_everybody_and_prepared_ones_to_udir(client):
    make_opptak(number=10)
    make_opptak(number=11, opened=False)
    sign_in(client, make_role("leder"))

    response = client.get("/opptak/")

    assertContains(response, "Ett opptak er åpent")
    assertContains(response, "Opptak til pulje 10")
    assertNotContains(response, "Opptak til pulje 11")

    sign_in(client, make_role("udir"))
    assertContains(client.get("/opptak/"), "Opptak til pulje 11")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_has_the_same_number_of_queries_for_one_and_three(
    client, django_assert_num_queries, count
):
    for number in range(count):
        make_opptak(number=10 + number)
    sign_in(client, make_role("udir"))
    client.get("/opptak/")

    with django_assert_num_queries(8):
        client.get("/opptak/")


def test_an_opptak_in_preparation_is_not_there_for_others(client):
    make_opptak(opened=False)
    sign_in(client, make_role("statsforvalter"))

    assert client.get(PAGE).status_code == 404


def test_udir_reads_how_many_lists_have_come_and_what_waits(client):
    opptak = make_opptak()
    sent = make_soeknad(make_candidate(make_embete(opptak)), sent=True)
    make_list([sent], sent=True)
    make_embete(opptak, StatsforvalterFactory(code="skog"))
    make_embete(opptak, StatsforvalterFactory(code="hei"), quota=0)
    sign_in(client, make_role("udir"))

    response = client.get(PAGE)

    assertContains(response, "Ett av to embeter har sendt lista")
    words = " ".join(response.content.decode().split())
    assert "har ikke sendt lista. 9 arbeidsdager igjen, til torsdag 3. desember" in words
    assertContains(response, "Én søknad er ikke avgjort.")
    assertNotContains(response, "ligger i utboksen")


def test_udir_sees_held_letters_and_offers_without_an_answer(client):
    embete = make_embete()
    held, waiting = (make_soeknad(make_candidate(embete), sent=True) for _ in range(2))
    make_list([held, waiting], sent=True)
    decide(held)
    decide(waiting, released=True)
    sign_in(client, make_role("udir"))

    response = client.get(PAGE)

    assertContains(response, "Ett brev ligger i utboksen.")
    assertContains(response, "Ett tilbud venter på svar.")
    assertNotContains(response, "er ikke avgjort")


@pytest.mark.parametrize("count", [1, 3])
def test_udirs_page_has_the_same_number_of_queries_for_one_and_three_embeter(
    client, django_assert_num_queries, count
):
    opptak = make_opptak()
    for number in range(count):
        embete = make_embete(opptak, StatsforvalterFactory(code=f"embete-{number}"))
        make_list([make_soeknad(make_candidate(embete), sent=True)], sent=True)
    sign_in(client, make_role("udir"))
    client.get(PAGE)

    with django_assert_num_queries(14):
        client.get(PAGE)


def test_udir_is_led_to_the_reserve_list_when_a_place_is_given_back(client):
    embete = make_embete()
    lapsed, reserve = (make_soeknad(make_candidate(embete), sent=True) for _ in range(2))
    make_list([lapsed, reserve], sent=True)
    decide(lapsed, released=True, lapsed_at=NOW)
    decide(reserve, "reserve", released=True)
    sign_in(client, make_role("udir"))

    response = client.get(PAGE)

    assertContains(response, "Én plass er ledig, og noen står på reservelista.")
    assertContains(response, 'href="/opptak/10/reserve/">Gi plassen videre</a>')


def test_udir_never_reads_notes_of_an_embete_here(client):
    candidate = make_candidate(reason="Hemmelig notat", next_step="Ring rådmannen")
    assess(make_soeknad(candidate, sent=True), data_basis="Hemmelig grunnlag")
    sign_in(client, make_role("udir"))

    assertNotContains(client.get(PAGE), "Hemmelig")


def test_a_statsforvalter_meets_the_board_and_the_information(client):
    embete = make_embete()
    make_candidate(embete, OwnerFactory(kommune__name="Sundmark"))
    other = make_embete(embete.opptak, StatsforvalterFactory(code="hei"))
    make_candidate(other, OwnerFactory(kommune__name="Feilvik"))
    sign_in(client, make_role("statsforvalter", embete.statsforvalter))

    response = client.get(PAGE)

    assertContains(response, "Hvem er hvor")
    assertContains(response, "Sundmark")
    assertNotContains(response, "Feilvik")
    assertContains(response, "Dette er opptaket.")
    assertContains(response, "/opptak/10/frist/")
    assertNotContains(response, "/opptak/10/oppsett/")


def test_a_statsforvalter_is_told_that_the_quota_changed_after_the_list(client):
    embete = make_embete(quota=1, former_quota=3, quota_changed_at="2026-11-19T09:00Z")
    sign_in(client, make_role("statsforvalter", embete.statsforvalter))

    assertContains(client.get(PAGE), "Udir endret plassene fra 3 til 1 torsdag 19. november.")


def test_an_owner_meets_its_own_deadline_and_the_criteria_for_its_kind(client):
    embete = make_embete(internal_deadline=date(2026, 11, 24))
    sign_in(client, make_role("eier", owner_in(embete)))

    response = client.get(PAGE)

    assertContains(response, "Dere kan søke om plass i pulje 10")
    assertContains(response, "2 arbeidsdager igjen, til tirsdag 24. november")
    assertContains(response, "Kommunen har kort beskrevet")
    assertNotContains(response, "Skolen har kort beskrevet")
    assertContains(response, reverse("cohorts:soeknad_create", args=[10]))


def test_an_owner_goes_on_with_its_own_soeknad_and_never_sees_anothers(client):
    embete = make_embete()
    owner = owner_in(embete)
    mine = make_soeknad(make_candidate(embete, owner))
    others = make_soeknad(make_candidate(embete, OwnerFactory(name="Feilvik")), sent=True)
    sign_in(client, make_role("eier", owner))

    response = client.get(PAGE)

    assertContains(response, "Fortsett på søknaden")
    assertContains(response, f"/soeknader/{mine.pk}/")
    assertNotContains(response, f"/soeknader/{others.pk}/")
    assertNotContains(response, "Feilvik")


def test_a_kommune_that_applies_with_another_finds_the_common_soeknad(client):
    embete = make_embete()
    partner = owner_in(embete)
    soeknad = make_soeknad(make_candidate(embete), partners=[partner])
    sign_in(client, make_role("eier", partner))

    response = client.get(PAGE)

    assertContains(response, f"/soeknader/{soeknad.pk}/")
    assertContains(response, "Dere søker sammen med en annen kommune")
    assertNotContains(response, reverse("cohorts:soeknad_create", args=[10]))


def test_a_held_decision_is_not_known_to_the_applicant(client):
    embete = make_embete()
    owner = owner_in(embete)
    soeknad = make_soeknad(make_candidate(embete, owner), sent=True)
    decision = decide(soeknad, "avslag", reason="Hemmelig grunn")
    sign_in(client, make_role("eier", owner))

    assertNotContains(client.get(PAGE), "Dere har fått svar")

    decision.released_at = decision.decided_at
    decision.save()
    assertContains(client.get(PAGE), "Dere har fått svar")


def test_an_owner_that_cannot_apply_is_told_so(client):
    embete = make_embete(make_opptak(applicants=["kommune"]))
    sign_in(client, make_role("eier", PrivateOwnerFactory()))

    response = client.get(f"/opptak/{embete.opptak.pulje.number}/")

    assertContains(response, "Dere kan ikke søke i dette opptaket.")
    assertNotContains(response, "Begynn på søknaden")


@pytest.mark.parametrize("kind", ["leder", "ppt", "veileder", "koordinator", "arbeidsgruppe"])
def test_everybody_else_reads_the_information_alone(client, kind):
    make_candidate(make_embete(), OwnerFactory(name="Sundmark", kommune__name="Sundmark"))
    sign_in(client, make_role(kind))

    response = client.get(PAGE)

    assertContains(response, "Dette er opptaket.")
    assertContains(response, "Udir avgjør")
    assertNotContains(response, "Sundmark")
    assertNotContains(response, "Begynn på søknaden")
