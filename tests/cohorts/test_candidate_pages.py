"""Pages of one candidate: who sees it, its next step and the contact log."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from cohorts.models import CandidateContact
from tests.factories.candidates import SECRET, assessed, noted
from tests.factories.people import FOEDSELSNUMMER, UserFactory, make_role, sign_in
from tests.factories.recruitment import (
    NOW,
    assess,
    decide,
    make_candidate,
    make_embete,
    make_list,
    make_soeknad,
)
from tests.factories.register import StatsforvalterFactory

pytestmark = pytest.mark.django_db


def test_the_contact_log_never_leaves_the_embete(client, embete):
    """The sentence that must not leak: not to Udir, not to the owner, not to another embete."""
    candidate = noted(embete)
    make_soeknad(candidate, sent=True, forwarded_at=NOW)
    addresses = [
        "/opptak/10/",
        "/opptak/10/kandidater/",
        "/opptak/10/logg/",
        f"/kandidater/{candidate.pk}/",
    ]
    other = StatsforvalterFactory(code="annet", name="Annet embete")
    make_embete(embete.opptak, other)
    roles = [
        make_role("udir"),
        make_role("eier", candidate.owner),
        make_role("statsforvalter", other),
        make_role("koordinator"),
        make_role("veileder"),
    ]

    for role in roles:
        sign_in(client, role)
        for address in addresses:
            assert SECRET not in client.get(address).content.decode(), (role.kind, address)


@pytest.mark.parametrize("kind", ["eier", "koordinator", "veileder", "leder", "ppt"])
def test_nobody_else_opens_the_pages(client, embete, kind):
    candidate = noted(embete)
    scope = candidate.owner if kind == "eier" else None
    sign_in(client, make_role(kind, scope))
    pages = ["kandidater/", "kandidater/nye/", "logg/", "inviter/"]

    assert [client.get(f"/opptak/10/{page}").status_code for page in pages] == [404] * 4
    assert client.get(f"/kandidater/{candidate.pk}/").status_code == 404


def test_another_embete_guesses_in_vain(client, embete):
    candidate = noted(embete)
    other = StatsforvalterFactory(code="annet", name="Annet embete")
    make_embete(embete.opptak, other)
    sign_in(client, make_role("statsforvalter", other))

    assert client.get(f"/kandidater/{candidate.pk}/").status_code == 404
    assertNotContains(client.get("/opptak/10/kandidater/"), "Sørtinden")
    line = {"candidate": candidate.pk, "how": "telefon", "text": "Snakket."}
    response = client.post("/opptak/10/logg/", line)
    assert (response.status_code, CandidateContact.objects.count()) == (200, 1)


def test_udir_reads_name_stage_and_responsible(client, embete):
    candidate = noted(embete, responsible=UserFactory(name="Liv Aase"))
    sign_in(client, make_role("udir"))

    for page in ("/opptak/10/kandidater/", f"/kandidater/{candidate.pk}/"):
        response = client.get(page)
        assertContains(response, "Sørtinden")
        assertContains(response, "Aktuell")
        assertContains(response, "Liv Aase")
    assert client.post(f"/kandidater/{candidate.pk}/", {"skjema": "endre"}).status_code == 200
    assert client.get("/opptak/10/logg/").status_code == 404
    candidate.refresh_from_db()
    assert candidate.reason == SECRET


def test_the_next_step_is_changed_on_the_page(client, embete, adviser):
    candidate = make_candidate(embete)
    page = f"/kandidater/{candidate.pk}/"

    response = client.post(
        page,
        {
            "skjema": "endre",
            "responsible": adviser.pk,
            "reason": "Ba om hjelp.",
            "next_step": "Ring",
            "next_step_on": "23.11.2026",
        },
    )

    assertRedirects(response, page)
    candidate.refresh_from_db()
    assert (candidate.responsible, candidate.next_step_on) == (adviser, date(2026, 11, 23))


def test_the_page_says_the_next_step_and_the_deadline_in_words(client, embete, adviser):
    candidate = noted(embete, next_step="Ring", reason="")

    page = client.get(candidate.get_absolute_url())

    assertContains(page, "Ring, skulle vært gjort 18. november")
    assertContains(page, "De kan søke til onsdag 25. november.")


def test_wrong_input_keeps_what_was_typed(client, embete, adviser):
    candidate = make_candidate(embete)
    page = f"/kandidater/{candidate.pk}/"
    typed = {"skjema": "endre", "reason": "Ba om hjelp.", "next_step": "", "next_step_on": "snart"}

    wrong = client.post(page, typed)
    assertContains(wrong, "Skriv datoen slik: 26.11.2026.")
    assertContains(wrong, "Ba om hjelp.")
    unsaid = client.post(page, typed | {"next_step_on": "23.11.2026"})
    assertContains(unsaid, "Skriv hva som skal gjøres denne dagen.")
    number = client.post(page, typed | {"next_step_on": "", "reason": f"Om {FOEDSELSNUMMER}"})
    assertContains(number, "Fjern fødselsnummeret fra «Hvorfor aktuell».")

    candidate.refresh_from_db()
    assert (candidate.reason, candidate.next_step_on) == ("", None)


def test_the_responsible_is_somebody_in_the_embete(client, embete, adviser):
    candidate = make_candidate(embete)
    stranger = make_role("statsforvalter", StatsforvalterFactory(code="annet", name="Annet")).user

    client.post(f"/kandidater/{candidate.pk}/", {"skjema": "endre", "responsible": stranger.pk})

    candidate.refresh_from_db()
    assert candidate.responsible is None


def test_laid_aside_and_taken_back_on_the_page(client, embete, adviser):
    candidate = make_candidate(embete)
    page = f"/kandidater/{candidate.pk}/"

    assertContains(client.post(page, {"skjema": "legg-bort"}), "Fyll ut «Hvorfor er det ikke")
    client.post(page, {"skjema": "legg-bort", "reason": "Vil vente et år."})
    assertContains(client.get(page), "Vil vente et år.")
    client.post(page, {"skjema": "ta-tilbake"})

    candidate.refresh_from_db()
    assert (candidate.stage, candidate.dismissed_reason) == ("aktuell", "")


def test_a_contact_is_logged_and_leads_back(client, embete, adviser):
    candidate = make_candidate(embete)
    back = f"/kandidater/{candidate.pk}/#logg"
    line = {
        "candidate": candidate.pk,
        "how": "moete",
        "text": "Informerte rektorene.",
        "next": back,
    }

    response = client.post("/opptak/10/logg/", line)

    assert (response.status_code, response["Location"]) == (302, back)
    contact = CandidateContact.objects.get()
    assert (contact.on, contact.by, contact.how) == (date(2026, 11, 20), adviser, "moete")
    assertContains(client.get("/opptak/10/logg/"), "Informerte rektorene.")
    outside = client.post("/opptak/10/logg/", line | {"next": "https://ond.example/"})
    assert outside["Location"] == "/opptak/10/logg/"


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"on": "21.11.2026"}, "Skriv en dato som ikke er fram i tid."),
        ({"text": ""}, "Fyll ut «Kort om hva dere ble enige om»."),
        ({"text": "Ring " + FOEDSELSNUMMER}, "Fjern fødselsnummeret fra"),
        ({"text": "a" * 301}, "300"),
    ],
)
def test_a_wrong_contact_stays_in_the_form(client, embete, adviser, wrong, error):
    candidate = make_candidate(embete)
    line = {"candidate": candidate.pk, "how": "brev", "text": "Snakket om vikarer."} | wrong

    response = client.post("/opptak/10/logg/", line)

    assertContains(response, error)
    assertContains(response, '<option value="brev" selected>')
    assert CandidateContact.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_the_log_takes_the_same_queries_however_long(
    client, embete, adviser, django_assert_num_queries, rows
):
    for row in range(rows):
        noted(embete, f"Sørtinden {row}")

    with django_assert_num_queries(10):
        response = client.get("/opptak/10/logg/")

    assert len(response.context["rows"]) == rows


def test_the_page_of_a_candidate_tells_its_way(client, embete, adviser):
    candidate = noted(embete)
    soeknad = make_soeknad(candidate, sent=True)
    assess(soeknad)
    make_list([soeknad], sent=True)
    decide(soeknad, released=True)

    response = client.get(f"/kandidater/{candidate.pk}/")

    texts = {row["text"] for row in response.context["steps"]}
    assert texts == {
        "Satt på lista",
        "Søknaden ble påbegynt",
        "Søknaden kom, versjon 1",
        "Vurdert",
        "På lista til Udir som nummer 1",
        "Tilbud",
    }
    assertContains(response, "Den kom fredag 20. november kl. 10.00.")


def test_a_held_decision_is_not_told(client, embete, adviser):
    soeknad = assessed(make_candidate(embete))
    decide(soeknad, "avslag")

    assertNotContains(client.get(f"/kandidater/{soeknad.candidate_id}/"), "Avslag")


def test_nothing_is_changed_after_the_opptak_has_ended(client, embete, adviser):
    candidate = noted(embete)
    embete.opptak.closed_at = NOW
    embete.opptak.save()

    assert client.get(f"/kandidater/{candidate.pk}/").status_code == 200
    response = client.post(f"/kandidater/{candidate.pk}/", {"skjema": "ta-tilbake"})
    assertContains(response, "Opptaket er avsluttet.", status_code=403)
    assert client.get("/opptak/10/kandidater/nye/").status_code == 403
    assert client.get("/opptak/10/inviter/").status_code == 403
