"""The settings of an opptak in a browser, and the embete's own deadline."""

from datetime import UTC, date, datetime

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from cohorts.actions.opptak import create_opptak
from cohorts.models import Opptak
from tests.cohorts.test_pulje_pages import CREATE
from tests.cohorts.test_pulje_pages import DATES as SEMESTERS
from tests.factories.cohorts import make_pulje
from tests.factories.people import make_role, sign_in
from tests.factories.recruitment import (
    assess,
    make_candidate,
    make_embete,
    make_list,
    make_opptak,
    make_soeknad,
)
from tests.factories.register import StatsforvalterFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
PAGE = "/opptak/10/oppsett/"
FOUR = {
    "soeknadsfrist": "25.11.2026",
    "prioritert_liste": "03.12.2026",
    "avgjoerelse": "18.12.2026",
    "svarfrist": "15.01.2027",
}


@pytest.fixture
def prepared(client):
    """An opptak in preparation, with Udir signed in."""
    StatsforvalterFactory()
    role = make_role("udir")
    sign_in(client, role)
    return create_opptak(pulje=make_pulje(10, status="draft"), by=None, now=NOW)


@pytest.mark.parametrize("kind", ["statsforvalter", "eier", "koordinator", "veileder", "leder"])
def test_only_udir_sees_the_settings(client, kind):
    make_opptak(capacity=7531)
    sign_in(client, make_role(kind))

    response = client.get(PAGE)

    text = "Bare Utdanningsdirektoratet kan endre opptaket."
    assertContains(response, text, status_code=403)
    assertNotContains(response, "7531", status_code=403)
    assert client.post(PAGE, {"del": "aapne"}).status_code == 403


def test_one_in_preparation_is_not_there_for_others(client, prepared):
    sign_in(client, make_role("statsforvalter"))

    assert client.get(PAGE).status_code == 404


def test_udir_may_begin_a_new_pulje_with_its_opptak(client):
    sign_in(client, make_role("udir"))
    preview = client.post(CREATE, {**SEMESTERS, "vis": "1"})
    assertContains(preview, "Begynn med opptak")

    response = client.post(CREATE, {**SEMESTERS, "opptak": "1"})

    assertRedirects(response, "/opptak/11/oppsett/")
    opptak = Opptak.objects.get()
    assert (opptak.pulje.status, opptak.opened_at) == ("draft", None)


def test_the_page_says_what_is_left_before_it_can_be_opened(client, prepared):
    response = client.get(PAGE)

    assertContains(response, "To ting gjenstår før opptaket kan åpnes")
    assertContains(response, "Skriv informasjonen på bokmål.")
    assertContains(response, "Sett en dato for «Søknadsfrist», «Prioritert liste til Udir»")
    assertContains(response, "{antall_enheter}")


def test_pressing_open_too_early_changes_nothing(client, prepared):
    response = client.post(PAGE, {"del": "aapne"}, follow=True)

    assertContains(response, "Noe mangler.")
    prepared.refresh_from_db()
    assert prepared.opened_at is None


def test_from_preparation_to_an_open_opptak(client, prepared):
    client.post(PAGE, {"del": "informasjon", "info_bm": "Om oss", "info_nn": "Om oss"})
    response = client.post(PAGE, {"del": "datoer", **FOUR})
    assertRedirects(response, f"{PAGE}#datoer")
    assertContains(client.get(PAGE), "Opptaket er klart til å åpnes")

    response = client.post(PAGE, {"del": "aapne"})

    assertRedirects(response, "/opptak/10/")
    prepared.refresh_from_db()
    assert prepared.is_open
    assert prepared.pulje.status == "recruiting"


def test_ending_the_opptak_and_starting_the_pulje(client):
    opptak = make_opptak()
    sign_in(client, make_role("udir"))

    client.post(PAGE, {"del": "start"})
    client.post(PAGE, {"del": "avslutt"})

    opptak.refresh_from_db()
    assert (opptak.pulje.status, opptak.closed_at is not None) == ("running", True)
    assertContains(client.get(PAGE), "Alt kan leses, men ikke endres.")
    assert client.post(PAGE, {"del": "datoer", **FOUR}).status_code == 403


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"svarfrist": "17.05.2027"},
            "Mandag 17. mai er en helligdag. Velg for eksempel tirsdag 18. mai.",
        ),
        ({"soeknadsfrist": "19.11.2026"}, "Datoen har vært. Velg en dag fra og med i dag."),
        ({"avgjoerelse": "03.12.2026"}, "Velg en dag etter «Prioritert liste til Udir»"),
        ({"avgjoerelse": "før jul"}, "Skriv datoen slik: 26.11.2026."),
    ],
)
def test_a_wrong_date_is_explained_at_the_field_and_what_was_typed_stays(
    client, prepared, change, message
):
    response = client.post(PAGE, {"del": "datoer", **FOUR, **change})

    assertContains(response, message)
    assertContains(response, f'value="{next(iter(change.values()))}"')
    assertContains(response, 'value="15.01.2027"' if "svarfrist" not in change else "25.11.2026")
    assertContains(response, "<title>Feil: ")
    assert prepared.pulje.dates.count() == 0


def test_an_unknown_placeholder_is_refused_with_those_that_are_known(client, prepared):
    template = prepared.letter_templates.get(outcome="tilbud")
    data = {f"b{template.pk}-{name}": text for name, text in template.texts.items()}
    wrong = data | {f"b{template.pk}-intro_bm": "Hei {komune}, mer tekst"}

    response = client.post(PAGE, {"del": f"brev-{template.pk}", **wrong})

    assertContains(response, "{komune} finnes ikke. Mente du {kommune}? Du kan bruke {kommune},")
    assertContains(response, "Hei {komune}, mer tekst")
    template.refresh_from_db()
    assert template.texts["intro_bm"] == data[f"b{template.pk}-intro_bm"]


def test_a_fodselsnummer_is_refused_and_not_repeated_in_the_message(client, prepared):
    data = {"del": "informasjon", "info_bm": "Ring 01010750160", "info_nn": "Om"}

    response = client.post(PAGE, data)

    assertContains(response, "Fjern fødselsnummeret fra «Informasjon på bokmål».")
    prepared.refresh_from_db()
    assert prepared.info_nn == ""


def test_quotas_are_typed_in_one_table_and_compared_with_the_places_in_all(client, prepared):
    embete = prepared.embeter.get()

    response = client.post(
        PAGE, {"del": "plasser", "capacity": "2", f"quota_{embete.pk}": "3"}, follow=True
    )

    assertContains(response, "Embetene har 3 plasser, flere enn de 2 i alt.")


def test_the_list_is_sent_in_the_gender_of_nynorsk(client):
    opptak = make_opptak()
    make_list([make_soeknad(make_candidate(make_embete(opptak)), sent=True)], sent=True)
    make_embete(opptak, StatsforvalterFactory(code="skog"))
    role = make_role("udir")
    role.user.language = "nn"
    role.user.save()
    sign_in(client, role)
    words = " ".join(client.get(PAGE).content.decode().split())
    assert "<td> Send 20. november </td>" in words
    assert "<td> Ikkje send </td>" in words


def test_a_quota_lowered_after_the_list_was_sent_says_what_it_was(client):
    embete = make_embete(quota=3)
    make_list([make_soeknad(make_candidate(embete), sent=True)], sent=True)
    sign_in(client, make_role("udir"))

    client.post(PAGE, {"del": "plasser", "capacity": "12", f"quota_{embete.pk}": "1"})

    assertContains(client.get(PAGE), "3 plasser da lista kom. Endret 20. november")
    text = "plassene ble endret fra 3 til 1 fredag 20. november"
    assertContains(client.get("/opptak/10/"), text)


def test_a_criterion_is_added_changed_and_removed(client, prepared):
    words = {"short_bm": "Ny", "short_nn": "Ny", "text_bm": "Tekst", "text_nn": "Tekst"}
    added = {f"ny-{name}": text for name, text in words.items()}

    client.post(PAGE, {"del": "ny", "ny-applies_to": "kommune", **added})
    criterion = prepared.criteria.get(key="ny")
    changed = {f"k{criterion.pk}-{name}": f"{text} to" for name, text in words.items()}
    client.post(PAGE, {"del": f"kriterium-{criterion.pk}", **changed})
    criterion.refresh_from_db()
    assert criterion.short_bm == "Ny to"
    client.post(PAGE, {"del": f"fjern-{criterion.pk}"})

    assert not prepared.criteria.filter(pk=criterion.pk).exists()


def test_a_criterion_with_points_stays_and_the_page_says_why(client):
    soeknad = make_soeknad(sent=True)
    assess(soeknad)
    criterion = soeknad.candidate.embete.opptak.criteria.exclude(scores=None).first()
    sign_in(client, make_role("udir"))

    response = client.post(PAGE, {"del": f"fjern-{criterion.pk}"}, follow=True)

    assertContains(response, "Det kan ikke fjernes.")


def test_a_decision_that_can_be_appealed_needs_a_deadline_for_it(client, prepared):
    response = client.post(PAGE, {"del": "vedtak", "enkeltvedtak": "on"})
    assertContains(response, "Sett en klagefrist når svaret kan påklages.")

    client.post(PAGE, {"del": "vedtak", "enkeltvedtak": "on", "complaint_deadline": "29.01.2027"})
    prepared.refresh_from_db()
    assert (prepared.enkeltvedtak, prepared.complaint_deadline) == (True, date(2027, 1, 29))


@pytest.mark.parametrize("count", [1, 3])
def test_the_settings_have_the_same_number_of_queries_for_one_and_three_embeter(
    client, prepared, django_assert_num_queries, count
):
    for number in range(count):
        make_embete(prepared, StatsforvalterFactory(code=f"embete-{number}"))
    client.get(PAGE)

    with django_assert_num_queries(13):
        client.get(PAGE)


# The embete's own deadline


def sign_in_embete(client):
    embete = make_embete()
    sign_in(client, make_role("statsforvalter", embete.statsforvalter))
    return embete


def test_a_statsforvalter_sets_the_deadline_of_the_own_embete(client):
    embete = sign_in_embete(client)
    other = make_embete(embete.opptak, StatsforvalterFactory(code="hei"))
    assertContains(client.get("/opptak/10/frist/"), "Lista skal være hos Udir torsdag 3. desember")

    response = client.post("/opptak/10/frist/", {"deadline": "24.11.2026"})

    assertRedirects(response, "/opptak/10/")
    embete.refresh_from_db()
    other.refresh_from_db()
    assert (embete.internal_deadline, other.internal_deadline) == (date(2026, 11, 24), None)


def test_a_deadline_after_the_list_is_refused_at_the_field(client):
    sign_in_embete(client)

    response = client.post("/opptak/10/frist/", {"deadline": "04.12.2026"})

    assertContains(response, "Fristen kan ikke være etter at lista skal være hos Udir")
    assertContains(response, 'value="04.12.2026"')


@pytest.mark.parametrize("kind", ["udir", "eier", "koordinator", "leder"])
def test_nobody_else_sets_the_deadline_of_an_embete(client, kind):
    make_embete()
    sign_in(client, make_role(kind))

    assert client.get("/opptak/10/frist/").status_code == 403
    assert client.post("/opptak/10/frist/", {"deadline": ""}).status_code == 403
