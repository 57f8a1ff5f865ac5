"""The saksliste of a meeting through its pages: adding, moving, taking away, sending."""

from datetime import date

import pytest

from meetings.actions.saksliste import add_sak
from meetings.models import Sak
from meetings.rules.saksliste import SakInput
from tests.factories.meetings import NOW, make_meeting
from tests.factories.pages import page as url
from tests.factories.pages import text_of
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db
HELD = date(2026, 11, 10)
SECRET = SakInput("Sak som bare noen leser", "droefting", "leder", 30)


def saksliste_post(client, meeting) -> dict[str, str]:
    """What the browser sends when the page is saved untouched."""
    response = client.get(url("saksliste_edit", meeting))
    data = {"seen": response.context["seen"]}
    for row in response.context["saksliste"].rows:
        for field in row:
            data[field.html_name] = "" if field.value() is None else str(field.value())
    return data


def saker(meeting) -> list[str]:
    return list(meeting.saker.order_by("position").values_list("title", flat=True))


def test_saksliste_gets_a_new_sak_before_the_last(client, scene):
    meeting = make_meeting(scene, "styringsgruppemoete_fysisk")
    sign_in(client, scene.eier)
    had = saker(meeting)
    data = saksliste_post(client, meeting)

    client.post(url("saksliste_edit", meeting), data | {"sak-ny-title": "Økonomi"})

    assert saker(meeting) == [*had[:-1], "Økonomi", had[-1]]


def test_saksliste_is_reordered_with_a_button_and_with_a_number(client, scene):
    meeting = make_meeting(scene, "styringsgruppemoete_fysisk")
    sign_in(client, scene.eier)
    first, second, third, *rest = saker(meeting)
    pk = meeting.saker.get(title=second).pk

    client.post(
        url("saksliste_edit", meeting), saksliste_post(client, meeting) | {"knapp": f"ned-{pk}"}
    )
    assert saker(meeting) == [first, third, second, *rest]

    client.post(
        url("saksliste_edit", meeting), saksliste_post(client, meeting) | {f"sak-{pk}-order": "9"}
    )
    assert saker(meeting) == [first, third, *rest[:-1], second, rest[-1]]


def test_saksliste_loses_a_sak_with_a_button_but_not_a_standing_one(client, scene):
    meeting = make_meeting(scene, "styringsgruppemoete_fysisk")
    had = saker(meeting)
    added = add_sak(meeting=meeting, item=SECRET, by=scene.by("eier"), now=NOW)
    sign_in(client, scene.eier)

    for pk in (added.pk, meeting.saker.get(title=had[1]).pk):
        client.post(
            url("saksliste_edit", meeting),
            saksliste_post(client, meeting) | {"knapp": f"fjern-{pk}"},
        )

    assert sorted(saker(meeting)) == sorted(had)


def test_saksliste_that_somebody_has_changed_shows_both(client, scene):
    meeting = make_meeting(scene, "styringsgruppemoete_fysisk")
    sign_in(client, scene.eier)
    data = saksliste_post(client, meeting)
    add_sak(meeting=meeting, item=SECRET, by=scene.by("koordinator"), now=NOW)

    mine = data | {"sak-ny-title": "Økonomi"}
    response = client.post(url("saksliste_edit", meeting), mine)

    page = text_of(response)
    assert (SECRET.title in page, 'value="Økonomi"' in page) == (True, True)
    assert "Økonomi" not in saker(meeting)

    client.post(url("saksliste_edit", meeting), mine | {"seen": response.context["seen"]})

    assert saker(meeting)[-3:-1] == [SECRET.title, "Økonomi"]


def test_veileder_adds_a_sak_beside_the_grunnlag(client, scene):
    meeting = make_meeting(scene)
    sign_in(client, scene.veileder)

    response = client.post(
        url("sak_create", meeting), {"title": "Ledelse", "type": "refleksjon", "minutes": "20"}
    )

    assert response.url == url("meeting_detail", meeting)
    added = Sak.objects.get(meeting=meeting, title="Ledelse")
    assert (added.type, added.minutes, added.responsible) == ("refleksjon", 20, "veileder")


def test_saksliste_after_the_meeting_is_refused_with_a_reason(client, scene):
    meeting = make_meeting(scene, "styringsgruppemoete_fysisk", day=HELD)
    sign_in(client, scene.eier)

    response = client.get(url("saksliste_edit", meeting))

    assert (response.status_code, "Møtet er over" in text_of(response)) == (403, True)


def test_send_the_saksliste(client, scene):
    meeting = make_meeting(scene, "styringsgruppemoete_fysisk")
    sign_in(client, scene.eier)

    client.post(url("saksliste_send", meeting))

    meeting.refresh_from_db()
    assert meeting.agenda_sent_at is not None
    page = text_of(client.get(url("meeting_detail", meeting)))
    assert "Send sakslista på nytt" in page
