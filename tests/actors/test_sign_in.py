"""Signing in: by a code in an e-mail, by an invitation, and never by signing up."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from actors.adapter import AccountAdapter, MFAAdapter, SocialAccountAdapter
from actors.models import Role, User
from tests.factories.mail import MailFactory
from tests.factories.people import InvitationFactory, UserFactory, make_role, sign_in, who

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation():
    """Open by the clock of the views."""
    now = timezone.now()
    return InvitationFactory(
        email="ny@lmp.example",
        sent_at=now,
        expires_at=now + timedelta(days=1),
        role_from=timezone.localdate(),
    )


def link(invitation):
    return f"/invitasjon/{invitation.token}/"


def ask_for_code(client, mailoutbox, email):
    client.post("/konto/login/code/", {"email": email})
    return re.search(r"^\d{6}$", mailoutbox[-1].body, re.M).group() if mailoutbox else None


def test_sign_in_with_a_code(client, mailoutbox):
    person = make_role("leder").user
    code = ask_for_code(client, mailoutbox, person.email)

    response = client.post("/konto/login/code/confirm/", {"code": code})

    assert (response.status_code, response["Location"]) == (302, "/min-side/")
    assert who(client) == person.pk


def test_wrong_code_leads_nowhere(client, mailoutbox):
    person = make_role("leder").user
    code = ask_for_code(client, mailoutbox, person.email)
    wrong = f"{(int(code) + 1) % 1000000:06d}"

    response = client.post("/konto/login/code/confirm/", {"code": wrong})

    assert (response.status_code, who(client)) == (200, None)


def test_unknown_address_gets_the_same_answer_and_no_mail(mailoutbox):
    known = UserFactory()
    answers = [
        Client().post("/konto/login/code/", {"email": email})
        for email in ("ukjent@lmp.example", known.email)
    ]

    assert [(a.status_code, a["Location"]) for a in answers] == [
        (302, "/konto/login/code/confirm/")
    ] * 2
    assert [m.to for m in mailoutbox] == [[known.email]]


def test_nobody_signs_up(client):
    response = client.post("/konto/signup/", {"email": "fremmed@lmp.example"})

    assert response.status_code == 200
    assert list(User.objects.all()) == []


def test_sign_up_is_closed_for_feide_too(rf):
    assert AccountAdapter().is_open_for_signup(rf.get("/")) is False
    assert SocialAccountAdapter().is_open_for_signup(rf.get("/"), None) is False


def test_second_factor_secrets_are_kept_encrypted():
    adapter = MFAAdapter()

    assert adapter.encrypt("HEMMELIG") != "HEMMELIG"
    assert adapter.decrypt(adapter.encrypt("HEMMELIG")) == "HEMMELIG"


@pytest.mark.parametrize("url", ["/konto/2fa/", "/konto/sessions/", "/konto/email/"])
def test_account_pages_are_reachable(client, url):
    sign_in(client, make_role("leder"))

    assert client.get(url).status_code == 200


@pytest.mark.parametrize("url", ["/admin/", "/profil/", "/varsler/mine/"])
def test_staff_without_a_second_factor_is_led_to_one(client, url):
    sign_in(client, UserFactory(is_staff=True))

    response = client.get(url)

    assert (response.status_code, response["Location"]) == (
        302,
        f"/konto/2fa/?next={url.replace('/', '%2F')}",
    )
    assert client.get("/konto/2fa/").status_code == 200


def test_staff_with_a_second_factor_goes_on(client):
    staff = UserFactory(is_staff=True)
    Authenticator.objects.create(user=staff, type="totp", data={"secret": "x"})
    sign_in(client, staff)

    assert client.get("/profil/").status_code == 200


def test_admin_shows_neither_the_text_of_a_mail_nor_a_link(client):
    staff = UserFactory(is_staff=True, is_superuser=True)
    Authenticator.objects.create(user=staff, type="totp", data={"secret": "x"})
    invitation, mail = InvitationFactory(token="hemmelig"), MailFactory(text="Se /invitasjon/x/")
    sign_in(client, staff)
    pages = [
        client.get(url)
        for url in (
            "/admin/actors/mail/",
            f"/admin/actors/mail/{mail.pk}/change/",
            f"/admin/actors/invitation/{invitation.pk}/change/",
            "/admin/actors/user/",
            "/admin/actors/role/",
            "/admin/actors/notice/",
            "/admin/actors/group/",
            "/admin/actors/event/",
        )
    ]

    assert [page.status_code for page in pages] == [200] * 8
    assert [p for p in pages if b"/invitasjon/" in p.content or b"hemmelig" in p.content] == []


# --- invitations in the browser -----------------------------------------------------------------


def test_reading_an_invitation_changes_nothing(client, invitation):
    pages = [client.get(link(invitation)) for _ in range(2)]

    invitation.refresh_from_db()
    assert [page.status_code for page in pages] == [200, 200]
    assert (invitation.accepted_at, list(Role.objects.all())) == (None, [])


def test_invitation_page_says_who_what_where_and_until_when(client, invitation):
    invitation.invited_by = UserFactory(name="Tone Lindvik")
    invitation.save()

    page = client.get(link(invitation)).content.decode()

    assert "Tone Lindvik inviterer deg." in page
    assert f"Rektor, {invitation.unit}" in page
    assert f"kl. {timezone.localtime(invitation.expires_at):%H.%M}" in page


def test_accepting_signs_in_and_acts_in_the_new_role(client, invitation):
    response = client.post(link(invitation))

    role = Role.objects.get()
    assert (response.status_code, response["Location"]) == (302, "/min-side/")
    assert who(client) == role.user.pk
    assert client.session["role"] == role.pk


def test_accepting_twice_is_refused_in_a_friendly_way(client, invitation):
    client.post(link(invitation))

    response = client.post(link(invitation))

    assert response.status_code == 410
    assert "Invitasjonen er tatt imot" in response.content.decode()
    assert Role.objects.count() == 1


def test_expired_invitation_names_whom_to_ask(client, invitation):
    invitation.expires_at = timezone.now()
    invitation.save()

    response = client.post(link(invitation))

    page = response.content.decode()
    assert response.status_code == 410
    assert ("Invitasjonen har gått ut" in page, "Spør kommunen." in page) == (True, True)
    assert who(client) is None


def test_withdrawn_invitation_is_refused(client, invitation):
    invitation.withdrawn_at = timezone.now()
    invitation.save()

    response = client.post(link(invitation))

    assert response.status_code == 410
    assert "Invitasjonen er trukket" in response.content.decode()


def test_unknown_link_is_not_found(client):
    assert client.get("/invitasjon/finnes-ikke/").status_code == 404


def test_somebody_else_cannot_take_the_invitation(client, invitation):
    other = make_role("veileder")
    sign_in(client, other)

    responses = [client.get(link(invitation)), client.post(link(invitation))]

    invitation.refresh_from_db()
    page = responses[1].content.decode()
    assert [response.status_code for response in responses] == [403, 403]
    assert "Invitasjonen er til en annen" in page
    assert "ny@lmp.example" not in page
    assert (invitation.accepted_at, list(Role.objects.all())) == (None, [other])


def test_the_right_person_takes_a_second_role_while_signed_in(client, invitation):
    first = make_role("eier", user=UserFactory(email="ny@lmp.example"))
    sign_in(client, first)

    response = client.post(link(invitation))

    second = first.user.roles.exclude(pk=first.pk).get()
    assert (response["Location"], client.session["role"]) == ("/min-side/", second.pk)


def test_closed_account_is_not_opened_by_an_invitation(client, invitation):
    UserFactory(email="ny@lmp.example", is_active=False)

    assert client.post(link(invitation)).status_code == 403
    assert (who(client), list(Role.objects.all())) == (None, [])
