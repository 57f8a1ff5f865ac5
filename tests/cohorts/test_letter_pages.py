"""The page of a letter before and after it leaves, and who never sees it."""

from datetime import date

import pikepdf
import pytest
from pdfua.cli import main as pdfua
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from cohorts.actions.answer import decline_offer
from cohorts.actions.decision import seen_of
from cohorts.actions.letter import approve_letters, release_letters
from cohorts.models import Decision
from lmp.lib.pdf import is_available
from tests.factories.letters import held_in, letter_data
from tests.factories.people import acting_as, make_role, sign_in
from tests.factories.recruitment import NOW, decide, make_embete, make_soeknad
from tests.factories.register import OwnerFactory, StatsforvalterFactory

pytestmark = pytest.mark.django_db
SECRET = "Planen holder ikke, og PPT er ikke med."


@pytest.fixture
def udir(client):
    return sign_in(client, make_role("udir"))


def released(**values):
    decision = held_in(**values)
    first, second = acting_as(make_role("udir")), acting_as(make_role("udir"))
    approve_letters(decisions=[decision], by=first, now=NOW)
    release_letters(decisions=[decision], approved_by=first, by=second, now=NOW)
    decision.refresh_from_db()
    return decision


# One letter


@pytest.mark.usefixtures("udir")
def test_opening_a_letter_is_not_reading_it(client):
    decision = held_in(read=False)
    assertContains(client.get(f"/brev/{decision.pk}/"), "Jeg har lest brevet")
    decision.refresh_from_db()
    assert decision.read_at is None
    assert client.get(f"/brev/{decision.pk}/lest/").status_code == 405


def test_reading_is_a_deed_with_a_name(client, udir):
    embete = make_embete()
    decision, following = held_in(embete, read=False), held_in(embete, read=False)
    response = client.post(f"/brev/{decision.pk}/lest/", {"next": "1"})
    assertRedirects(response, f"/brev/{following.pk}/", fetch_redirect_response=False)
    decision.refresh_from_db()
    assert decision.read_by == udir


@pytest.mark.usefixtures("udir")
def test_the_letter_is_in_the_language_of_the_kommune_on_a_page_in_bokmaal(client):
    response = client.get(f"/brev/{held_in(maalform='nynorsk').pk}/")
    assertContains(response, "De er inviterte til Læringsmiljøprosjektet, pulje 10")
    assertContains(response, "Kvifor de er valde")
    assertContains(response, 'lang="nn-NO"')
    assertContains(response, "Dette brevet er på nynorsk.")


@pytest.mark.usefixtures("udir")
def test_a_letter_is_changed_and_must_be_read_again(client):
    decision = held_in()
    data = letter_data(decision, conditions="Begge skolene er med.", units_offered="1")
    assertRedirects(
        client.post(f"/brev/{decision.pk}/", data),
        f"/brev/{decision.pk}/",
        fetch_redirect_response=False,
    )
    decision.refresh_from_db()
    assert (decision.conditions, decision.units_offered, decision.read_at) == (
        "Begge skolene er med.",
        1,
        None,
    )
    assertContains(client.get(f"/brev/{decision.pk}/"), "Tilbudet gjelder inntil én enhet.")


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"reason": ""}, "Fyll ut «Begrunnelse til søkeren»."),
        ({"reason": "Se 01010750160."}, "Fjern fødselsnummeret fra «Begrunnelse til søkeren»."),
        ({"answer_due": "i morgen"}, "Skriv datoen slik: 26.11.2026."),
        ({"units_offered": "9"}, "Søknaden har 2 enheter. Skriv det tallet eller et lavere."),
    ],
)
@pytest.mark.usefixtures("udir")
def test_what_is_wrong_is_said_and_the_rest_stays(client, changed, error):
    decision = held_in(reason="Den gamle.")
    data = letter_data(decision, conditions="Dette skrev jeg.") | changed
    response = client.post(f"/brev/{decision.pk}/", data)
    assertContains(response, error)
    assertContains(response, "Dette skrev jeg.")
    decision.refresh_from_db()
    assert (decision.reason, decision.conditions) == ("Den gamle.", "")


@pytest.mark.usefixtures("udir")
def test_two_who_write_at_once_lose_nothing(client):
    decision = held_in()
    mine = letter_data(decision, reason="Min tekst.")
    client.post(f"/brev/{decision.pk}/", letter_data(decision, reason="Den andres tekst."))
    response = client.post(f"/brev/{decision.pk}/", mine)
    assertContains(response, "Begrunnelsen er nå: «Den andres tekst.».")
    assertContains(response, "Min tekst.</textarea>")
    decision.refresh_from_db()
    assert decision.reason == "Den andres tekst."


@pytest.mark.usefixtures("udir")
def test_a_reserve_has_no_deadline_and_no_conditions_to_change(client):
    decision = held_in(outcome="reserve")
    page = client.get(f"/brev/{decision.pk}/")
    assertNotContains(page, "Svarfrist")
    data = {"reason": "En ny.", "seen": seen_of(decision)}
    client.post(f"/brev/{decision.pk}/", data)
    decision.refresh_from_db()
    assert decision.reason == "En ny."


# Who sees it


def readers(decision):
    embete = decision.soeknad.candidate.embete.statsforvalter
    return {
        "eier": make_role("eier", decision.owner),
        "statsforvalter": make_role("statsforvalter", embete),
        "koordinator": make_role("koordinator"),
        "another eier": make_role("eier"),
        "another embete": make_role("statsforvalter", StatsforvalterFactory(code="annet")),
        "veileder": make_role("veileder"),
    }


PAGES = ["/brev/{}/", "/brev/{}/utskrift/", "/brev/{}/pdf/"]


@pytest.mark.parametrize("page", PAGES)
def test_nobody_outside_udir_sees_a_held_letter(client, page):
    decision = held_in(reason=SECRET)
    for role in readers(decision).values():
        sign_in(client, role)
        assert client.get(page.format(decision.pk)).status_code == 404


@pytest.mark.parametrize("page", PAGES[:2])
def test_a_released_letter_is_read_by_its_owner_the_embete_and_for_offers_the_koordinator(
    client, page
):
    decision = released(reason=SECRET)
    seen = set()
    for name, role in readers(decision).items():
        sign_in(client, role)
        response = client.get(page.format(decision.pk))
        assert response.status_code in (200, 404)
        if response.status_code == 200:
            assertContains(response, SECRET)
            seen.add(name)
    assert seen == {"eier", "statsforvalter", "koordinator"}


def test_an_applicant_of_a_joint_soeknad_sees_its_own_letter_alone(client):
    partner = OwnerFactory()
    soeknad = make_soeknad(sent=True, partners=[partner])
    mine = decide(soeknad, released=True)
    other = decide(soeknad, owner=partner, released=True, reason=SECRET)
    sign_in(client, make_role("eier", soeknad.candidate.owner))
    assert client.get(f"/brev/{mine.pk}/").status_code == 200
    assert client.get(f"/brev/{other.pk}/").status_code == 404


def test_the_owner_reads_and_goes_on_to_answer_but_changes_nothing(client):
    decision = released()
    sign_in(client, make_role("eier", decision.owner))
    page = client.get(f"/brev/{decision.pk}/")
    assertContains(page, f"/brev/{decision.pk}/svar/")
    assertNotContains(page, "Endre brevet")
    assert client.post(f"/brev/{decision.pk}/", {"reason": "Ny."}).status_code == 403
    assert client.post(f"/brev/{decision.pk}/lest/").status_code == 403


def test_an_answered_letter_leads_to_the_answer_for_owner_and_udir(client):
    decision = released(answer_due=date(2027, 1, 15))
    owner = make_role("eier", decision.owner)
    decline_offer(decision=decision, reason="", by=acting_as(owner), now=NOW)
    for role in (owner, make_role("udir")):
        sign_in(client, role)
        response = client.get(f"/brev/{decision.pk}/")
        assertContains(response, "Se svaret")
        assertNotContains(response, "Svar på tilbudet")


def test_a_letter_nobody_answered_says_that_it_is_too_late(client):
    decision = released(answer_due=date(2027, 1, 15))
    Decision.objects.filter(pk=decision.pk).update(lapsed_at=NOW)
    sign_in(client, make_role("eier", decision.owner))
    response = client.get(f"/brev/{decision.pk}/")
    assertContains(response, "Svarfristen gikk ut uten svar.")
    assertNotContains(response, "Svar på tilbudet")


def test_the_print_is_what_was_sent(client, udir):
    decision = released()
    Decision.objects.filter(pk=decision.pk).update(reason="Endret etterpå.")
    page = client.get(f"/brev/{decision.pk}/utskrift/")
    assertContains(page, f"Vår referanse 2026/10-{decision.pk:04d}")
    assertContains(page, "Godkjent elektronisk og sendt uten underskrift.")
    assertNotContains(page, "Endret etterpå.")
    assertContains(page, '<p class="act note"><strong>Svar ja eller nei i portalen innen')


@pytest.mark.skipif(not is_available(), reason="Pango is not installed")
def test_the_pdf_is_universally_designed_and_in_the_language_of_the_kommune(client, udir, tmp_path):
    decision = held_in(maalform="nynorsk", conditions="Leiaren deltek på alle samlingane.")

    response = client.get(f"/brev/{decision.pk}/pdf/")

    assert response["Content-Type"] == "application/pdf"
    assert f"brev-2026-10-{decision.pk:04d}.pdf" in response["Content-Disposition"]
    path = tmp_path / "brev.pdf"
    path.write_bytes(response.content)
    with pikepdf.open(path) as document:
        assert str(document.Root.Lang) == "nn-NO"
        assert str(decision.owner) in str(document.docinfo["/Title"])
    assert pdfua(["check", str(path)]) == 0
