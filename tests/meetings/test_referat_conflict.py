"""The page with both texts of a referat, when the other window is one's own."""

import pytest

from meetings.models import Referat
from tests.factories.pages import page
from tests.factories.papers import held_meeting
from tests.factories.people import sign_in
from tests.factories.referat_forms import POINT, filled_in, form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(scene):
    return held_meeting(scene)


def test_two_windows_of_one_person_are_called_so(client, scene, meeting):
    sign_in(client, scene.leder)
    data = filled_in(client, meeting)
    client.post(page("referat_edit", meeting), data | {"handling": "lagre"})
    changed = {name: "Ny" for name, value in data.items() if value == POINT["text"]}

    autosaved = client.post(page("referat_autosave", meeting), data | {"mellomarbeid": "Nytt"})
    both = client.post(page("referat_edit", meeting), data | changed | {"handling": "lagre"})

    assert "Du har lagret i et annet vindu." in autosaved.content.decode()
    body = both.content.decode()
    assert (both.status_code, "Du har skrevet i det samme i et annet vindu" in body) == (409, True)
    assert f"{POINT['text']} (Rektor, {POINT['due']})" in body


def shown(client, meeting):
    """What a browser posts from the page, with the marks it carries."""
    response = client.get(page("referat_edit", meeting))
    return form_of(response) | {"base": response.context["base"]}


@pytest.fixture
def two_pages(client, scene, meeting):
    """The same draft in two windows of the same person."""
    sign_in(client, scene.leder)
    client.post(page("referat_edit", meeting), filled_in(client, meeting) | {"handling": "lagre"})
    return shown(client, meeting), shown(client, meeting)


def save(client, meeting, data):
    return client.post(page("referat_edit", meeting), data | {"handling": "lagre"})


def test_two_windows_that_write_in_different_fields_are_joined(client, meeting, two_pages):
    first, second = two_pages
    save(client, meeting, first | {"saker-0-summary": "Fra det første vinduet"})

    autosaved = client.post(
        page("referat_autosave", meeting), second | {"mellomarbeid": "Fra det andre"}
    )
    saved = save(client, meeting, second | {"saker-1-summary": "Også fra det andre"})

    referat = Referat.objects.get()
    assert "Lagret kl." in autosaved.content.decode()
    assert saved.status_code == 302
    assert [sak.summary for sak in referat.saker.all()][:2] == [
        "Fra det første vinduet",
        "Også fra det andre",
    ]


@pytest.mark.parametrize(
    ("choice", "stands"), [("mine", "Min"), ("theirs", "Deres"), ("joined", "Begge")]
)
def test_of_one_sak_with_two_texts_the_writer_chooses(client, meeting, two_pages, choice, stands):
    first, second = two_pages
    save(client, meeting, first | {"saker-0-summary": "Deres", "place": "Auditoriet"})

    both = save(client, meeting, second | {"saker-0-summary": "Min", "mellomarbeid": "Nytt"})
    labels = [each.label for each in both.context["conflicts"]]
    again = dict(both.context["kept"])
    again |= {"base": both.context["base"], "edit_version": both.context["edit_version"]}
    again |= {"saker-0-summary": "Begge", "deres-saker-0-summary": "Deres"}
    chosen = save(client, meeting, again | {"valg-saker-0-summary": choice})

    referat = Referat.objects.get()
    assert (both.status_code, chosen.status_code) == (409, 302)
    assert labels == [referat.saker.first().title]
    assert referat.saker.first().summary == stands
    assert (referat.place, referat.mellomarbeid) == ("Auditoriet", "Nytt")
