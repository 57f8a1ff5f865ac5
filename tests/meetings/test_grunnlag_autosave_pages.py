"""A grunnlag is saved while it is written, and what was typed outlives the session."""

import json

import pytest

from meetings.actions.meeting_change import cancel_meeting
from meetings.models import GrunnlagConflict, Veiledningsgrunnlag
from tests.factories.grunnlag_forms import others_write, stored, typed
from tests.factories.meetings import NOW
from tests.factories.pages import page
from tests.factories.papers import NATIONAL_ID
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db


def autosave(client, meeting, data):
    return client.post(page("grunnlag_autosave", meeting), data)


# --- saved while it is written ------------------------------------------------------------------


@pytest.mark.parametrize("office", ["leder", "arbeidsgruppe"])
def test_what_is_typed_is_saved_by_itself(client, scene, meeting, office):
    sign_in(client, getattr(scene, office))

    response = autosave(client, meeting, typed(client, meeting, tried="Felles gjennomgang"))

    assert "Lagret kl. 10.00" in response.content.decode()
    assert stored(meeting).tried == "Felles gjennomgang"


def test_an_autosave_goes_on_from_the_one_before(client, scene, meeting):
    sign_in(client, scene.leder)
    data = typed(client, meeting, tried="En")
    first = autosave(client, meeting, data)
    base = json.loads(first.context["fields"])["base"]

    autosave(client, meeting, data | {"tried": "En to", "base": base})

    assert stored(meeting).tried == "En to"
    assert not GrunnlagConflict.objects.exists()


def test_an_autosave_without_a_session_says_so_and_stores_nothing(client, scene, meeting):
    sign_in(client, scene.leder)
    data = typed(client, meeting, tried="En")
    client.logout()

    assert autosave(client, meeting, data).status_code == 401
    assert not Veiledningsgrunnlag.objects.exists()


@pytest.mark.parametrize(
    ("office", "status"),
    [("veileder", 403), ("eier", 403), ("udir", 403), ("styrer", 404)],
)
def test_others_save_nothing(client, scene, meeting, office, status):
    sign_in(client, getattr(scene, office))

    assert autosave(client, meeting, {"tried": "En"}).status_code == status
    assert not Veiledningsgrunnlag.objects.exists()


def test_a_national_id_number_is_not_saved_and_the_writer_is_told(client, scene, meeting):
    sign_in(client, scene.leder)

    response = autosave(client, meeting, typed(client, meeting, tried=NATIONAL_ID, voices="Ja"))

    body = response.content.decode()
    assert "Ikke lagret: «Hva har dere prøvd eller tenkt selv?». Resten er lagret." in body
    assert "data-unsaved" in body
    assert NATIONAL_ID not in body
    assert (stored(meeting).tried, stored(meeting).voices) == ("", "Ja")


def test_two_texts_are_told_of_calmly_with_a_link(client, scene, meeting):
    sign_in(client, scene.leder)
    data = typed(client, meeting, tried="Min")
    others_write(scene, meeting, tried="Deres")

    response = autosave(client, meeting, data)

    body = response.content.decode()
    who = scene.arbeidsgruppe.user.get_short_name()
    assert response.status_code == 200
    assert f"{who} har skrevet i det samme feltet. Begge tekstene er lagret." in body
    assert page("grunnlag_conflict", meeting) in body
    assert stored(meeting).tried == "Deres"


def test_the_two_windows_of_one_person_are_told_apart(client, scene, meeting):
    sign_in(client, scene.leder)
    data = typed(client, meeting, tried="Fra det ene")
    others_write(scene, meeting, office="leder", tried="Fra det andre")

    said = autosave(client, meeting, data).content.decode()
    both = client.get(page("grunnlag_conflict", meeting)).content.decode()

    assert "Du har skrevet i det samme i et annet vindu. Begge tekstene er lagret." in said
    assert "Du har skrevet i det samme i et annet vindu" in both
    buttons = ("Bruk min tekst", "Bruk teksten fra det andre vinduet")
    assert [both.count(f">{each}<") for each in buttons] == [1, 1]


def test_the_writer_is_told_that_somebody_writes_in_another_field(client, scene, meeting):
    sign_in(client, scene.leder)
    data = typed(client, meeting, tried="Min")
    others_write(scene, meeting, story="Deres")

    body = autosave(client, meeting, data).content.decode()

    who = scene.arbeidsgruppe.user.get_short_name()
    assert f"Lagret. {who} har også skrevet i utkastet." in body
    assert (stored(meeting).tried, stored(meeting).story) == ("Min", "Deres")


def test_the_page_says_who_saved_last(client, scene, meeting):
    others_write(scene, meeting, tried="Deres")
    sign_in(client, scene.leder)

    body = client.get(page("grunnlag_edit", meeting)).content.decode()

    assert f"Lagret kl. 10.00 av {scene.arbeidsgruppe.user.name}" in body


# --- the session ends, the meeting is cancelled ---------------------------------------------------


@pytest.mark.parametrize("name", ["grunnlag_edit", "grunnlag_copy", "grunnlag_attachment_add"])
def test_a_form_sent_after_the_session_is_shown_back(client, scene, meeting, name):
    sign_in(client, scene.leder)
    data = typed(client, meeting, tried="<b>Lang tekst</b>", **{"saker-1-title": "Rutinen"})
    client.logout()

    response = client.post(page(name, meeting), data | {"handling": "send"})

    body = response.content.decode()
    assert response.status_code == 401
    assert "&lt;b&gt;Lang tekst&lt;/b&gt;" in body
    assert "Rutinen" in body
    assert "Hva har dere prøvd eller tenkt selv?" in body
    assert not Veiledningsgrunnlag.objects.exists()


def test_what_was_typed_when_the_meeting_was_cancelled_is_shown_back(client, scene, meeting):
    sign_in(client, scene.leder)
    data = typed(client, meeting, tried="Lang tekst", handling="lagre")
    cancel_meeting(meeting=meeting, reason="Snø", by=scene.by("veileder"), now=NOW)

    response = client.post(page("grunnlag_edit", meeting), data)

    assert response.status_code == 409
    assert "Lang tekst" in response.content.decode()


def test_an_autosave_after_the_meeting_was_cancelled_keeps_the_text_in_the_page(
    client, scene, meeting
):
    sign_in(client, scene.leder)
    data = typed(client, meeting, tried="Lang tekst")
    cancel_meeting(meeting=meeting, reason="Snø", by=scene.by("veileder"), now=NOW)

    response = autosave(client, meeting, data)

    body = response.content.decode()
    assert response.status_code == 200
    assert "Møtet er avlyst. Grunnlaget kan leses, men ikke endres." in body
    assert "data-unsaved" in body


def test_the_page_holds_what_the_browser_needs_to_keep_the_text(client, scene, meeting):
    sign_in(client, scene.leder)

    body = client.get(page("grunnlag_edit", meeting)).content.decode()

    key = f"grunnlag-{meeting.pk}-{scene.skole.pk}-{scene.leder.user.pk}"
    assert f'data-autosave-key="{key}"' in body
    assert "<template data-autosave-lost>" in body
    assert "<template data-autosave-back>" in body
