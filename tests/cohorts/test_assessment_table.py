"""The assessment table: rows, order, filters, the file, and how many queries it takes."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from cohorts.models import Assessment, Candidate, SoeknadVersion
from tests.factories.assessments import many
from tests.factories.people import UserFactory, make_role, sign_in
from tests.factories.recruitment import (
    NOW,
    assess,
    make_candidate,
    make_embete,
    make_opptak,
    make_private_school,
    make_soeknad,
)
from tests.factories.register import OwnerFactory, StatsforvalterFactory

URL, CSV = "/opptak/10/vurderinger/", "/opptak/10/vurderinger.csv"


@pytest.fixture
def embete(db):
    return make_embete()


def signed_in(client, embete):
    role = make_role("statsforvalter", embete.statsforvalter)
    sign_in(client, role)
    return role


def named(embete, name, **values):
    return make_soeknad(make_candidate(embete, OwnerFactory(name=name)), sent=True, **values)


# --- how many queries --------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3, 200])
def test_the_table_takes_the_same_queries_however_long(
    client, embete, django_assert_num_queries, count
):
    many(embete, count)
    signed_in(client, embete)
    with django_assert_num_queries(14):
        page = client.get(URL)
    assert len(page.context["rows"]) == count
    assertContains(page, "1 skole", count=count)


# --- who opens it ------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [URL, CSV])
def test_nobody_but_the_embete_opens_it(client, embete, path):
    soeknad = named(embete, "Elveskar")
    assess(soeknad)
    refused = [
        make_role("udir"),
        make_role("eier", soeknad.candidate.owner),
        make_role("koordinator"),
        make_role("statsforvalter", StatsforvalterFactory(code="annet")),
    ]
    for role in refused:
        sign_in(client, role)
        answer = client.get(path)
        assert answer.status_code == 403, role.kind
        assert "Tilrås" not in answer.content.decode()


def test_an_embete_never_sees_the_applications_of_another(client, embete):
    other = make_embete(embete.opptak, StatsforvalterFactory(code="annet"))
    assess(named(other, "Elveskar"))
    assess(named(embete, "Storholmen"))
    signed_in(client, embete)
    for path in (URL, CSV):
        page = client.get(path)
        assertContains(page, "Storholmen")
        assertNotContains(page, "Elveskar")


# --- what stands on it -------------------------------------------------------------------------


def test_a_row_says_the_scores_the_sum_and_what_is_recommended(client, embete):
    first, second = named(embete, "Elveskar"), named(embete, "Storholmen")
    assess(first, score=4)
    assess(second, score=3)
    assess(second, score=4, recommendation="reserve")
    make_soeknad(make_candidate(embete))  # a draft is nobody's to see
    signed_in(client, embete)

    page = client.get(URL)

    assertContains(page, "To søknader er vurdert")
    assertContains(page, "Elveskar ligger øverst. Én søknad har ulike vurderinger")
    top, below = page.context["rows"]
    assert [cell.text for cell in top.cells] == ["4"] * 5
    assert (top.sum, top.tag.word) == ("20", "Tilrås")
    assert [cell.text for cell in below.cells] == ["3 / 4"] * 5
    assert below.cells[0].bars == (True, True, True, False)
    assert (below.sum, below.tag.word) == ("17,5", "Ulik tilråding")
    assertContains(page, "ulike vurderinger</span>", count=5)
    assert top.about == "1 skole og 1 barnehage"


def test_a_private_school_has_four_criteria_and_a_joint_søknad_names_the_others(client, embete):
    assess(make_soeknad(make_private_school(embete), sent=True), score=4)
    partner = OwnerFactory(name="Bervika")
    joint = named(embete, "Elveskar", partners=[partner])
    SoeknadVersion.objects.filter(soeknad=joint).update(late=True, late_reason="Strømmen gikk.")
    signed_in(client, embete)

    page = client.get(URL)

    school, kommune = page.context["rows"]
    assert [cell.text for cell in school.cells] == ["4", "4", "4", "4", ""]
    assert [cell.is_asked for cell in school.cells] == [True, True, True, True, False]
    assert school.sum == "16 av 16"
    assert kommune.about == "1 skole og 1 barnehage · sammen med Bervika"
    assert kommune.tag.word == "Ikke vurdert"
    assertContains(page, "gjelder ikke denne søkeren", count=1)
    assertContains(page, "Etter fristen: Strømmen gikk.")


def test_a_colleagues_scores_are_hidden_until_the_own_assessment_is_finished(client, embete):
    soeknad = named(embete, "Elveskar")
    assess(soeknad, score=4)
    role = signed_in(client, embete)
    assess(soeknad, score=1, assessor=role.user, completed=False)

    row = client.get(URL).context["rows"][0]
    assert (row.sum, row.tag.word) == ("–", "Ikke vurdert")
    assert row.about == "1 skole og 1 barnehage · én av to har vurdert"
    assertContains(client.get(CSV), "Elveskar;;;;;;;;20;Ikke vurdert;;")
    assertContains(client.get(URL), "Én søknad, ingen er vurdert")

    Assessment.objects.update(completed_at=NOW)
    assert client.get(URL).context["rows"][0].sum == "12,5"


# --- order and filters -------------------------------------------------------------------------


def test_any_column_sorts_both_ways_and_what_is_missing_stands_last(client, embete):
    for name, score, recommended in [
        ("Anvika", 2, "reserve"),
        ("Bervika", 4, "tilraas_ikke"),
        ("Cervika", 3, "tilraas"),
    ]:
        assess(named(embete, name), score=score, recommendation=recommended)
    named(embete, "Dervika")
    signed_in(client, embete)

    def order(query):
        page = client.get(f"{URL}?{query}")
        return "".join(row.row.owner.name[0] for row in page.context["rows"])

    assert order("") == order("sorter=tull") == "BCAD"
    assert order("sorter=sum&retning=opp") == "ACBD"
    assert order("sorter=soeker") == "ABCD"
    assert order("sorter=soeker&retning=ned") == "DCBA"
    assert order("sorter=k1") == "BCAD"
    assert order("sorter=tilraading") == "CABD"
    page = client.get(f"{URL}?sorter=k2&vis=ulike&retning=opp")
    assert [head.sort for head in page.context["headings"]][2] == "ascending"
    page = client.get(f"{URL}?vis=")
    assertContains(page, 'aria-sort="descending"', count=1)
    assertContains(page, "?vis=&amp;sorter=sum&amp;retning=opp")


def test_the_filters_let_through_what_is_asked_for(client, embete):
    person = UserFactory(name="Liv Aase")
    different = named(embete, "Anvika")
    assess(different)
    assess(different, recommendation="reserve")
    assess(named(embete, "Bervika"), recommendation="reserve")
    named(embete, "Cervika", partners=[OwnerFactory()])
    Candidate.objects.filter(owner__name="Bervika").update(responsible=person)
    signed_in(client, embete)

    def found(query):
        page = client.get(f"{URL}?sorter=soeker&{query}")
        return "".join(row.row.owner.name[0] for row in page.context["rows"])

    assert found("tilraading=reserve") == "B"
    assert found("tilraading=ikke") == found("vis=ikke") == "C"
    assert found(f"ansvarlig={person.pk}") == "B"
    assert found("vis=ulike") == "A"
    assert found("vis=felles") == "C"
    assert found("tilraading=x&vis=y&ansvarlig=z") == "ABC"
    assertContains(client.get(f"{URL}?tilraading=tilraas"), "Ingen søknader passer")


def test_the_file_has_the_scores_and_no_reasons(client, embete):
    soeknad = named(embete, "=Anvika")
    assess(soeknad, assessor=UserFactory(name="Eirik"))
    assess(soeknad, score=4, assessor=UserFactory(name="Liv"))
    signed_in(client, embete)
    answer = client.get(CSV)
    head, row = answer.content.decode("utf-8-sig").splitlines()
    assert head.startswith("Søker;Sammen med;Organisering og forankring;")
    assert row == "'=Anvika;;3 og 4;3 og 4;3 og 4;3 og 4;3 og 4;17,5;20;Tilrås;Eirik og Liv;"
    assert answer["Content-Disposition"] == 'attachment; filename="vurderinger-pulje-10.csv"'


def test_without_applications_it_says_so(client, embete):
    signed_in(client, embete)
    assertContains(client.get(URL), "Ingen søknader har kommet ennå")


def test_an_opptak_that_is_not_announced_is_not_there(client, db):
    embete = make_embete(make_opptak(opened=False))
    signed_in(client, embete)
    assert client.get(URL).status_code == 404
