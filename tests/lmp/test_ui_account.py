"""Sign-in pages: ours in look and words, with no English left."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse

from actors.models import User

pytestmark = pytest.mark.django_db
EMAIL = "rektor@lmp.example"


@pytest.fixture
def person() -> User:
    user = User.objects.create_user(email=EMAIL, name="Marit Aasland")
    EmailAddress.objects.create(user=user, email=EMAIL, verified=True, primary=True)
    return user


def ask_for_code(client) -> str:
    client.post(reverse("account_login"), {"login": EMAIL})
    return re.search(r"^\d{6}$", mail.outbox[-1].body, re.MULTILINE).group()


def test_sign_in_page_tells_whom_to_ask(client):
    html = client.get(reverse("account_login")).content.decode()

    assert '<h1 class="ds-heading" data-size="lg">Logg inn</h1>' in html
    assert "Kommer du ikke inn?" in html
    assert "Spør statsforvalteren" in html
    assert "placeholder" not in html


def test_an_empty_address_is_an_order_and_a_link(client):
    html = client.post(reverse("account_login"), {"login": ""}).content.decode()

    assert '<a class="ds-link" href="#id_login">Fyll ut «E-post».</a>' in html
    assert "<title>Feil: Logg inn" in html


def test_code_by_mail_signs_in(client, person):
    code = ask_for_code(client)
    response = client.post(reverse("account_confirm_login_code"), {"code": code})

    assert mail.outbox[-1].subject == "Koden din til Læringsmiljøprosjektet"
    assert "Ikke gi koden til noen" in mail.outbox[-1].body
    assert response.status_code == 302
    assert client.get(reverse("mfa_index")).status_code == 200


def test_a_wrong_code_says_what_to_do(client, person):
    ask_for_code(client)
    response = client.post(reverse("account_confirm_login_code"), {"code": "000000"})

    assert "Koden stemmer ikke. Se etter den siste e-posten" in response.content.decode()


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client):
    response = client.post(reverse("account_login"), {"login": "ukjent@lmp.example"})

    assert response.status_code == 302
    assert response.url == reverse("account_confirm_login_code")
    assert mail.outbox == []


def test_nobody_signs_up_unasked(client):
    assert "Du må ha en invitasjon" in client.get(reverse("account_signup")).content.decode()


@pytest.mark.parametrize(
    ("name", "nb", "nn"),
    [
        ("mfa_activate_totp", "Skann QR-koden", "appen viser."),
        ("mfa_generate_recovery_codes", "mister telefonen", "mistar telefonen"),
        ("socialaccount_connections", "Du har ikke koblet til", "Du har ikkje kopla til"),
        ("account_email", "Hovedadresse", "Hovudadresse"),
    ],
)
def test_pages_of_allauth_speak_both_languages(client, person, name, nb, nn):
    client.post(reverse("account_confirm_login_code"), {"code": ask_for_code(client)})

    assert nb in client.get(reverse(name)).content.decode()
    client.post(reverse("set_language"), {"language": "nn", "next": "/"})
    assert nn in client.get(reverse(name)).content.decode()
