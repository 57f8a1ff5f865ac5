"""Pages of the working list: the table and the board."""

from datetime import date

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from pytest_django.asserts import assertContains, assertNotContains

from cohorts.models import Candidate
from cohorts.views.candidate_board import board_context
from tests.factories.candidates import assessed, kommune_owner, noted
from tests.factories.people import UserFactory, acting_as, make_role, sign_in
from tests.factories.recruitment import (
    NOW,
    assess,
    decide,
    make_candidate,
    make_embete,
    make_list,
    make_soeknad,
)
from tests.factories.register import (
    FylkeFactory,
    KommuneFactory,
    OwnerFactory,
    StatsforvalterFactory,
)

pytestmark = pytest.mark.django_db


def board(embete, role_or_user, query=""):
    user = acting_as(role_or_user)
    request = RequestFactory().get(f"/opptak/10/{query}")
    request.user = user
    context = board_context(request, embete)
    parts = ("_candidate_head", "_candidate_board")
    page = "".join(render_to_string(f"cohorts/{p}.html", context, request) for p in parts)
    return context, page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_table_takes_the_same_queries_however_long(
    client, embete, adviser, django_assert_num_queries, rows
):
    for row in range(rows):
        candidate = noted(embete, f"Sørtinden {row}", responsible=adviser)
        assess(make_soeknad(candidate, sent=True))

    with django_assert_num_queries(12):
        response = client.get("/opptak/10/kandidater/")

    assert len(response.context["rows"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_udirs_table_takes_the_same_queries_however_long(
    client, embete, django_assert_num_queries, rows
):
    for row in range(rows):
        noted(embete, f"Sørtinden {row}", responsible=UserFactory())
    sign_in(client, make_role("udir"))

    with django_assert_num_queries(9):
        response = client.get("/opptak/10/kandidater/")

    assert len(response.context["page"].object_list) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_board_takes_the_same_queries_however_long(embete, django_assert_num_queries, rows):
    role = make_role("statsforvalter", embete.statsforvalter)
    for row in range(rows):
        candidate = noted(embete, f"Sørtinden {row}", responsible=role.user)
        decide(assessed(candidate), released=True)

    with django_assert_num_queries(9):
        board(embete, role)


def test_the_board_says_who_is_where_and_what_is_next(embete):
    role = make_role("statsforvalter", embete.statsforvalter)
    noted(embete, responsible=role.user, reason="Lav trivsel", next_step="Ring")
    make_candidate(embete, kommune_owner("Rypheim"), reason="Ba om hjelp.")
    make_soeknad(make_candidate(embete, kommune_owner("Tranevik")))
    waiting = make_soeknad(make_candidate(embete, kommune_owner("Kvernlia")), sent=True)
    assess(waiting, completed=False)
    assessed(make_candidate(embete, kommune_owner("Elveskar")))
    Candidate.objects.filter(owner__name="Sørtinden kommune").update(stage="kontaktet")

    context, page = board(embete, role)

    counts = {str(each["label"]): len(each["cards"]) for each in context["columns"]}
    assert counts == {
        "Aktuell": 1,
        "Kontaktet": 1,
        "Skriver søknad": 1,
        "Søknad mottatt": 1,
        "Vurdert": 1,
    }
    cards = {c["name"]: c for each in context["columns"] for c in each["cards"]}
    assert cards["Sørtinden"]["step"].words == "Ring, skulle vært gjort 18. november"
    assert cards["Sørtinden"]["why"] == "Lav trivsel. Telefon 12. november"
    assert [name for name, card in cards.items() if card["mine"]] == ["Sørtinden"]
    assert cards["Rypheim"]["why"] == "Ba om hjelp. Ingen har tatt kontakt ennå"
    assert cards["Tranevik"]["step"].words == "Frist onsdag 25. november"
    assert cards["Kvernlia"]["why"] == "Kom 20. november. Vurderingen er begynt"
    assert cards["Elveskar"]["why"] == "Tilrås"
    assert "Én søknad gjenstår før lista kan sendes" in page
    assert "Kvernlia er ikke vurdert. Tranevik kan levere til onsdag 25. november." in page
    assert "9 arbeidsdager igjen til lista skal være hos Udir, torsdag 3. desember" in page


def test_only_mine_leaves_the_others_out_but_not_of_the_headline(embete):
    role = make_role("statsforvalter", embete.statsforvalter)
    make_candidate(embete, kommune_owner("Rypheim"))
    make_candidate(embete, kommune_owner("Sandøyra"), responsible=role.user)

    context, page = board(embete, role, "?mine=1")

    names = [card["name"] for column in context["columns"] for card in column["cards"]]
    assert names == ["Sandøyra"]
    assert "Ingen har snakket med Rypheim og Sandøyra ennå." in page


def test_columns_after_the_assessment_stand_only_when_somebody_is_there(embete):
    role = make_role("statsforvalter", embete.statsforvalter)
    listed = assessed(make_candidate(embete))
    make_list([listed], sent=True)

    context, page = board(embete, role)

    assert [str(each["label"]) for each in context["columns"]] == ["På lista til Udir"]
    assert "Lista er sendt til Udir" in page
    assert "Udir avgjør innen fredag 18. desember." in page
    assert context["list_frist"] is None


def test_who_is_laid_aside_stands_in_a_line_under_the_board(embete):
    role = make_role("statsforvalter", embete.statsforvalter)
    aside = make_candidate(embete, kommune_owner("Løvåsen"), dismissed_at=NOW)
    Candidate.objects.filter(pk=aside.pk).update(stage="uaktuell")

    context, page = board(embete, role)

    assert "Ikke aktuell nå" not in [str(each["label"]) for each in context["columns"]]
    page = " ".join(page.split())
    assert f'Ikke med videre: <a class="ds-link" href="/kandidater/{aside.pk}/">Løvåsen</a>' in page


def test_what_is_to_be_done_first_stands_first_on_the_board(embete):
    role = make_role("statsforvalter", embete.statsforvalter)
    for name, day in (("A", 23), ("B", 18), ("C", 19)):
        on = date(2026, 11, day)
        make_candidate(embete, kommune_owner(name), next_step="Ring", next_step_on=on)
    make_candidate(embete, kommune_owner("D"))

    context, _page = board(embete, role)

    assert [card["name"] for card in context["columns"][0]["cards"]] == ["B", "C", "A", "D"]


def test_a_long_table_is_read_a_page_at_a_time(client, embete, adviser, monkeypatch):
    monkeypatch.setattr("cohorts.views.candidate_list.PER_PAGE", 1)
    for name in ("Berg", "Nyvik"):
        make_candidate(embete, kommune_owner(name))

    second = client.get("/opptak/10/kandidater/?side=2&sort=navn")

    assert [row["candidate"].owner.kommune.name for row in second.context["rows"]] == ["Nyvik"]
    assertContains(second, "?sort=navn&amp;side=1")


def test_the_table_filters_and_sorts(client, embete, adviser):
    other = UserFactory()
    noted(embete, "Sørtinden", responsible=adviser)
    make_candidate(embete, kommune_owner("Ånevik", number="9911"), stage="kontaktet")
    make_candidate(embete, kommune_owner("Berg"), responsible=other, stage="invitert")

    def names(query=""):
        page = client.get(f"/opptak/10/kandidater/{query}").context["rows"]
        return [row["candidate"].owner.kommune.name for row in page]

    assert names() == ["Berg", "Sørtinden", "Ånevik"]
    assert names("?sort=steg") == ["Sørtinden", "Ånevik", "Berg"]
    assert names("?sort=neste") == ["Sørtinden", "Berg", "Ånevik"]
    assert names("?show=mine") == ["Sørtinden"]
    assert names("?show=overdue") == ["Sørtinden"]
    assert names("?stage=invitert") == ["Berg"]
    assert names(f"?responsible={adviser.pk}") == ["Sørtinden"]
    assert names("?q=ånev") == ["Ånevik"]
    assert names("?q=9911") == ["Ånevik"]
    assert names("?stage=tull&responsible=x") == ["Berg", "Sørtinden", "Ånevik"]


def test_udir_filters_by_embete(client, embete):
    other = make_embete(embete.opptak, StatsforvalterFactory(code="annet", name="Annet embete"))
    noted(embete)
    noted(other, "Rypheim")
    sign_in(client, make_role("udir"))

    response = client.get("/opptak/10/kandidater/?embete=annet")

    assertContains(response, "Rypheim")
    assertNotContains(response, "Sørtinden")


def test_a_fylke_elsewhere_is_another_embete(client, adviser):
    fylke = FylkeFactory(number="98", statsforvalter=StatsforvalterFactory(code="annet"))
    kommune_owner("Andrevik", fylke=fylke)

    assertNotContains(client.get("/opptak/10/kandidater/nye/"), "Andrevik")


def test_an_owner_that_is_asked_in_anothers_soeknad_is_said_to_apply_there(client, embete, adviser):
    lead, asked, elsewhere = [
        OwnerFactory(kommune=KommuneFactory(name=name, fylke__statsforvalter=embete.statsforvalter))
        for name in ("Elveskar", "Storholmen", "Rypheim")
    ]
    soeknad = make_soeknad(make_candidate(embete, lead), partners=[asked])
    together = f"Søker sammen med {lead}"

    add = client.get("/opptak/10/kandidater/nye/").content.decode()
    assert (str(asked) in add, str(elsewhere) in add, add.count(together)) == (True, True, 1)

    candidate = make_candidate(embete, asked)
    pages = [
        client.get(f"/kandidater/{candidate.pk}/"),
        client.get(f"/opptak/10/inviter/?kandidat={candidate.pk}"),
        client.get("/opptak/10/inviter/"),
    ]
    assert [page.content.decode().count(together) for page in pages] == [1, 1, 1]
    role = adviser.roles.get()
    assert board(embete, role)[1].count(together) == 1

    soeknad.partners.update(status="declined")
    assert together not in client.get(f"/kandidater/{candidate.pk}/").content.decode()
