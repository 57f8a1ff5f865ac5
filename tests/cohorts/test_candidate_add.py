"""Putting owners on the list: from the register, by any of their names, and private owners."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from actors.models import Owner
from actors.rules.register import derive_names
from cohorts.models import Candidate
from tests.factories.candidates import kommune_owner
from tests.factories.people import make_role, sign_in
from tests.factories.recruitment import make_candidate, make_embete
from tests.factories.register import (
    FylkeskommuneOwnerFactory,
    KommuneFactory,
    OwnerFactory,
    PrivateBarnehageFactory,
    PrivateOwnerFactory,
    SkoleFactory,
)

pytestmark = pytest.mark.django_db

PAGE = "/opptak/10/kandidater/nye/"
ORGNR = "974760673"


@pytest.fixture
def embete(client):
    """An embete whose statsforvalter is signed in."""
    embete = make_embete()
    sign_in(client, make_role("statsforvalter", embete.statsforvalter))
    return embete


def private_school(**values):
    return SkoleFactory(owner=None, kommune=KommuneFactory(), ownership="privat", **values)


def test_many_are_ticked_and_added(client, embete):
    owners = [kommune_owner("Sørtinden"), kommune_owner("Rypheim"), FylkeskommuneOwnerFactory()]

    response = client.post(PAGE, {"eier": [each.pk for each in owners], "skjema": "legg-til"})

    assertRedirects(response, PAGE)
    assert Candidate.objects.count() == 3
    assertContains(client.get(PAGE), "Alle i embetet er på lista.")


def test_added_and_invited_in_one_go(client, embete):
    owner = kommune_owner("Sørtinden")

    response = client.post(PAGE, {"eier": [owner.pk], "skjema": "inviter"})

    candidate = Candidate.objects.get(owner=owner)
    assertRedirects(response, f"/opptak/10/inviter/?kandidat={candidate.pk}")


def test_nothing_ticked_says_so(client, embete):
    response = client.post(PAGE, {"skjema": "legg-til", "eier": "tull"}, follow=True)
    assert Candidate.objects.count() == 0

    response = client.post(PAGE, {"skjema": "legg-til"}, follow=True)
    assertContains(response, "Kryss av for dem du vil legge til.")


def test_who_is_on_the_list_is_shown_as_that(client, embete):
    make_candidate(embete, kommune_owner("Sørtinden"))

    page = client.get(f"{PAGE}?q=sørt")

    assert page.context["hits"] == []
    assertContains(page, "Sørtinden kommune er på lista.")


@pytest.mark.parametrize("query", ["Aksvåg", "ákšovárri", "Aksuvaara"])
def test_a_kommune_is_found_by_its_sami_and_kven_names_and_shows_them(client, embete, query):
    names = ("Aksvåg", "Ákšovárri", "Aksuvaara")
    kommune = KommuneFactory(
        name=names[0], number="9910", name_nordsamisk=names[1], name_kvensk=names[2]
    )
    OwnerFactory(kommune=kommune, **derive_names("Aksvåg kommune", *names))

    page = client.get(PAGE, {"q": query})

    assertContains(page, "Kommune · 9910 · også Ákšovárri og Aksuvaara")


def test_owners_of_private_barnehager_and_of_other_kinds_are_left_out(client, embete):
    PrivateBarnehageFactory(owner=PrivateOwnerFactory(name="Barnehagen AS"))
    school = PrivateOwnerFactory(name="Skolen AS")
    SkoleFactory(owner=school, kommune=KommuneFactory(), ownership="privat")

    page = client.get(PAGE)
    assertContains(page, "Skolen AS")
    assertNotContains(page, "Barnehagen AS")
    embete.opptak.applicants = ["kommune"]
    embete.opptak.save()
    assertNotContains(client.get(PAGE), "Skolen AS")


def test_a_private_school_gets_its_owner(client, embete):
    school = private_school(name="Lia skole")
    values = {
        "skjema": "privat",
        "name": "Stiftelsen Lia",
        "orgnr": "974 760 673",
        "unit": school.pk,
    }

    response = client.post(PAGE, values)

    assertRedirects(response, PAGE)
    owner = Owner.objects.get(kind="privat")
    school.refresh_from_db()
    assert (owner.name, owner.orgnr, school.owner) == ("Stiftelsen Lia", ORGNR, owner)
    assert owner.sort_name == derive_names("Stiftelsen Lia")["sort_name"]
    assert Candidate.objects.get().owner == owner


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"orgnr": "974760674"}, "Skriv et gyldig organisasjonsnummer, ni siffer."),
        ({"name": ""}, "Fyll ut «Navn på eieren»."),
        ({"unit": ""}, "Velg et svar under «Skole»."),
    ],
)
def test_wrong_facts_of_a_private_owner_stay_in_the_form(client, embete, wrong, error):
    school = private_school(name="Lia skole")
    values = {"skjema": "privat", "name": "Stiftelsen Lia", "orgnr": ORGNR, "unit": school.pk}

    page = client.post(PAGE, values | wrong)

    assertContains(page, error)
    assertContains(page, "Lia skole</option>")
    assert Owner.objects.filter(kind="privat").count() == 0


def test_the_number_of_a_kommune_is_no_private_owner(client, embete):
    kommune = kommune_owner("Sørtinden")
    values = {
        "skjema": "privat",
        "name": "Lia",
        "orgnr": kommune.orgnr,
        "unit": private_school().pk,
    }

    page = client.post(PAGE, values)

    assertContains(page, "Nummeret tilhører Sørtinden kommune, som ikke er en privat eier.")
    assert Candidate.objects.count() == 0


def test_two_private_schools_in_a_fylke_that_takes_one(client, embete):
    embete.opptak.private_per_fylke = 1
    embete.opptak.save()
    for _index in range(2):
        owner = PrivateOwnerFactory()
        SkoleFactory(owner=owner, kommune=KommuneFactory(), ownership="privat")
        SkoleFactory(owner=owner, kommune=KommuneFactory(), ownership="privat")
        make_candidate(embete, owner)

    for page in (PAGE, "/opptak/10/kandidater/"):
        text = "To frittstående skoler i Fiktivt fylke er aktuelle. Opptaket tar høyst én skole"
        assertContains(client.get(page), text)
    Candidate.objects.filter(owner=owner).update(stage="uaktuell")
    assertNotContains(client.get(PAGE), "er aktuelle.")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_the_same_queries_however_many(
    client, embete, django_assert_num_queries, rows
):
    for row in range(rows):
        kommune_owner(f"Sørtinden {row}")
        private_school()

    with django_assert_num_queries(9):
        response = client.get(PAGE)

    assert len(response.context["hits"]) == rows
