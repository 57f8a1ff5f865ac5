"""The page shell, the pages for everyone, and the error pages."""

import re
from datetime import date

import pytest
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse

from lmp.views import running_semester
from tests.factories.cohorts import make_pulje
from tests.factories.people import UserFactory, make_role, sign_in
from tests.markup import squeeze

PAGES = ["front_page", "help", "privacy", "accessibility"]
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)")


def body(response) -> str:
    return response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["nb", "nn"])
def test_pages_for_everyone(client, name, language):
    client.cookies["spraak"] = language
    response = client.get(reverse(name))
    html = body(response)

    assert response.status_code == 200
    assert f'<html lang="{language}" data-color-scheme="auto">' in html
    assert html.count("<h1") == 1
    assert '<a class="ds-skip-link" href="#innhold">' in html
    assert '<main id="innhold" tabindex="-1">' in html
    assert not INLINE.search(html)


@pytest.mark.django_db
def test_stylesheets_come_in_the_order_theme_designsystemet_site(client):
    sheets = re.findall(r'rel="stylesheet" href="/static/([^"]+)"', body(client.get("/")))

    assert sheets == ["css/theme.css", "vendor/designsystemet/index.css", "css/site.css"]


@pytest.mark.django_db
def test_a_visitor_has_no_menu_and_can_sign_in(client):
    html = body(client.get("/"))

    assert "Hovedmeny" not in html
    assert f'<a class="band__link" href="{reverse("account_login")}">Logg inn</a>' in html


@pytest.mark.django_db
def test_changing_language_keeps_the_page(client):
    html = body(client.get("/hjelp/?fra=e-post"))
    response = client.post("/spraak/", {"language": "nn", "next": "/hjelp/?fra=e-post"})

    assert '<input type="hidden" name="next" value="/hjelp/?fra=e-post">' in html
    assert response.url == "/hjelp/?fra=e-post"
    assert '<html lang="nn"' in body(client.get(response.url))


@pytest.mark.django_db
def test_an_unknown_address_leads_on(client):
    response = client.get("/finnes-ikke/")

    assert response.status_code == 404
    assert "Siden finnes ikke" in body(response)
    assert reverse("account_login") in body(response)


@pytest.mark.django_db
def test_a_stale_form_is_explained():
    response = Client(enforce_csrf_checks=True).post("/spraak/", {"language": "nn"})

    assert response.status_code == 403
    assert "Skjemaet var for gammelt" in body(response)


@pytest.mark.parametrize("name", ["500.html", "403_csrf.html"])
def test_last_resort_pages_need_neither_context_nor_database(name):
    html = get_template(name).render()

    assert html.count("<h1") == 1
    assert 'lang="nb"' in html


@pytest.mark.django_db
def test_forbidden_page(rf):
    rf_request = rf.get("/")
    html = get_template("403.html").render({}, rf_request)

    assert "Du har ikke tilgang til dette" in html


def test_menu_and_role_switch_come_from_the_context():
    role = {"id": 1, "label": "Rektor", "place": "Granli skole"}
    other = {"id": 2, "label": "Medlem av styringsgruppe", "place": "Fjordvik kommune"}
    html = get_template("_ui/header.html").render(
        {
            "user": {"is_authenticated": True},
            "menu": [{"label": "Min side", "url": "/min-side/", "current": True}],
            "role_context": {"current": role, "others": [other], "user_name": "Marit Aasland"},
        }
    )

    assert html.count('<a href="/min-side/" aria-current="page">Min side</a>') == 2
    assert "<span>Rektor</span> <small>Granli skole</small>" in squeeze(html)
    assert "Marit Aasland har 2 roller" in html
    assert f'action="{reverse("account_logout")}"' in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 5, 2), None),
        (date(2026, 11, 20), {"pulje": 9, "semester": 3}),
        (date(2030, 1, 1), None),
    ],
)
def test_the_front_page_shows_where_the_running_pulje_is(day, expected):
    make_pulje()

    assert running_semester(day) == expected


def test_the_ring_of_the_front_page_lights_one_quarter():
    html = get_template("lmp/_front_page_ring.html").render(
        {"running": {"pulje": 9, "semester": 3}}
    )

    assert html.count("a-now") == 1
    assert "Pulje 9 er i semester 3." in html


@pytest.mark.django_db
def test_a_person_with_two_roles_switches_in_the_head_of_the_page(client):
    user = UserFactory()
    roles = [make_role("udir", user=user), make_role("koordinator", user=user)]
    sign_in(client, user)

    html = body(client.get(reverse("help")))
    assert html.count('<button type="submit" name="role"') == 2
    for role in roles:
        client.post(reverse("actors:role_switch"), {"role": role.pk, "next": "/hjelp/"})
        head = body(client.get(reverse("help"))).split("<main")[0]
        assert f'name="role" value="{role.pk}" aria-current="true"' in head
