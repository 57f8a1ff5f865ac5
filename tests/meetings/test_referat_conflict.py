"""The page with both texts of a referat, when the other window is one's own."""

import pytest

from tests.factories.meetings import make_scene
from tests.factories.papers import held_meeting
from tests.factories.people import sign_in
from tests.meetings.test_referat_form import POINT, filled_in, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return make_scene()


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
