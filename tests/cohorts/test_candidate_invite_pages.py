"""The page on which one or many owners are invited to apply."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from actors.models import Invitation, Mail
from tests.factories.candidates import invite
from tests.factories.people import UserFactory, make_role, sign_in
from tests.factories.recruitment import make_candidate, make_embete
from tests.factories.register import KommuneFactory, OwnerFactory, StatsforvalterFactory

pytestmark = pytest.mark.django_db


def typed(*candidates, email="ny@lmp.example", **values):
    data = {
        "skjema": "send",
        "kandidat": [each.pk for each in candidates],
        "message_bm": "Velkommen til å søke.",
        "message_nn": "Velkomen til å søkje.",
        "expires_in_days": "21",
    }
    for number, each in enumerate(candidates):
        data[f"rad-{each.pk}-name"] = "Ida Moland"
        data[f"rad-{each.pk}-email"] = f"{number or ''}{email}"
    return data | values


def test_many_are_invited_from_one_page(client, embete, by, candidate):
    other = make_candidate(embete)
    sign_in(client, by.roles.get())

    page = client.get(f"/opptak/10/inviter/?kandidat={candidate.pk}&kandidat={other.pk}")
    assertContains(page, "Inviter to eiere")
    response = client.post("/opptak/10/inviter/", typed(candidate, other))
    again = client.post("/opptak/10/inviter/", typed(candidate, other))

    assertRedirects(response, "/opptak/10/kandidater/")
    assertRedirects(again, "/opptak/10/kandidater/")
    assert Invitation.objects.count() == 2


def test_whom_to_invite_is_filled_in_when_it_is_known(client, embete, by, candidate):
    asked, unknown = make_candidate(embete), make_candidate(embete)
    ada = UserFactory(name="Ada Vik", email="ada@lmp.example")
    make_role("eier", candidate.owner, user=ada)
    make_role("eier", asked.owner)
    invite(embete, by, asked)
    sign_in(client, by.roles.get())

    page = client.get("/opptak/10/inviter/", {"kandidat": [candidate.pk, asked.pk, unknown.pk]})

    found = {
        row.candidate: (row.initial["name"], row.initial["email"]) for row in page.context["rows"]
    }
    assert found[candidate] == ("Ada Vik", "ada@lmp.example")
    assert found[asked] == ("Ida Moland", "ny@lmp.example")
    assert found[unknown] == ("", "")


def test_the_preview_is_in_the_maalform_of_each_kommune(client, embete, by, candidate):
    nynorsk = make_candidate(embete, OwnerFactory(kommune=KommuneFactory(maalform="nynorsk")))
    sign_in(client, by.roles.get())
    values = typed(candidate, nynorsk, skjema="vis", message_nn="Hei på dykk.")

    page = client.post("/opptak/10/inviter/", values)

    found = {each["language"]: each["letter"].text for each in page.context["previews"]}
    assert sorted(found) == ["nb", "nn"]
    assert "Velkommen til å søke." in found["nb"]
    assert "Hei på dykk." in found["nn"]
    assert Invitation.objects.count() == 0


def test_what_is_wrong_stands_at_its_row_and_everything_stays(client, embete, by, candidate):
    other = make_candidate(embete)
    sign_in(client, by.roles.get())
    wrong = typed(candidate, other, message_bm="Min egen tekst.") | {
        f"rad-{candidate.pk}-email": "ikke en adresse"
    }

    page = client.post("/opptak/10/inviter/", wrong)

    assertContains(page, "Sørtinden kommune: Skriv e-postadressen slik: navn@kommune.no.")
    assertContains(page, "ikke en adresse")
    assertContains(page, "Min egen tekst.")
    assertContains(page, "1ny@lmp.example")
    assert Invitation.objects.count() == 0


def test_an_address_invited_before_stands_at_its_row(client, embete, by, candidate):
    invite(embete, by, candidate, now=timezone.now() - timedelta(hours=1))
    sign_in(client, by.roles.get())

    page = client.get(f"/opptak/10/inviter/?kandidat={candidate.pk}")
    assertContains(page, 'value="ny@lmp.example"')
    refused = client.post("/opptak/10/inviter/", typed(candidate))

    assertContains(refused, "ny@lmp.example er invitert allerede.")
    assert Invitation.objects.count() == 1


def test_candidates_of_another_embete_are_passed_over(client, embete, by, candidate):
    foreign = make_candidate(make_embete(embete.opptak, _other()))
    sign_in(client, by.roles.get())

    page = client.get(f"/opptak/10/inviter/?kandidat={foreign.pk}&kandidat=tull")

    assertContains(page, "Hvem vil du invitere?")
    assertContains(page, "Sørtinden kommune")
    assertNotContains(page, foreign.owner.name)


def _other():
    return StatsforvalterFactory(code="annet", name="Annet embete")


def test_what_was_sent_is_seen_without_the_personal_link(client, embete, by, candidate):
    [invited] = invite(embete, by, candidate, now=timezone.now() - timedelta(hours=2))
    sign_in(client, by.roles.get())
    page = f"/kandidater/{candidate.pk}/invitasjoner/{invited.pk}/"

    seen = client.get(page)
    assertContains(seen, "Velkommen til å søke.")
    assertNotContains(seen, invited.invitation.token)
    client.post(page, {"skjema": "send"})
    assertContains(client.post(page, {"skjema": "send"}, follow=True), "nettopp sendt")
    assertContains(client.post(page, {"skjema": "trekk"}, follow=True), "er trukket")

    assert Mail.objects.count() == 2
    invited.invitation.refresh_from_db()
    assert invited.invitation.withdrawn_at is not None


def test_nobody_else_sees_what_was_sent(client, embete, by, candidate):
    [invited] = invite(embete, by, candidate)
    page = f"/kandidater/{candidate.pk}/invitasjoner/{invited.pk}/"

    for role in (make_role("udir"), make_role("eier", candidate.owner)):
        sign_in(client, role)
        assert client.get(page).status_code == 404
    sign_in(client, make_role("statsforvalter", _other()))
    assert client.post(page, {"skjema": "trekk"}).status_code == 404
