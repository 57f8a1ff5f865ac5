"""The pages on which the personvernkontakt judges a report."""

from datetime import timedelta

import pytest
from django.urls import reverse

from actors.models import Event
from tests.factories.meetings import NOW
from tests.factories.pages import body, page
from tests.factories.papers import (
    READERS,
    SECRET,
    STATUS_ONLY,
    held_meeting,
    make_referat,
    point,
    send_referat,
)
from tests.factories.people import make_role, sign_in
from tests.factories.privacy import make_contact, make_report, opened
from tests.factories.register import OwnerFactory
from tests.markup import squeeze

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def referat(scene):
    return send_referat(scene, agreed=[point(SECRET)])


@pytest.fixture
def contact(scene):
    return make_contact(scene)


# --- the contact --------------------------------------------------------------------------------


def test_the_contact_lands_on_the_reports(client, scene, referat, contact):
    report = make_report(referat, scene.ppt)
    sign_in(client, contact)

    response = client.get("/min-side/", follow=True)

    assert response.redirect_chain == [("/meldinger/", 302)]
    assert [item["label"] for item in response.context["menu"]] == ["Meldinger", "Varsler"]
    assert report.number in body(response)


def test_the_contact_sees_the_clock_the_readers_and_who_reported(client, scene, referat, contact):
    opened(referat, scene.veileder, now=NOW - HOUR)
    opened(referat, scene.leder, now=NOW - HOUR)
    report = make_report(referat, scene.ppt, part="saker.0")
    sign_in(client, contact)

    text = body(client.get(page("privacy_detail", report)))

    assert "71 timer igjen av 72, til mandag 23. november kl. 10.00" in text
    assert "71 t 59 min" in text
    assert "Én person rakk å åpne den." in text
    assert scene.veileder.user.name in text
    assert scene.ppt.user.name in text
    assert SECRET in text


@pytest.mark.parametrize("office", [*READERS, *STATUS_ONLY])
def test_nobody_else_sees_a_report(client, scene, referat, contact, office):
    report = make_report(referat, scene.ppt)
    sign_in(client, getattr(scene, office))

    for name in ("privacy_detail", "privacy_access_report"):
        assert client.get(page(name, report)).status_code == 404
    assert client.post(page("privacy_close", report)).status_code == 404


def test_the_owner_decides_where_there_is_no_contact(client, scene, referat):
    report = make_report(referat, scene.ppt)
    sign_in(client, scene.eier)

    assert client.get(page("privacy_detail", report)).status_code == 200


def test_the_contact_of_another_owner_sees_nothing(client, scene, referat, contact):
    report = make_report(referat, scene.ppt)
    sign_in(client, make_role("personvernkontakt", OwnerFactory()))

    assert client.get(page("privacy_detail", report)).status_code == 404
    assert report.number not in body(client.get("/meldinger/"))


@pytest.mark.parametrize("office", ["leder", "udir", "veileder"])
def test_the_list_is_not_for_other_roles(client, scene, office):
    sign_in(client, getattr(scene, office))

    assert client.get("/meldinger/").status_code == 403


def test_the_access_report_is_a_file_and_taking_it_is_recorded(client, scene, referat, contact):
    opened(referat, scene.veileder, now=NOW - HOUR)
    opened(referat, scene.veileder, way="pdf")
    report = make_report(referat, scene.ppt)
    sign_in(client, contact)

    response = client.get(page("privacy_access_report", report))

    lines = response.content.decode("utf-8-sig").splitlines()
    name = scene.veileder.user.name
    assert lines[0] == "Hvem;Rolle;Først åpnet;Sist åpnet;Hvordan;Ganger"
    assert lines[1:] == [
        f"{name};Veileder;20.11.2026 kl. 09.00;20.11.2026 kl. 09.00;I portalen;1",
        f"{name};Veileder;20.11.2026 kl. 10.00;20.11.2026 kl. 10.00;PDF;1",
    ]
    assert Event.objects.get(verb="take_access_report").by == contact.user


def test_a_mistaken_report_makes_the_text_visible(client, scene, referat, contact):
    report = make_report(referat, scene.ppt)
    sign_in(client, contact)

    data = {"recognisable": "no", "reason": "Ingen kan kjennes igjen"}
    response = client.post(page("privacy_detail", report), data, follow=True)

    assert "Meldingen er avsluttet" in body(response)
    sign_in(client, scene.veileder)
    detail = client.get(reverse("meetings:referat_detail", args=[referat.paper.meeting_id]))
    assert SECRET in body(detail)


def test_what_is_missing_in_the_assessment_is_said_at_the_field(client, scene, referat, contact):
    report = make_report(referat, scene.ppt)
    sign_in(client, contact)

    text = body(client.post(page("privacy_detail", report), {"recognisable": "yes"}))

    assert "Velg om Datatilsynet skal ha melding." in text
    assert "Skriv kort hvorfor du vurderer det slik." in text
    report.refresh_from_db()
    assert report.decided_at is None


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_queries(
    client, scene, contact, count, django_assert_num_queries
):
    meetings = [held_meeting(scene, days_ago=3 + n) for n in range(count)]
    for meeting in meetings:
        make_report(send_referat(scene, make_referat(scene, meeting)), scene.ppt)
    sign_in(client, contact)

    with django_assert_num_queries(4):
        client.get("/meldinger/")


@pytest.mark.parametrize(
    ("told", "heading"),
    [
        (None, "Vurder om Datatilsynet skal ha melding"),
        (True, "Datatilsynet skal ha melding"),
        (False, "Datatilsynet skal ikke ha melding"),
    ],
)
def test_the_heading_says_what_was_decided(client, scene, referat, contact, told, heading):
    report = make_report(referat, scene.ppt)
    if told is not None:
        report.decided_at, report.authority_told, report.decision = NOW, told, "Liten fare."
        report.save()
    sign_in(client, contact)

    shown = squeeze(client.get(page("privacy_detail", report)).content)

    assert f'<h1 class="ds-heading" data-size="lg">{heading}</h1>' in shown


# --- nynorsk ------------------------------------------------------------------------------------


def test_the_pages_are_in_nynorsk_too(client, scene, referat, contact):
    report = make_report(referat, scene.ppt)
    for role, path, words in (
        (scene.leder, page("privacy_clean", report), "Rett teksten, så blir han synleg igjen"),
        (contact, page("privacy_detail", report), "Vurder om Datatilsynet skal ha melding"),
        (contact, "/meldinger/", "Meldingar"),
    ):
        role.user.language = "nn"
        role.user.save()
        sign_in(client, role)
        assert words in body(client.get(path))
