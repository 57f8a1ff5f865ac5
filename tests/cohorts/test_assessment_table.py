"""The assessment table: rows, order, filters, the file, and how many queries it takes."""

from datetime import timedelta
from decimal import Decimal

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from actors.models import Kommune, Owner
from actors.rules.register import derive_names
from cohorts.models import (
    Assessment,
    AssessmentScore,
    Candidate,
    Soeknad,
    SoeknadUnit,
    SoeknadVersion,
)
from cohorts.rules.assessment_order import ordered, rank_of
from cohorts.rules.assessment_words import (
    lead_of_two,
    number,
    role_in_words,
    table_heading,
    table_lead,
)
from tests.factories.people import UserFactory, make_role, sign_in
from tests.factories.recruitment import (
    NOW,
    TODAY,
    assess,
    make_candidate,
    make_embete,
    make_opptak,
    make_private_school,
    make_soeknad,
)
from tests.factories.register import FylkeFactory, OwnerFactory, StatsforvalterFactory

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


def many(embete, count):
    """`count` assessed applications in seven statements."""
    fylke = FylkeFactory(statsforvalter=embete.statsforvalter)
    numbers = [str(1000 + n) for n in range(count)]
    kommuner = Kommune.objects.bulk_create(
        Kommune(number=n, name=f"Vik {n}", official_name=f"Vik {n}", orgnr=f"10000{n}", fylke=fylke)
        for n in numbers
    )
    owners = Owner.objects.bulk_create(
        Owner(kind="kommune", kommune=k, name=k.name, orgnr=k.orgnr, **derive_names(k.name))
        for k in kommuner
    )
    person, liv = UserFactory(), UserFactory()
    candidates = Candidate.objects.bulk_create(
        Candidate(embete=embete, owner=owner, created_at=NOW, responsible=person)
        for owner in owners
    )
    written = {"created_at": NOW, "created_by": person, "saved_at": NOW, "saved_by": person}
    soeknader = Soeknad.objects.bulk_create(
        Soeknad(candidate=each, applicant="kommune", status="sent", sent_at=NOW, **written)
        for each in candidates
    )
    SoeknadVersion.objects.bulk_create(
        SoeknadVersion(
            soeknad=each,
            number=1,
            content={"units": [{"kind": "skole"}]},
            language="nb",
            sha256="0" * 64,
            receipt=f"S-{each.pk}",
            sent_at=NOW,
            sent_by=person,
            sent_as="Eier",
        )
        for each in soeknader
    )
    SoeknadUnit.objects.bulk_create(
        SoeknadUnit(
            soeknad=each,
            owner=each.candidate.owner,
            name="Skole",
            kind="skole",
            token=f"t{each.pk}",
        )
        for each in soeknader
    )
    judged = Assessment.objects.bulk_create(
        Assessment(
            soeknad=each,
            assessor=who,
            habilitet="habil",
            recommendation="tilraas",
            updated_at=NOW,
            completed_at=NOW,
        )
        for each in soeknader
        for who in (person, liv)
    )
    criteria = list(embete.opptak.criteria.filter(applies_to="kommune"))
    AssessmentScore.objects.bulk_create(
        AssessmentScore(assessment=each, criterion=criterion, score=1 + each.pk % 4)
        for each in judged
        for criterion in criteria
    )


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


# --- words and order ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("total", "assessed", "words"),
    [
        (11, 10, "Elleve søknader, ti er vurdert"),
        (1, 1, "Én søknad er vurdert"),
        (2, 0, "To søknader, ingen er vurdert"),
        (0, 0, "Ingen søknader har kommet ennå"),
    ],
)
def test_the_heading_counts(total, assessed, words):
    assert table_heading(total, assessed) == words


def test_the_lead_names_the_highest_and_counts_the_different():
    assert table_lead(["Anvika", "Bervika"], 2) == (
        "Anvika og Bervika ligger øverst. To søknader har ulike vurderinger som dere bør snakke om."
    )
    assert table_lead([], 0) == ""


def test_missing_values_stand_last_whichever_way():
    rows = [None, 2, 3, 1]
    assert ordered(rows, lambda row: row, descending=True) == [3, 2, 1, None]
    assert ordered(rows, lambda row: row, descending=False) == [1, 2, 3, None]
    assert [rank_of(each) for each in ("tilraas", "reserve", "tilraas_ikke", "")] == [2, 1, 0, None]


@pytest.mark.parametrize(
    ("compared", "differing", "words"),
    [
        (0, 0, "Du og Kari vurderer hver for dere."),
        (
            5,
            5,
            "Du og Kari vurderer hver for dere. Dere er ikke enige om noen av de fem kriteriene.",
        ),
        (5, 2, "Du og Kari vurderer hver for dere. Dere er enige om tre av fem kriterier."),
    ],
)
def test_the_lead_tells_how_far_two_agree(compared, differing, words):
    assert lead_of_two("Kari", compared, differing) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (-10, None, "Du er eier, Anvika, siden 10. november 2026."),
        (-10, 5, "Du er eier, Anvika, fra 10. november 2026 til 25. november 2026."),
        (-10, -5, "Du var eier, Anvika, fra 10. november 2026 til 15. november 2026."),
        (5, None, "Du blir eier, Anvika, fra 25. november 2026."),
    ],
)
def test_a_role_is_said_with_its_period(start, end, words):
    days = [TODAY + timedelta(days=d) if d is not None else None for d in (start, end)]
    assert role_in_words("Eier", "Anvika", *days, TODAY) == words


def test_a_number_has_a_comma_only_when_it_needs_one():
    assert [number(Decimal(each)) for each in ("17.5", "17.0")] == ["17,5", "17"]
