"""The pages on which the author cleans a text that was reported."""

import pytest
from django.urls import reverse

from meetings.models import ReferatVersion
from tests.factories.pages import body, page
from tests.factories.papers import READERS, SECRET, STATUS_ONLY, point, send_referat
from tests.factories.people import sign_in
from tests.factories.privacy import make_contact, make_report

pytestmark = pytest.mark.django_db
OTHERS = [office for office in READERS if office != "leder"]


@pytest.fixture
def referat(scene):
    return send_referat(scene, agreed=[point(SECRET)])


def clean_data(response, words="Vi så etter overganger."):
    """What a browser would post, with the secret replaced in every field that holds it."""
    form = response.context["form"]
    data = {field.html_name: field.value() or "" for field in form if field.name != "confirmed"}
    cleaned = {key: words if SECRET in value else value for key, value in data.items()}
    return cleaned | {"confirmed": "on"}


def test_the_author_sees_what_is_reported_and_not_by_whom(client, scene, referat):
    contact = make_contact(scene)
    report = make_report(referat, scene.ppt, part="saker.0", explanation="Bare én passer")
    sign_in(client, scene.leder)

    text = body(client.get(page("privacy_clean", report)))

    assert SECRET in text
    assert "«Bare én passer»" in text
    assert "Trinn, klasse eller alder sammen med noe annet" in text
    assert contact.user.name in text
    assert scene.ppt.user.name not in text


def test_the_author_finds_the_way_from_the_referat(client, scene, referat):
    report = make_report(referat, scene.ppt)
    sign_in(client, scene.leder)

    text = body(client.get(reverse("meetings:referat_detail", args=[referat.paper.meeting_id])))

    assert page("privacy_clean", report) in text
    assert SECRET in text


@pytest.mark.parametrize("office", [*OTHERS, *STATUS_ONLY])
def test_nobody_else_cleans(client, scene, referat, office):
    report = make_report(referat, scene.ppt)
    sign_in(client, getattr(scene, office))

    assert client.get(page("privacy_clean", report)).status_code == 404


def test_a_cleaned_version_is_sent_and_everybody_reads_it(client, scene, referat):
    report = make_report(referat, scene.ppt)
    sign_in(client, scene.leder)
    data = clean_data(client.get(page("privacy_clean", report)))

    response = client.post(page("privacy_clean", report), data, follow=True)

    text = body(response)
    assert "Versjon 2 er sendt. Versjon 1 er fjernet fra portalen." in text
    assert "Vi så etter overganger." in text
    assert SECRET not in text
    assert ReferatVersion.objects.get(number=2).cleans == 1


def test_the_second_press_sends_nothing_more(client, scene, referat):
    report = make_report(referat, scene.ppt)
    sign_in(client, scene.leder)
    data = clean_data(client.get(page("privacy_clean", report)))

    for _press in range(2):
        assert client.post(page("privacy_clean", report), data).status_code == 302
    assert ReferatVersion.objects.count() == 2


def test_an_unchanged_text_is_not_sent_and_stays_in_the_form(client, scene, referat):
    report = make_report(referat, scene.ppt)
    sign_in(client, scene.leder)
    form = client.get(page("privacy_clean", report)).context["form"]
    data = {field.html_name: field.value() or "" for field in form if field.name != "confirmed"}
    data |= {"confirmed": "on"}

    response = client.post(page("privacy_clean", report), data)
    seen = response.context["form"]
    if seen.hints:  # the texts must be looked over first
        keys = " ".join(sorted({spot.key for spot in seen.hints}))
        response = client.post(page("privacy_clean", report), data | {"sett_over": keys})

    assert response.status_code == 200
    assert ReferatVersion.objects.count() == 1
