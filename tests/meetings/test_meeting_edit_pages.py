"""Changing and cancelling a meeting on its pages."""

from datetime import date

import pytest

from meetings.actions.meeting_change import change_meeting
from tests.factories.meetings import NOW, make_meeting, oslo
from tests.factories.pages import page as url
from tests.factories.pages import text_of
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["meeting_edit", "meeting_cancel"])
def test_change_by_somebody_else_is_refused_with_a_reason(client, scene, name):
    meeting = make_meeting(scene)
    sign_in(client, scene.leder)

    response = client.get(url(name, meeting))

    assert (response.status_code, "Bare den som kaller inn" in text_of(response)) == (403, True)


EDIT = {
    "date": "04.12.2026",
    "begins": "10.00",
    "ends": "12.30",
    "form": "physical",
    "place": "Biblioteket",
    "title": "Veiledning",
    "edit_version": "1",
}


def test_edit_moves_the_meeting(client, scene):
    meeting = make_meeting(scene)
    sign_in(client, scene.veileder)

    response = client.post(url("meeting_edit", meeting), EDIT)

    assert response.url == url("meeting_detail", meeting)
    meeting.refresh_from_db()
    assert (meeting.start, meeting.place) == (oslo(date(2026, 12, 4), "10.00"), "Biblioteket")
    assert meeting.status == "moved"


def test_edit_warns_of_a_sunday_and_saves_it_when_asked_again(client, scene):
    meeting = make_meeting(scene)
    sign_in(client, scene.veileder)
    sunday = EDIT | {"date": "06.12.2026"}

    warned = client.post(url("meeting_edit", meeting), sunday)

    assert "Søndag 6. desember er ikke en arbeidsdag." in text_of(warned)
    meeting.refresh_from_db()
    assert meeting.status == "planned"

    client.post(url("meeting_edit", meeting), sunday | {"seen": warned.context["seen"]})

    meeting.refresh_from_db()
    assert meeting.day == date(2026, 12, 6)


def test_edit_warns_again_when_the_day_is_another_one(client, scene):
    meeting = make_meeting(scene)
    sign_in(client, scene.veileder)
    warned = client.post(url("meeting_edit", meeting), EDIT | {"date": "06.12.2026"})

    saturday = EDIT | {"date": "05.12.2026", "seen": warned.context["seen"]}
    response = client.post(url("meeting_edit", meeting), saturday)

    assert "Lørdag 5. desember er ikke en arbeidsdag." in text_of(response)


def test_edit_that_somebody_has_overtaken_shows_both_texts(client, scene):
    meeting = make_meeting(scene, place="Personalrommet")
    change_meeting(
        meeting=meeting, edit_version=1, place="Kantina", by=scene.by("koordinator"), now=NOW
    )
    sign_in(client, scene.veileder)
    mine = EDIT | {"date": "03.12.2026", "begins": "09.00", "ends": "11.30", "title": meeting.title}

    response = client.post(url("meeting_edit", meeting), mine)

    page = text_of(response)
    assert "Noen har endret møtet mens du skrev" in page
    rows = response.context["conflict"]
    assert [(row["left"]["text"], row["right"]["text"]) for row in rows] == [
        ("Biblioteket", "Kantina")
    ]
    assert 'value="Biblioteket"' in page

    client.post(url("meeting_edit", meeting), mine | {"edit_version": "2"})

    meeting.refresh_from_db()
    assert (meeting.place, meeting.edit_version) == ("Biblioteket", 3)


def test_edit_with_mistakes_keeps_what_was_typed(client, scene):
    meeting = make_meeting(scene)
    sign_in(client, scene.veileder)

    response = client.post(
        url("meeting_edit", meeting),
        EDIT | {"date": "3. juleaften", "ends": "09.00", "place": "", "begins": "10.00"},
    )

    page = text_of(response)
    assert 'value="3. juleaften"' in page
    assert 'href="#id_date">Skriv datoen slik: 26.11.2026.</a>' in page
    assert 'href="#id_place">Skriv hvor dere møtes.</a>' in page


def test_edit_to_an_end_before_the_start(client, scene):
    meeting = make_meeting(scene)
    sign_in(client, scene.veileder)

    response = client.post(url("meeting_edit", meeting), EDIT | {"ends": "10.00"})

    assert 'href="#id_ends">Skriv en tid som er etter at møtet begynner.</a>' in text_of(response)


def test_cancel_asks_for_a_reason(client, scene):
    meeting = make_meeting(scene)
    sign_in(client, scene.veileder)

    response = client.post(url("meeting_cancel", meeting), {"reason": ""})

    assert 'href="#id_reason">Skriv hvorfor møtet er avlyst.</a>' in text_of(response)

    client.post(url("meeting_cancel", meeting), {"reason": "Snøstorm"})

    meeting.refresh_from_db()
    assert (meeting.status, meeting.status_reason) == ("cancelled", "Snøstorm")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": "Første veiledning"}, "Endringen er lagret."),
        ({"place": "Kantina"}, "Endringen er lagret. Alle som er invitert, får beskjed."),
    ],
)
def test_edit_says_whether_anybody_is_told(client, scene, changes, said):
    meeting = make_meeting(scene, day=date(2026, 12, 4), place="Biblioteket", title="Veiledning")
    sign_in(client, scene.veileder)
    same = EDIT | {"begins": "09.00", "ends": "11.30"}

    response = client.post(url("meeting_edit", meeting), same | changes, follow=True)

    assert [str(message) for message in response.context["messages"]] == [said]
