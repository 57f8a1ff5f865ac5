"""A draft of a grunnlag that several write in: two texts, and a leader who takes over."""

from datetime import timedelta

import pytest

from actors.models import Role
from meetings.models import GrunnlagConflict, VeiledningsgrunnlagVersion
from tests.factories.grunnlag_forms import others_write, stored, typed
from tests.factories.meetings import NOW
from tests.factories.pages import page
from tests.factories.paper_forms import WRITTEN
from tests.factories.people import make_role, sign_in

pytestmark = pytest.mark.django_db


def two_texts(client, scene, meeting):
    sign_in(client, scene.leder)
    data = typed(client, meeting, tried="Likt. Mitt.")
    others_write(scene, meeting, tried="Likt. Deres.")
    return client.post(page("grunnlag_edit", meeting), data | {"handling": "lagre"})


# --- two texts ----------------------------------------------------------------------------------


def test_a_stale_form_leads_to_both_texts(client, scene, meeting):
    response = two_texts(client, scene, meeting)

    body = client.get(response.url).content.decode()
    assert response.url == page("grunnlag_conflict", meeting)
    assert "Bare hos deg:" in body
    assert f"Bare hos {scene.arbeidsgruppe.user.get_short_name()}:" in body
    assert "Likt. Deres. Mitt." in body


@pytest.mark.parametrize(
    ("use", "text"),
    [("other", "Likt. Mitt."), ("stored", "Likt. Deres."), ("joined", "Skrevet sammen")],
)
def test_the_writer_chooses_which_text_stands(client, scene, meeting, use, text):
    path = two_texts(client, scene, meeting).url
    seen = client.get(path).context["seen"]

    response = client.post(path, {"use": use, "seen": seen, "text": "Skrevet sammen"})

    assert response.url == page("grunnlag_edit", meeting)
    assert stored(meeting).tried == text
    assert not GrunnlagConflict.objects.filter(resolved_at=None).exists()


def test_both_texts_wait_until_somebody_decides(client, scene, meeting):
    two_texts(client, scene, meeting)
    sign_in(client, scene.arbeidsgruppe)

    body = client.get(page("grunnlag_edit", meeting)).content.decode()
    conflict = client.get(page("grunnlag_conflict", meeting)).content.decode()

    assert "To har skrevet i det samme feltet." in body
    assert "Likt. Deres." in body
    assert f"Teksten fra {scene.leder.user.name}" in conflict


def test_a_text_changed_meanwhile_is_not_overwritten(client, scene, meeting):
    path = two_texts(client, scene, meeting).url
    seen = client.get(path).context["seen"]
    others_write(scene, meeting, tried="Nyest.")

    response = client.post(path, {"use": "joined", "seen": seen, "text": "Skrevet sammen"})

    assert stored(meeting).tried == "Nyest."
    assert "Noen har lagret mens du skrev." in response.content.decode()


def test_with_two_texts_it_is_not_sent(client, scene, meeting):
    two_texts(client, scene, meeting)

    client.post(page("grunnlag_edit", meeting), typed(client, meeting, **WRITTEN, handling="send"))

    assert not VeiledningsgrunnlagVersion.objects.exists()


def test_what_the_sender_has_not_seen_is_not_sent(client, scene, meeting):
    sign_in(client, scene.leder)
    data = typed(client, meeting, **WRITTEN, handling="send")
    others_write(scene, meeting, worked_well="Nytt fra arbeidsgruppa")

    response = client.post(page("grunnlag_edit", meeting), data)

    body = client.get(response.url).content.decode()
    assert not VeiledningsgrunnlagVersion.objects.exists()
    assert "Les over alt, og send når det er riktig." in body
    assert "Nytt fra arbeidsgruppa" in body


@pytest.mark.parametrize(("office", "status"), [("veileder", 403), ("udir", 403), ("styrer", 404)])
def test_others_do_not_see_two_texts(client, scene, meeting, office, status):
    two_texts(client, scene, meeting)
    sign_in(client, getattr(scene, office))

    assert client.get(page("grunnlag_conflict", meeting)).status_code == status


# --- the office, not the person -------------------------------------------------------------------


def test_the_acting_leader_finds_the_draft_of_the_one_who_quit(client, scene, meeting):
    others_write(scene, meeting, "leder", tried="Påbegynt av rektor")
    Role.objects.filter(pk=scene.leder.pk).update(valid_to=NOW.date() - timedelta(days=1))
    acting = make_role("leder", scene.skole.unit, acting=True)
    sign_in(client, acting)

    data = typed(client, meeting, **WRITTEN, handling="send")
    client.post(page("grunnlag_edit", meeting), data)

    version = VeiledningsgrunnlagVersion.objects.get()
    assert version.content["tried"] == "Påbegynt av rektor"
    assert version.sent_as.startswith("på vegne av rektor")


def test_the_draft_is_shared(client, scene, meeting):
    sign_in(client, scene.leder)
    data = typed(client, meeting, tried="Delt", handling="del")

    response = client.post(page("grunnlag_edit", meeting), data, follow=True)

    assert "Utkastet er delt." in response.content.decode()
    assert stored(meeting).tried == "Delt"
