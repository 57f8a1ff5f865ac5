"""Attacks on the link to one task: changed and expired links, codes that are guessed or moved."""

from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY as SIGNED_IN
from django.test import Client

from actors.middleware import TASK_KEY
from actors.models import Notice
from actors.rules.links import task_link
from tests.factories.meetings import NOW, TODAY
from tests.factories.people import UserFactory, sign_in
from tests.factories.task_links import ask, go_in, is_in, make_notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_2():
    """Another browser."""
    return Client()


def test_a_changed_link_is_not_found(client, told):
    head, tail = task_link(told).rstrip("/").rsplit(".", 1)
    other = f"{'B' if tail[0] == 'A' else 'A'}{tail[1:]}"

    assert client.get(f"{head}.{other}/").status_code == 404
    assert client.post(f"{head}.{other}/", {"handling": "send"}).status_code == 404


def test_a_link_whose_notice_became_another_persons_is_not_found(client, mailoutbox, told):
    link = task_link(told)
    Notice.objects.filter(pk=told.pk).update(recipient=UserFactory())

    assert client.post(link, {"handling": "send"}).status_code == 404
    assert len(mailoutbox) == 0


def test_an_expired_link_leads_to_an_ordinary_sign_in(client, mailoutbox, told, time_machine):
    link = task_link(told)
    time_machine.move_to(NOW + timedelta(days=20))

    page = client.post(link, {"handling": "send"})

    assert (page.status_code, len(mailoutbox)) == (410, 0)
    assert "Lenka virker ikke lenger" in page.content.decode()


def test_a_link_ends_with_the_office(client, told):
    link = task_link(told)
    told.role.valid_to = TODAY - timedelta(days=1)
    told.role.save()

    assert client.get(link).status_code == 410


def test_a_session_ends_with_the_office(client, mailoutbox, duty, told):
    go_in(client, mailoutbox, told)
    told.role.valid_to = TODAY - timedelta(days=1)
    told.role.save()

    response = client.get(duty.get_absolute_url())

    assert (response.status_code, is_in(client)) == (302, False)


def test_somebody_else_who_is_signed_in_gets_nothing(client, mailoutbox, scene, told):
    person = sign_in(client, scene.styrer)

    page = client.post(task_link(told), {"handling": "send"})

    assert (page.status_code, len(mailoutbox)) == (403, 0)
    assert (int(client.session[SIGNED_IN]), TASK_KEY in client.session) == (person.pk, False)


def test_a_code_belongs_to_the_task_it_was_asked_for(client, mailoutbox, scene, duty, told):
    code = ask(client, mailoutbox, task_link(told))
    other = make_notice(scene.leder, duty, occasion="due-2")

    client.post(task_link(other), {"code": code})

    assert is_in(client) is False


def test_a_code_belongs_to_the_browser_it_was_asked_in(client, client_2, mailoutbox, told):
    code = ask(client, mailoutbox, task_link(told))

    client_2.post(task_link(told), {"code": code})

    assert is_in(client_2) is False


def test_a_code_is_good_once(client, client_2, mailoutbox, told):
    link = task_link(told)
    code = ask(client, mailoutbox, link)
    asked = {"task_code": client.session["task_code"]}
    client.post(link, {"code": code})
    session = client_2.session  # as if the browser had kept what it had before the code was used
    session.update(asked)
    session.save()

    page = client_2.post(link, {"code": code}).content.decode()

    assert ("Koden virker ikke lenger" in page, is_in(client_2)) == (True, False)


def test_a_code_guessed_at_too_often_is_dead(client, mailoutbox, told):
    link = task_link(told)
    code = ask(client, mailoutbox, link)
    wrong = f"{(int(code) + 1) % 10**6:06d}"

    answers = [client.post(link, {"code": wrong}).content.decode() for _guess in range(6)]
    client.post(link, {"code": code})

    assert ["Koden er feil" in page for page in answers] == [True] * 5 + [False]
    assert ("Koden virker ikke lenger" in answers[5], is_in(client)) == (True, False)


def test_a_code_works_for_ten_minutes(client, mailoutbox, told, time_machine):
    link = task_link(told)
    code = ask(client, mailoutbox, link)
    time_machine.move_to(NOW + timedelta(minutes=11))

    client.post(link, {"code": code})

    assert is_in(client) is False


def test_no_more_than_five_codes_an_hour(client, client_2, mailoutbox, told):
    for _time in range(5):
        ask(client, mailoutbox, task_link(told))

    response = client_2.post(task_link(told), {"handling": "send"})

    assert (response.status_code, len(mailoutbox)) == (429, 5)


AWAY = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": "redis://127.0.0.1:1/0",  # nobody listens there
    }
}


def test_no_code_is_sent_while_their_store_is_away(client, mailoutbox, told, settings):
    settings.CACHES = AWAY

    response = client.post(task_link(told), {"handling": "send"})

    assert (response.status_code, len(mailoutbox)) == (503, 0)
    assert "Vi fikk ikke sendt koden. Prøv igjen om litt." in response.content.decode()


def test_a_code_is_still_good_after_an_outage(client, mailoutbox, told, settings):
    link, caches = task_link(told), settings.CACHES
    code = ask(client, mailoutbox, link)

    settings.CACHES = AWAY
    page = client.post(link, {"code": code}).content.decode()
    settings.CACHES = caches
    client.post(link, {"code": code})

    assert ("Vi fikk ikke sjekket koden. Prøv igjen om litt." in page, is_in(client)) == (
        True,
        True,
    )
