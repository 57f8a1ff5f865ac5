"""Calling a meeting on its page: who may, for whom, and what is missing."""

from datetime import date

import pytest
from django.urls import reverse

from cohorts.actions.pulje import close_pulje
from meetings.models import Meeting
from tests.factories.cohorts import activity_of, make_pulje
from tests.factories.meetings import NOW, make_scene
from tests.factories.pages import open_page, text_of
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db


def test_list_link_to_call_a_meeting_is_for_those_who_call(client, scene):
    link = reverse("meetings:meeting_create")

    assert link in open_page(client, scene.leder, reverse("meetings:meeting_list"))
    assert link not in open_page(client, scene.ppt, reverse("meetings:meeting_list"))


def test_create_by_somebody_who_calls_nothing_is_refused_with_a_reason(client, scene):
    sign_in(client, scene.ppt)

    response = client.get(reverse("meetings:meeting_create"))

    assert (response.status_code, "kaller ikke inn" in text_of(response)) == (403, True)


NEW = {
    "date": "03.12.2026",
    "begins": "9:00",
    "ends": "11.30",
    "form": "physical",
    "place": "Personalrommet",
}


def create_url(scene, key, **choice) -> str:
    activity = activity_of(scene.pulje, key, 3)
    query = "&".join(f"{name}={value}" for name, value in choice.items())
    return f"{reverse('meetings:meeting_create')}?aktivitet={activity.pk}&{query}"


def test_create_a_joint_meeting(client, scene):
    sign_in(client, scene.veileder)
    both = {"units": [scene.skole.pk, scene.barnehage.pk]}

    client.post(create_url(scene, "veiledning_2", deltakelse=scene.deltakelse.pk), NEW | both)

    meeting = Meeting.objects.get()
    assert (meeting.day, meeting.units.count()) == (date(2026, 12, 3), 2)
    assert meeting.created_by == scene.veileder.user


def test_create_with_a_unit_in_the_address_ticks_it(client, scene):
    sign_in(client, scene.veileder)

    response = client.get(create_url(scene, "veiledning_2", enhet=scene.skole.pk))

    assert response.context["form"].initial["units"] == [scene.skole]


def test_create_without_a_unit_says_what_is_missing(client, scene):
    sign_in(client, scene.veileder)

    response = client.post(create_url(scene, "veiledning_2"), NEW)

    assert "Velg minst én enhet." in text_of(response)
    assert Meeting.objects.count() == 0


def test_create_for_an_owner_that_is_not_the_own_is_not_found(client, scene):
    stranger = make_scene(make_pulje(10))
    sign_in(client, scene.veileder)

    foreign = client.get(create_url(scene, "veiledning_2", deltakelse=stranger.deltakelse.pk))
    other = client.get(create_url(stranger, "veiledning_2"))

    assert (foreign.status_code, other.status_code) == (404, 404)


def test_create_of_what_another_office_calls_is_refused(client, scene):
    sign_in(client, scene.leder)

    response = client.get(create_url(scene, "styringsgruppemoete_fysisk"))

    assert response.status_code == 403


def test_create_for_a_unit_of_another_leader_is_refused(client, scene):
    sign_in(client, scene.leder)
    wrong = {"units": [scene.barnehage.pk]}

    response = client.post(create_url(scene, "arbeidsgruppemoete"), NEW | wrong)

    assert response.status_code == 200
    assert Meeting.objects.count() == 0


def test_create_in_a_closed_pulje_says_so(client, scene):
    close_pulje(pulje=scene.pulje, by=scene.by("udir"), now=NOW)
    sign_in(client, scene.veileder)
    unit = {"units": [scene.skole.pk]}

    response = client.post(create_url(scene, "veiledning_2"), NEW | unit)

    assert "Pulja er avsluttet." in text_of(response)
    assert Meeting.objects.count() == 0


def test_choose_offers_the_owner_only_when_there_are_several(client, scene):
    sign_in(client, scene.veileder)
    assert list(client.get(reverse("meetings:meeting_create")).context["form"].fields) == [
        "aktivitet"
    ]

    sign_in(client, scene.koordinator)
    make_scene(make_pulje(10))
    assert list(client.get(reverse("meetings:meeting_create")).context["form"].fields) == [
        "aktivitet",
        "deltakelse",
    ]
