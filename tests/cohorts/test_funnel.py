"""The funnel on a page and in files: who sees which numbers, and that a file does no harm."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from tests.factories.people import make_role, sign_in
from tests.factories.recruitment import (
    NOW,
    make_candidate,
    make_embete,
    make_opptak,
    make_soeknad,
)
from tests.factories.register import OwnerFactory, StatsforvalterFactory

pytestmark = pytest.mark.django_db

PAGE = "/opptak/10/trakt/"
FORMULA = '=HYPERLINK("http://x.example";"Se")'


@pytest.fixture
def two_embeter():
    """Two embeter: the first with three candidates, the other with one that has applied."""
    opptak = make_opptak()
    first = make_embete(opptak)
    other = make_embete(opptak, StatsforvalterFactory(code="hei", name="Hei"))
    for _ in range(3):
        make_candidate(first)
    make_soeknad(make_candidate(other, OwnerFactory(name="Feilvik")), sent=True)
    return first, other


def test_udir_sees_every_embete_with_numbers_that_are_links(client, two_embeter):
    sign_in(client, make_role("udir"))

    response = client.get(PAGE)

    assertContains(response, "Én av fire aktuelle har søkt")
    first = 'href="/opptak/10/kandidater/?stage=aktuell&amp;embete=fiktivt-embete">3</a>'
    assertContains(response, first)
    assertContains(response, 'href="/opptak/10/kandidater/?stage=soekt&amp;embete=hei">1</a>')
    assertContains(response, 'href="/opptak/10/kandidater/?stage=aktuell"><b>3</b></a>')
    assertContains(response, 'data-label="Søknad mottatt"')  # the heading of a number on a phone


def test_a_number_leads_to_exactly_those_it_counts(client, two_embeter):
    sign_in(client, make_role("udir"))

    response = client.get("/opptak/10/kandidater/?stage=soekt&embete=hei")

    assertContains(response, "Feilvik")
    assert len(response.context["page"].object_list) == 1


@pytest.mark.parametrize("path", ["trakt/", "trakt.csv", "trakt.csv?innhold=kandidater"])
def test_a_statsforvalter_sees_the_own_embete_alone(client, two_embeter, path):
    sign_in(client, make_role("statsforvalter", two_embeter[0].statsforvalter))

    response = client.get(f"/opptak/10/{path}")

    assertContains(response, "Fiktivt embete")
    assertNotContains(response, "Statsforvalteren i Hei")
    assertNotContains(response, "Feilvik")


@pytest.mark.parametrize("path", ["trakt/", "trakt.csv", "trakt.xlsx"])
@pytest.mark.parametrize("kind", ["eier", "koordinator", "leder", "veileder"])
def test_nobody_else_sees_the_numbers(client, two_embeter, kind, path):
    sign_in(client, make_role(kind))

    assert client.get(f"/opptak/10/{path}").status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_has_the_same_number_of_queries_for_one_and_three(
    client, django_assert_num_queries, count
):
    opptak = make_opptak()
    for number in range(count):
        embete = make_embete(opptak, StatsforvalterFactory(code=f"embete-{number}"))
        for _ in range(count):
            make_candidate(embete)
    sign_in(client, make_role("udir"))
    client.get(PAGE)

    with django_assert_num_queries(8):
        client.get(PAGE)


def test_the_heading_leaves_out_who_is_laid_aside(client):
    embete = make_embete()
    make_candidate(embete)
    make_candidate(embete, dismissed_at=NOW, stage="uaktuell")
    sign_in(client, make_role("udir"))
    assertContains(client.get(PAGE), "Ingen har søkt ennå")

    make_soeknad(make_candidate(embete), sent=True)

    assertContains(client.get(PAGE), "Én av to aktuelle har søkt")


def test_an_empty_funnel_is_said_in_words(client):
    make_embete()
    sign_in(client, make_role("udir"))

    page = client.get(PAGE)

    assertContains(page, "Ingen er satt opp som aktuelle ennå", count=1)
    assertNotContains(page, "<table")


def test_the_numbers_as_csv(client, two_embeter):
    sign_in(client, make_role("udir"))

    response = client.get("/opptak/10/trakt.csv")

    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Embete;Aktuell;Kontaktet;Invitert;")
    assert lines[1].startswith("Statsforvalteren i Fiktivt embete;3;0;")
    assert lines[-1] == "I alt;3;0;0;0;1;0;0;0;0;0;0;0;4"
    assert response["Content-Disposition"] == 'attachment; filename="trakt-pulje-10.csv"'


def test_a_kommune_named_as_a_formula_stays_a_text(client):
    make_candidate(make_embete(), OwnerFactory(name=FORMULA))
    sign_in(client, make_role("udir"))

    text = client.get("/opptak/10/trakt.csv?innhold=kandidater").content.decode("utf-8-sig")
    assert "\"'=HYPERLINK(" in text

    with ZipFile(BytesIO(client.get("/opptak/10/trakt.xlsx").content)) as book:
        sheets = [book.read(f"xl/worksheets/sheet{number}.xml").decode() for number in (1, 2)]
        strings = book.read("xl/sharedStrings.xml").decode()
    assert not any("<f>" in sheet or "hyperlink" in sheet.lower() for sheet in sheets)
    assert "=HYPERLINK(" in strings


def test_the_files_hold_no_working_notes(client):
    make_candidate(reason="Hemmelig notat", next_step="Hemmelig steg")
    sign_in(client, make_role("udir"))

    assertNotContains(client.get("/opptak/10/trakt.csv?innhold=kandidater"), "Hemmelig")
