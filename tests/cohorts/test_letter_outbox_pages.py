"""The outbox of letters: read, approved by one person and released by another."""

from datetime import UTC, datetime

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from actors.models import User
from cohorts.actions.letter import approve_letters
from cohorts.models import Letter
from tests.factories.letters import held_in, letter_data
from tests.factories.people import acting_as, make_role, sign_in
from tests.factories.recruitment import NOW, make_embete

pytestmark = pytest.mark.django_db
OUTBOX = "/opptak/10/utboks/"


@pytest.fixture
def udir(client):
    return sign_in(client, make_role("udir"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_outbox_takes_the_same_queries_however_long(
    client, udir, django_assert_num_queries, rows
):
    embete = make_embete()
    for _row in range(rows):
        held_in(embete, by=udir)
    with django_assert_num_queries(11):
        response = client.get(OUTBOX)
    assert len(response.context["rows"]) == rows


@pytest.mark.usefixtures("udir")
def test_the_outbox_says_what_is_read_and_in_which_language(client):
    embete = make_embete()
    held_in(embete)
    unread = held_in(embete, read=False, maalform="nynorsk", outcome="reserve")

    response = client.get(OUTBOX)

    assertContains(response, "2 brev venter. Ingen er sendt.")
    assertContains(response, '<td data-label="Målform">Nynorsk</td>')  # its heading on a phone
    assertContains(response, "Ett er lest og kan slippes. Ett må noen lese først.")
    assertContains(response, "Her er 1 på bokmål og 1 på nynorsk.")
    by_key = {row["pk"]: row for row in response.context["rows"]}
    assert (by_key[unread.pk]["checked"], by_key[unread.pk]["language"]) == (False, "Nynorsk")
    assert response.context["picked"] == 1
    assert client.get(f"{OUTBOX}?velg=ingen").context["picked"] == 0


def test_two_people_release_and_the_number_is_named(client):
    embete = make_embete()
    decisions = [held_in(embete), held_in(embete)]
    keys = [decision.pk for decision in decisions]
    first, second = make_role("udir"), make_role("udir")

    sign_in(client, first)
    assertContains(client.get(OUTBOX), "Godkjenn 2 brev")
    response = client.post(OUTBOX, {"brev": keys, "seen": "on"})
    assertRedirects(response, OUTBOX, fetch_redirect_response=False)
    page = client.get(OUTBOX)
    assertContains(page, "2 brev venter på at en annen slipper dem")
    assertNotContains(page, "Slipp 2 brev")
    assert not Letter.objects.exists()

    sign_in(client, second)
    page = client.get(OUTBOX)
    assertContains(page, f"og {first.user} har godkjent lista.")
    assertContains(page, "Slipp 2 brev")
    address = f"{OUTBOX}slipp/{first.user.pk}/"
    response = client.post(address, {"brev": keys, "seen": "on"})
    assertRedirects(response, OUTBOX, fetch_redirect_response=False)
    assert Letter.objects.count() == 2
    assertContains(client.get(OUTBOX), "Ingen brev venter")


def test_the_first_person_cannot_release_by_hand(client, udir):
    decision = held_in()
    client.post(OUTBOX, {"brev": [decision.pk], "seen": "on"})
    response = client.post(f"{OUTBOX}slipp/{udir.pk}/", {"brev": [decision.pk], "seen": "on"})
    assertContains(response, "En annen enn den som godkjente lista, må slippe brevene.")
    assert not Letter.objects.exists()


@pytest.mark.usefixtures("udir")
def test_an_unread_letter_is_not_approved(client):
    decision = held_in(read=False)
    response = client.post(OUTBOX, {"brev": [decision.pk], "seen": "on"})
    assertContains(response, f"Les brevet til {decision.owner} før det slippes.")
    assertContains(client.post(OUTBOX, {"seen": "on"}), "Velg minst ett brev.")
    response = client.post(OUTBOX, {"brev": [decision.pk]})
    assertContains(response, "Kryss av for «Jeg har sett over mottakerne og brevene».")


def test_one_person_alone_is_told_to_find_another(client, udir):
    decision = held_in(by=udir)
    User.objects.exclude(pk=udir.pk).update(is_active=False)
    assertContains(client.get(OUTBOX), "Du er den eneste med tilgang nå.")
    client.post(OUTBOX, {"brev": [decision.pk], "seen": "on"})
    decision.refresh_from_db()
    assert decision.approved_by is None


def approved_by_another():
    decision, first = held_in(), acting_as(make_role("udir"))
    approve_letters(decisions=[decision], by=first, now=NOW)
    return decision, f"{OUTBOX}slipp/{first.pk}/"


@pytest.mark.usefixtures("udir")
def test_letters_can_leave_later_and_be_stopped(client):
    decision, address = approved_by_another()
    data = {"brev": [decision.pk], "seen": "on", "later": "1"}

    response = client.post(address, data | {"day": "19.11.2026", "clock": "09.00"})
    assertContains(response, "Velg et tidspunkt som ikke har vært.")
    assertContains(client.post(address, data), "Skriv dato for når brevene skal slippes.")

    client.post(address, data | {"day": "18.12.2026", "clock": "09.00"})
    assertContains(client.get(OUTBOX), "1 brev slippes fredag 18. desember kl. 09.00")
    assert not Letter.objects.exists()

    client.post(f"{OUTBOX}stans/", {"brev": [decision.pk]})
    decision.refresh_from_db()
    assert (decision.release_at, decision.approved_by) == (None, None)


def test_letters_after_the_day_to_decide_ask_for_one_reason(client, udir, time_machine):
    decision, address = approved_by_another()
    assertNotContains(client.get(OUTBOX), "Hvorfor sendes brevene etter datoen?")
    time_machine.move_to(datetime(2027, 1, 12, 9, 0, tzinfo=UTC))
    client.force_login(udir)
    assertContains(client.get(OUTBOX), "Hvorfor sendes brevene etter datoen?")

    data = {"brev": [decision.pk], "seen": "on"}
    assertContains(client.post(address, data), "Skriv hvorfor brevene sendes etter datoen.")
    assert not Letter.objects.exists()
    client.post(address, data | {"late_reason": "To lister kom sent."})

    letter = client.get(f"/brev/{decision.pk}/")
    assertContains(letter, "etter datoen")
    assertContains(letter, "Sendes etter datoen fordi: To lister kom sent.")
    sign_in(client, make_role("eier", decision.owner))
    assertNotContains(client.get(f"/brev/{decision.pk}/"), "To lister kom sent.")


@pytest.mark.usefixtures("udir")
def test_a_letter_changed_after_the_page_was_opened_is_not_released(client):
    decision, address = approved_by_another()
    client.post(f"/brev/{decision.pk}/", letter_data(decision, reason="En ny begrunnelse."))
    response = client.post(address, {"brev": [decision.pk], "seen": "on"})
    assertContains(response, "Et av brevene er endret eller sendt. Se over lista på nytt.")
    assert not Letter.objects.exists()


@pytest.mark.parametrize("kind", ["statsforvalter", "koordinator", "eier"])
def test_nobody_else_opens_the_outbox(client, kind):
    decision = held_in()
    embete = decision.soeknad.candidate.embete.statsforvalter
    scope = {"statsforvalter": embete, "eier": decision.owner}
    sign_in(client, make_role(kind, scope.get(kind)))
    assert client.get(OUTBOX).status_code == 403
    assert client.post(f"{OUTBOX}stans/", {"brev": [decision.pk]}).status_code == 403
