"""Feide and ID-porten, the whole way: our page, a real provider, and back."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.test import Client

from actors.models import User
from tests.factories.people import UserFactory, make_role, who
from tests.oidc_provider import KEY_ID, make_key, openid_server

pytestmark = pytest.mark.django_db

PID = "21860198765"  # neither a fødselsnummer nor a D-nummer, but looks like one
LOA_HIGH = "idporten-loa-high"


@pytest.fixture(scope="module")
def server():
    with openid_server() as server:
        yield server


@pytest.fixture
def provider(server, settings):
    """The provider, known as Feide and, with a level that must be reached, as ID-porten."""
    server.tell(sub="person-1", name="Kari Testvik", email="kari@feide.example")
    idporten = server.app("idporten", "ID-porten", acr=LOA_HIGH, scope=["openid", "profile"])
    known = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {**known, "APPS": [server.app(), idporten]}
    }
    return server


@pytest.fixture
def linked(provider):
    """A rektor who has connected Feide before."""
    role = make_role("leder")
    SocialAccount.objects.create(user=role.user, provider="feide", uid="person-1")
    return role.user


def to_provider(client, at="feide", query="process=login"):
    """Press the button, let the provider answer; return the address it sends the browser to."""
    ours = client.post(f"/konto/oidc/{at}/login/?{query}")
    with requests.get(ours["Location"], allow_redirects=False, timeout=5) as theirs:
        return theirs.headers["Location"]


def sign_in_with(client, at="feide", query="process=login"):
    return client.get(to_provider(client, at, query))


def sign_in_with_code(client, mailoutbox, person):
    client.post("/konto/login/code/", {"email": person.email})
    code = re.search(r"^\d{6}$", mailoutbox[-1].body, re.M).group()
    client.post("/konto/login/code/confirm/", {"code": code})


def is_refused(client, response):
    """The friendly page that leads back to the sign-in page, and nobody is in."""
    page = response.content.decode()
    return (
        (response.status_code, who(client)) == (401, None)
        and "Innloggingen gikk ikke" in page
        and 'href="/konto/login/"' in page
    )


# --- who comes in -------------------------------------------------------------------------------


def test_somebody_unknown_is_told_how_to_get_in_and_not_taken_in(client, provider):
    provider.tell(sub="fremmed", email="kari@lmp.example", email_verified=True)
    known = UserFactory(email="kari@lmp.example")

    response = sign_in_with(client)

    page = response.content.decode()
    assert (response.status_code, who(client)) == (200, None)
    assert ("Du må ha en invitasjon" in page, "koble til Feide" in page) == (True, True)
    assert (list(User.objects.all()), list(SocialAccount.objects.all())) == ([known], [])
    assert client.get("/konto/3rdparty/signup/")["Location"] == "/konto/login/"


def test_connect_log_out_and_come_back_as_the_same_person(client, provider, mailoutbox):
    person = make_role("leder").user
    sign_in_with_code(client, mailoutbox, person)
    form = client.get("/konto/3rdparty/").content.decode()

    connected = sign_in_with(client, query="process=connect")
    page = client.get(connected["Location"]).content.decode()
    client.post("/konto/logout/")
    back = sign_in_with(client)

    assert 'action="/konto/oidc/feide/login/?process=connect"' in form
    assert (connected["Location"], "Fjern Feide" in page) == ("/konto/3rdparty/", True)
    assert (back.status_code, back["Location"], who(client)) == (302, "/min-side/", person.pk)
    assert list(User.objects.values_list("email", flat=True)) == [person.email]


def test_link_in_a_message_is_opened_after_feide(client, linked):
    response = sign_in_with(client, query="process=login&next=/varsler/%3Frolle%3D1")

    assert response["Location"] == "/varsler/?rolle=1"


def test_person_without_a_valid_role_gets_a_friendly_page(client, provider):
    person = UserFactory()
    SocialAccount.objects.create(user=person, provider="feide", uid="person-1")

    page = client.get(sign_in_with(client)["Location"])

    assert (page.status_code, who(client)) == (200, person.pk)
    assert "Du har ingen rolle nå" in page.content.decode()


def test_closed_account_stays_closed(client, linked):
    User.objects.update(is_active=False)

    assert sign_in_with(client)["Location"] == "/konto/inactive/"
    assert who(client) is None


def test_nobody_connects_what_is_somebody_elses(client, linked, mailoutbox):
    other = UserFactory()
    sign_in_with_code(client, mailoutbox, other)

    response = sign_in_with(client, query="process=connect")

    page = client.get(response["Location"]).content.decode()
    assert "hører alt til en annen konto" in page
    assert SocialAccount.objects.get().user == linked


def test_link_may_be_taken_back(client, provider, mailoutbox):
    person = make_role("leder").user
    sign_in_with_code(client, mailoutbox, person)
    sign_in_with(client, query="process=connect")

    client.post("/konto/3rdparty/", {"account": SocialAccount.objects.get().pk})

    assert list(SocialAccount.objects.all()) == []


# --- what is kept and asked for -----------------------------------------------------------------


@pytest.mark.parametrize("first", [True, False])
def test_nothing_of_the_national_id_is_kept(client, provider, mailoutbox, first):
    provider.tell(sub="pairwise", pid=PID, acr=LOA_HIGH, name="Kari Testvik")
    person = make_role("leder").user
    if first:
        sign_in_with_code(client, mailoutbox, person)
        sign_in_with(client, "idporten", "process=connect")
    else:
        SocialAccount.objects.create(user=person, provider="idporten", uid="pairwise")
        sign_in_with(client, "idporten")

    account = SocialAccount.objects.get()
    sessions = [session.get_decoded() for session in Session.objects.all()]
    assert (who(client), account.uid, account.extra_data) == (person.pk, "pairwise", {})
    assert PID not in str(sessions)


def test_address_cannot_ask_for_more_or_less(client, provider):
    to_provider(client, "idporten", "scope=address&auth_params=acr_values%3Dlow%26nonce%3Dmine")

    assert sorted(provider.asked["scope"].split()) == ["openid", "profile"]
    assert "acr_values" not in provider.asked
    assert len(provider.asked["nonce"]) == 43


@pytest.mark.parametrize("acr", [None, "idporten-loa-substantial"])
def test_too_low_a_level_is_refused(client, provider, acr):
    provider.tell(sub="pairwise", acr=acr)
    SocialAccount.objects.create(user=UserFactory(), provider="idporten", uid="pairwise")

    assert is_refused(client, sign_in_with(client, "idporten"))


# --- answers that are not to be believed --------------------------------------------------------


def test_answer_to_another_browser_is_refused(client, linked):
    assert is_refused(client, client.get(to_provider(Client())))


def test_answer_is_taken_once(client, linked):
    answer = to_provider(client)
    client.get(answer)
    client.post("/konto/logout/")

    assert is_refused(client, client.get(answer))


def test_stolen_code_is_refused(client, linked):
    """The thief has a state of their own, but not the secret that goes with the code."""
    stolen = parse_qs(urlsplit(to_provider(Client())).query)["code"][0]
    own = parse_qs(urlsplit(to_provider(client)).query)["state"][0]

    response = client.get(f"/konto/oidc/feide/login/callback/?code={stolen}&state={own}")

    assert is_refused(client, response)


LIES = {
    "another nonce": {"only_in_token": {"nonce": "another"}},
    "no nonce": {"only_in_token": {"nonce": None}},
    "for somebody else": {"only_in_token": {"aud": "somebody-else"}},
    "by somebody else": {"only_in_token": {"iss": "https://idp.lmp.example"}},
    "too old": {"only_in_token": {"exp": 1}},
    "another person than userinfo": {"only_in_token": {"sub": "person-2"}},
    "userinfo of another person": {"only_in_userinfo": {"sub": "person-2"}},
    "another key": {"signing_key": make_key},
    "a shared secret": {"signing_key": "x" * 64, "header": {"alg": "HS256", "kid": KEY_ID}},
    "not signed": {"signing_key": None, "header": {"alg": "none", "kid": KEY_ID}},
    "unknown key": {"header": {"alg": "RS256", "kid": "unknown"}},
    "nameless key": {"header": {"alg": "RS256"}},
}


@pytest.mark.parametrize("lie", LIES)
def test_false_token_is_refused(client, linked, provider, lie):
    for name, value in LIES[lie].items():
        setattr(provider, name, value() if callable(value) else value)

    assert is_refused(client, sign_in_with(client))


def test_provider_that_does_not_answer_is_said_so(client, settings, provider):
    answer = to_provider(client)
    for app in settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]:
        app["settings"]["server_url"] = "http://127.0.0.1:1"

    assert is_refused(client, client.get(answer))
    assert is_refused(client, client.post("/konto/oidc/feide/login/"))


def test_person_who_says_no_may_choose_again(client, provider):
    state = parse_qs(urlsplit(to_provider(client)).query)["state"][0]

    response = client.get(f"/konto/oidc/feide/login/callback/?error=access_denied&state={state}")

    assert "Du avbrøt innloggingen" in client.get(response["Location"]).content.decode()


# --- the button ---------------------------------------------------------------------------------


def test_button_shows_with_a_client_id_only(client, settings):
    without = client.get("/konto/login/").content.decode()

    assert ("Feide" in without, "ID-porten" in without) == (False, False)
    assert client.get("/konto/oidc/feide/login/").status_code == 404


def test_button_posts_and_a_link_asks_first(client, provider):
    page = client.get("/konto/login/").content.decode()
    asked = client.get("/konto/oidc/feide/login/")

    assert '<form method="post" action="/konto/oidc/feide/login/?process=login">' in page
    assert (asked.status_code, "Logg inn med Feide" in asked.content.decode()) == (200, True)


@pytest.mark.parametrize(("language", "heading"), [("nb", "Koble til"), ("nn", "Kople til")])
def test_security_page_leads_to_the_links(client, provider, language, heading):
    client.force_login(UserFactory(language=language))

    assert 'href="/konto/3rdparty/"' in client.get("/konto/2fa/").content.decode()
    assert heading in client.get("/konto/3rdparty/").content.decode()
