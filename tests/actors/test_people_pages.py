"""Folk and Varsler: what each role sees, and what it may do there."""

from datetime import timedelta

import pytest
from django.utils import timezone

from actors.models import Invitation, Notice, Role
from tests.factories.mail import MailFactory
from tests.factories.people import NOW, InvitationFactory, UserFactory, make_role, sign_in
from tests.factories.register import SkoleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client):
    """An eier with one school, signed in."""
    role = make_role("eier")
    SkoleFactory(owner=role.owner, kommune=role.owner.kommune, name="Granli skole")
    sign_in(client, role)
    return role


def own_invitation(owner, **values):
    return InvitationFactory(
        unit=owner.owner.units.get(), expires_at=timezone.now() + timedelta(days=1), **values
    )


@pytest.mark.parametrize("url", ["/folk/", "/folk/inviter/", "/profil/", "/varsler/mine/"])
def test_pages_need_a_sign_in(client, url):
    response = client.get(url)

    assert (response.status_code, response["Location"]) == (302, f"/konto/login/?next={url}")


@pytest.mark.parametrize("kind", ["veileder", "arbeidsgruppe", "ppt"])
@pytest.mark.parametrize("url", ["/folk/", "/folk/inviter/"])
def test_folk_is_for_those_who_may_invite(client, kind, url):
    sign_in(client, make_role(kind))

    response = client.get(url)

    assert response.status_code == 403
    assert "Rollen din kan ikke invitere andre." in response.content.decode()


def test_folk_shows_own_people_and_nobody_elses(client, owner):
    own = make_role("leder", owner.owner.units.get(), user=UserFactory(name="Marit Aasland"))
    make_role("leder", user=UserFactory(name="Fremmed Rektor"))
    waiting = own_invitation(owner, name="Ida Moland")
    InvitationFactory(name="Fremmed Invitert")

    response = client.get("/folk/")

    assert {row["role"] for row in response.context["roles"]} == {owner, own}
    assert [row["invitation"] for row in response.context["invitations"]] == [waiting]
    page = response.content.decode()
    assert ("Marit Aasland" in page, "Ida Moland" in page, "Fremmed" in page) == (True, True, False)


@pytest.mark.parametrize("count", [1, 3])
def test_folk_costs_the_same_for_one_and_three(client, owner, count, django_assert_num_queries):
    for _ in range(count):
        make_role("leder", owner.owner.units.get())
        own_invitation(owner)

    with django_assert_num_queries(7):
        client.get("/folk/")


def test_folk_search(client, owner):
    found = make_role("leder", owner.owner.units.get(), user=UserFactory(name="Marit Aasland"))

    response = client.get("/folk/", {"q": "aasl"})

    assert [row["role"] for row in response.context["roles"]] == [found]
    assert "Ingen treff" in client.get("/folk/", {"q": "xyz"}).content.decode()


def test_invite_from_the_page(client, owner):
    values = {"name": "Ida Moland", "email": "ida@lmp.example", "role_from": "01.12.2026"}

    response = client.post("/folk/inviter/?slag=leder", values)

    invitation = Invitation.objects.get()
    assert (response.status_code, response["Location"]) == (302, "/folk/")
    assert (invitation.unit, invitation.email) == (owner.owner.units.get(), "ida@lmp.example")
    assert "Invitasjonen er på vei til ida@lmp.example." in client.get("/folk/").content.decode()


def test_invite_twice_says_so_and_keeps_what_was_typed(client, owner):
    values = {"name": "Ida Moland", "email": "ida@lmp.example", "role_from": "01.12.2026"}
    client.post("/folk/inviter/?slag=leder", values)

    response = client.post("/folk/inviter/?slag=leder", values)

    page = response.content.decode()
    assert response.status_code == 200
    assert "ida@lmp.example er invitert allerede." in page
    assert 'value="Ida Moland"' in page
    assert Invitation.objects.count() == 1


def test_invite_with_wrong_values_links_to_the_fields(client, owner):
    values = {"name": "", "email": "ida", "role_from": "1. desember", "role_to": "01.12.2026"}

    page = client.post("/folk/inviter/?slag=leder", values).content.decode()

    for line in (
        '<a class="ds-link" href="#id_name">Fyll ut «Navn».</a>',
        '<a class="ds-link" href="#id_email">Skriv e-postadressen slik: navn@kommune.no.</a>',
        '<a class="ds-link" href="#id_role_from">Skriv datoen slik: 26.11.2026.</a>',
    ):
        assert line in page
    assert list(Invitation.objects.all()) == []


def test_invite_with_a_reversed_period_is_refused(client, owner):
    values = {
        "name": "Ida Moland",
        "email": "ida@lmp.example",
        "role_from": "01.12.2026",
        "role_to": "30.11.2026",
    }

    page = client.post("/folk/inviter/?slag=leder", values).content.decode()

    assert "Skriv en dato som ikke er før rollen begynner." in page


def test_invite_to_a_foreign_unit_is_not_among_the_choices(client, owner):
    SkoleFactory(owner=owner.owner, kommune=owner.owner.kommune)
    foreign = SkoleFactory()
    values = {"name": "Ida", "email": "ida@lmp.example", "role_from": "01.12.2026"}

    response = client.post("/folk/inviter/?slag=leder", {**values, "scope": foreign.pk})

    assert (response.status_code, list(Invitation.objects.all())) == (200, [])


def test_invite_to_a_role_one_may_not_give_asks_for_another(client, owner):
    response = client.post("/folk/inviter/?slag=udir", {"name": "X", "email": "x@lmp.example"})

    assert response.status_code == 200
    assert "Hvilken rolle skal personen ha?" in response.content.decode()
    assert list(Invitation.objects.all()) == []


def test_long_lists_are_asked_for_by_number(client, monkeypatch):
    sign_in(client, make_role("admin"))
    monkeypatch.setattr("actors.forms.invitation.LONGEST_LIST", 1)
    unit, _other = SkoleFactory(), SkoleFactory()
    values = {"name": "Ida", "email": "ida@lmp.example", "role_from": "01.12.2026"}
    number = f"{unit.orgnr[:3]} {unit.orgnr[3:6]} {unit.orgnr[6:]}"

    wrong = client.post("/folk/inviter/?slag=leder", {**values, "scope": "123"})
    client.post("/folk/inviter/?slag=leder", {**values, "scope": number})

    assert "Skriv organisasjonsnummeret til et sted" in wrong.content.decode()
    assert Invitation.objects.get().unit == unit


def test_resend_and_withdraw(client, owner):
    invitation = own_invitation(owner)

    client.post(f"/folk/invitasjoner/{invitation.pk}/send/")
    client.post(f"/folk/invitasjoner/{invitation.pk}/send/")
    assert "nettopp sendt" in client.get("/folk/").content.decode()

    client.post(f"/folk/invitasjoner/{invitation.pk}/trekk/")
    assert list(Invitation.objects.waiting()) == []


@pytest.mark.parametrize("what", ["send", "trekk"])
def test_foreign_invitation_is_not_found(client, owner, what):
    foreign = InvitationFactory()

    assert client.post(f"/folk/invitasjoner/{foreign.pk}/{what}/").status_code == 404


def test_end_a_role(client, owner):
    role = make_role("leder", owner.owner.units.get())
    last = timezone.localdate() + timedelta(days=10)

    assert client.get(f"/folk/roller/{role.pk}/avslutt/").status_code == 200
    client.post(f"/folk/roller/{role.pk}/avslutt/", {"valid_to": f"{last:%d.%m.%Y}"})

    role.refresh_from_db()
    assert role.valid_to == last


def test_end_a_role_before_it_began_is_refused(client, owner):
    role = make_role("leder", owner.owner.units.get())

    page = client.post(f"/folk/roller/{role.pk}/avslutt/", {"valid_to": "31.12.2024"})

    assert "Skriv en dato som ikke er før rollen begynte." in page.content.decode()
    assert Role.objects.get(pk=role.pk).valid_to is None


def test_foreign_role_is_not_found(client, owner):
    foreign = make_role("leder")

    assert client.post(f"/folk/roller/{foreign.pk}/avslutt/").status_code == 404


# --- own notices --------------------------------------------------------------------------------


def notice_to(person, number=1, **values):
    defaults = {
        "kind": "grunnlag",
        "subject": f"obligation:{number}",
        "occasion": "due-5",
        "title": f"Grunnlag nummer {number}",
        "url": "/moeter/1/",
        "not_before": NOW,
        "created_at": NOW,
    }
    return Notice.objects.create(recipient=person, **{**defaults, **values})


def test_notices_are_ones_own(client):
    person = sign_in(client, make_role("leder"))
    notice_to(person)
    notice_to(UserFactory(), title="Hemmelig for andre")

    page = client.get("/varsler/mine/").content.decode()

    assert ("Grunnlag nummer 1" in page, "Hemmelig" in page) == (True, False)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"status": "queued"}, ["Venter"]),
        ({"status": "failed"}, ["Kom ikke fram"]),
        ({"status": "cancelled", "outcome": "Levert 20. november"}, ["Stoppet", "Levert 20."]),
    ],
)
def test_notice_says_what_happened(client, values, words):
    person = sign_in(client, make_role("leder"))
    notice_to(person, **values)

    page = client.get("/varsler/mine/").content.decode()

    assert [word for word in words if word not in page] == []


def test_sent_notice_says_when(client):
    person = sign_in(client, make_role("leder"))
    notice_to(person, status="sent", mail=MailFactory(sent_at=NOW))

    assert "kl. 10.00" in client.get("/varsler/mine/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_notices_cost_the_same_for_one_and_three(client, count, django_assert_num_queries):
    person = sign_in(client, make_role("leder"))
    for number in range(count):
        notice_to(person, number, mail=MailFactory(), status="sent")

    with django_assert_num_queries(6):
        client.get("/varsler/mine/")


def test_no_notices_says_so(client):
    sign_in(client, make_role("leder"))

    assert "Ingen varsler ennå" in client.get("/varsler/mine/").content.decode()
