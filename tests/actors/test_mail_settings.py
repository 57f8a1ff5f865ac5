"""What a person wants by mail: the settings page, and the link in a mail that stops it."""

import pytest
from django.core.signing import Signer
from django.test import Client

from actors.actions.mail_wishes import save_wishes
from actors.models import Event, MailPreference
from actors.rules.links import read_unsubscribe, unsubscribe_link
from tests.factories.people import NOW, UserFactory, make_role, sign_in

pytestmark = pytest.mark.django_db

URL = "/varsler/innstillinger/"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def person():
    return make_role("leder").user


def wishes_of(person):
    return MailPreference.objects.filter(user=person).values_list("reminders", "messages", "hour")


def test_without_a_choice_everything_is_daily_from_7(client):
    sign_in(client, make_role("leder"))

    form = client.get(URL).context["form"]

    assert form.initial == {"reminders": "daily", "messages": "daily", "hour": 7}


def test_choices_are_kept(client):
    person = sign_in(client, make_role("leder"))

    response = client.post(URL, {"reminders": "weekly", "messages": "never", "hour": "12"})

    assert (response.status_code, list(wishes_of(person))) == (302, [("weekly", "never", 12)])
    event = Event.objects.get(verb="choose-mail")
    assert (event.by, event.data["reminders"]) == (person, "weekly")


@pytest.mark.parametrize(
    "wrong", [{"reminders": "hourly"}, {"messages": ""}, {"hour": "3"}, {"hour": "ettermiddag"}]
)
def test_a_choice_that_does_not_exist_is_refused_at_the_field(client, wrong):
    person = sign_in(client, make_role("leder"))

    response = client.post(URL, {"reminders": "weekly", "messages": "daily", "hour": "7", **wrong})

    assert (response.status_code, list(response.context["form"].errors)) == (200, list(wrong))
    assert list(wishes_of(person)) == []


def test_settings_need_a_sign_in(client):
    assert client.get(URL)["Location"] == f"/konto/login/?next={URL}"


def test_an_address_that_bounces_is_told(client):
    role = make_role("leder", user=UserFactory(email_bounced_at=NOW))
    sign_in(client, role)

    assert "E-posten kommer ikke fram" in client.get(URL).content.decode()


def test_one_click_stops_without_sign_in_and_without_csrf(person):
    client = Client(enforce_csrf_checks=True)

    response = client.post(unsubscribe_link(person.pk, ["reminder"]), ONE_CLICK)

    assert (response.status_code, list(wishes_of(person))) == (200, [("never", "daily", 7)])


def test_a_link_that_is_only_followed_stops_nothing(client, person):
    path = unsubscribe_link(person.pk, ["reminder", "message"])

    page = client.get(path)
    client.head(path)

    assert (page.status_code, "Vil du stoppe e-posten?" in page.content.decode()) == (200, True)
    assert list(wishes_of(person)) == []


def test_it_keeps_the_other_choices_and_may_be_done_twice(client, person):
    save_wishes(user=person, reminders="weekly", messages="weekly", hour=15, now=NOW)
    path = unsubscribe_link(person.pk, ["message"])

    codes = [client.post(path, ONE_CLICK).status_code for _twice in range(2)]

    assert (codes, list(wishes_of(person))) == ([200, 200], [("weekly", "never", 15)])
    assert Event.objects.filter(verb="choose-mail").count() == 2


def test_the_page_speaks_the_language_of_the_person(client):
    person = UserFactory(language="nn")

    page = client.get(unsubscribe_link(person.pk, ["reminder"])).content.decode()

    assert "Vil du stoppe e-posten?" in page
    assert '<html lang="nn"' in page


def test_decisions_cannot_be_stopped(client, person):
    signed = Signer(salt="lmp.unsubscribe", sep=".").sign_object([person.pk, "decision"])

    assert client.post(f"/avmeld/{signed}/", ONE_CLICK).status_code == 404
    assert (
        read_unsubscribe(unsubscribe_link(person.pk, ["decision"]).split("/")[2]).categories == ()
    )


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1] + ("y" if t[-1] == "x" else "x"), lambda t: "x" + t, lambda t: "1"]
)
def test_a_changed_link_is_not_found(client, person, change):
    token = unsubscribe_link(person.pk, ["reminder"]).split("/")[2]

    assert client.post(f"/avmeld/{change(token)}/", ONE_CLICK).status_code == 404
    assert list(wishes_of(person)) == []


def test_the_token_of_one_purpose_is_not_that_of_another(client, person):
    signed = Signer(salt="lmp.task-link", sep=".").sign_object([person.pk, "reminder"])

    assert client.post(f"/avmeld/{signed}/", ONE_CLICK).status_code == 404
