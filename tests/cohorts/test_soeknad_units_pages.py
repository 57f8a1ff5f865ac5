"""The page of the units of a søknad: searching, adding, totals, and the links."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertRedirects

from actors.models import Mail
from tests.factories.people import make_role, sign_in
from tests.factories.recruitment import NOW, make_candidate, make_soeknad
from tests.factories.recruitment import add_soeknad_unit as make_unit_row
from tests.factories.register import BarnehageFactory, KommuneFactory, OwnerFactory, SkoleFactory

pytestmark = pytest.mark.django_db
FNR = "15076500565"


@pytest.fixture
def owner():
    return OwnerFactory(kommune=KommuneFactory(name="Tranevik"))


@pytest.fixture
def soeknad(owner):
    return make_soeknad(make_candidate(owner=owner), units=0)


def url(soeknad, name="soeknad_units", *more):
    return reverse(f"cohorts:{name}", args=[soeknad.pk, *more])


def test_search_marks_the_letters_and_keeps_to_the_kommune(client, soeknad, owner, eier):
    SkoleFactory(owner=owner, name="Skjærbrygga skole", children=214)
    BarnehageFactory(owner=owner, name="Skjærstua barnehage", children=8)
    away = SkoleFactory(owner=owner, name="Skjærvær fjellskole", kommune=KommuneFactory())
    SkoleFactory(name="Skjærtun skole")
    sign_in(client, eier)
    html = client.get(url(soeknad), {"q": "skjær"}).content.decode()
    assert "<mark>Skjær</mark>brygga skole" in html
    assert "214 elever" in html
    assert html.count("Færre enn ti barn") == 1
    assert away.name.removeprefix("Skjær") not in html
    everywhere = client.get(url(soeknad), {"q": "skjær", "landet": "1"}).content.decode()
    assert "<mark>Skjær</mark>vær fjellskole" in everywhere
    assert "tun skole" not in everywhere


def test_the_page_adds_and_shows_totals(client, soeknad, owner, eier):
    low = SkoleFactory(owner=owner, children=214)
    make_unit_row(soeknad, SkoleFactory(owner=owner, children=10), grades="8.–10. trinn")
    sign_in(client, eier)
    answer = client.post(url(soeknad), {"unit": low.pk})
    row = soeknad.units.get(unit=low)
    assert answer.url == url(soeknad, "soeknad_unit_edit", row.pk)
    html = client.get(url(soeknad)).content.decode()
    assert "2 enheter · 224 barn og elever · 20 ansatte" in html
    assert "Begge skoleslag er med" in html


def test_staff_that_nobody_knows_is_not_said_to_be_none(client, soeknad, eier):
    make_unit_row(soeknad, staff=None, children=140)
    sign_in(client, eier)
    html = client.get(url(soeknad)).content.decode()
    assert '<span class="muted">1 enhet · 140 barn og elever</span>' in html


def test_the_leader_is_written_and_the_link_sent(client, soeknad, owner, eier):
    row = make_unit_row(soeknad, leader_name="", leader_email="", part="not_started")
    sign_in(client, eier)
    page = url(soeknad, "soeknad_unit_edit", row.pk)
    bad = client.post(page, {"leader_name": "Mona Rød", "leader_email": "mona", "send": "1"})
    assert 'value="Mona Rød"' in bad.content.decode()
    good = {"leader_name": "Mona Rød", "leader_email": "mona@lmp.example", "send": "1"}
    assert client.post(page, good).status_code == 302
    assert Mail.objects.get().to == "mona@lmp.example"
    html = client.get(url(soeknad)).content.decode()
    assert "Mona Rød. Har ikke åpnet lenka fra 20. november" in html
    again = client.post(url(soeknad, "unit_link_send", row.pk), follow=True)
    assert "Vent 60 minutter" in again.content.decode()


def test_a_unit_with_text_is_asked_about_before_it_is_taken_out(client, soeknad, eier):
    row = make_unit_row(soeknad)
    sign_in(client, eier)
    page = url(soeknad, "soeknad_unit_remove", row.pk)
    assert "Teksten blir slettet" in client.get(page).content.decode()
    assert client.post(page).status_code == 302
    assert soeknad.units.count() == 0
    assertRedirects(client.post(page), url(soeknad), fetch_redirect_response=False)


def test_a_manual_unit_through_the_page(client, soeknad, eier, owner):
    sign_in(client, eier)
    page = url(soeknad, "soeknad_unit_manual")
    typed = {"name": f"Sol {FNR}", "owner": owner.pk, "kind": "skole", "ownership": "offentlig"}
    assert "Fjern fødselsnummeret" in client.post(page, typed).content.decode()
    wrong = typed | {"name": "Sol skole", "orgnr": "974760674", "grades": "1.–4."}
    html = client.post(page, wrong).content.decode()
    assert "Skriv de ni sifrene i organisasjonsnummeret." in html
    assert 'value="1.–4."' in html
    assert client.post(page, wrong | {"orgnr": "974 760 673"}).status_code == 302
    row = soeknad.units.get()
    assert (row.name, row.orgnr, row.grades) == ("Sol skole", "974760673", "1.–4.")


def test_others_cannot_open_the_pages(client, soeknad):
    row = make_unit_row(soeknad)
    stranger = make_role("eier")
    partner = OwnerFactory()
    soeknad.partners.create(owner=partner, status="confirmed", asked_at=NOW)
    for role, status in ((stranger, 404), (make_role("eier", partner), 403)):
        sign_in(client, role)
        assert client.get(url(soeknad)).status_code == status
        assert client.post(url(soeknad, "unit_link_send", row.pk)).status_code == status
        assert client.get(url(soeknad, "soeknad_unit_edit", row.pk)).status_code == status
    assert Mail.objects.count() == 0


def test_a_unit_of_another_soeknad_is_not_reached_through_the_own(client, soeknad, eier):
    other = make_soeknad(make_candidate(soeknad.candidate.embete), units=1)
    sign_in(client, eier)
    row = other.units.get()
    assert client.get(url(soeknad, "soeknad_unit_edit", row.pk)).status_code == 404
    client.post(url(soeknad, "soeknad_unit_remove", row.pk))
    assert other.units.get() == row


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_for_one_and_three(
    client, soeknad, owner, eier, count, django_assert_num_queries
):
    for _each in range(count):
        make_unit_row(soeknad)
    sign_in(client, eier)
    client.get(url(soeknad))
    with django_assert_num_queries(8):
        client.get(url(soeknad))
