"""Files of a grunnlag, added and taken away in its form."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.grunnlag_forms import stored, typed
from tests.factories.pages import page
from tests.factories.paper_forms import WRITTEN
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db
A_PDF = b"%PDF-1.7 innhold"


def upload(client, meeting, content=A_PDF, **changes):
    data = typed(client, meeting, **changes) | {"file": SimpleUploadedFile("plan.pdf", content)}
    return client.post(page("grunnlag_attachment_add", meeting), data)


def test_a_file_is_added_and_what_is_typed_is_saved(client, scene, meeting):
    sign_in(client, scene.arbeidsgruppe)

    response = upload(client, meeting, tried="Skrevet samtidig")

    row = stored(meeting).attachments.get()
    file = client.get(page("grunnlag_attachment", meeting, row.pk))
    assert response.url == page("grunnlag_edit", meeting) + "#vedlegg"
    assert stored(meeting).tried == "Skrevet samtidig"
    assert file.content == A_PDF
    assert file["Content-Disposition"] == 'attachment; filename="plan.pdf"'


def test_a_refused_file_is_told_at_the_field_and_the_text_is_saved(client, scene, meeting):
    sign_in(client, scene.leder)

    response = upload(client, meeting, b"MZ program", tried="Skrevet samtidig")

    body = response.content.decode()
    assert "Fila er verken PDF eller Word" in body
    assert 'href="#id_file"' in body
    assert "<title>Feil:" in body
    assert "Skrevet samtidig" in body
    assert stored(meeting).tried == "Skrevet samtidig"


@pytest.mark.parametrize("handling", ["send", "lagre", "ny_sak"])
def test_a_chosen_file_goes_with_whatever_button_is_pressed(client, scene, meeting, handling):
    sign_in(client, scene.leder)
    data = typed(client, meeting, **WRITTEN) | {"confirmed": "on", "handling": handling}

    client.post(
        page("grunnlag_edit", meeting), data | {"file": SimpleUploadedFile("plan.pdf", A_PDF)}
    )

    assert [row.name for row in stored(meeting).attachments.kept()] == ["plan.pdf"]
    sent = [row.name for each in stored(meeting).versions.all() for row in each.attachments.all()]
    assert sent == (["plan.pdf"] if handling == "send" else [])


def test_nothing_is_sent_without_the_file_that_was_refused(client, scene, meeting):
    sign_in(client, scene.leder)
    data = typed(client, meeting, **WRITTEN) | {"confirmed": "on", "handling": "send"}

    response = client.post(
        page("grunnlag_edit", meeting), data | {"file": SimpleUploadedFile("plan.exe", b"MZ")}
    )

    assert "Fila er verken PDF eller Word" in response.content.decode()
    assert stored(meeting).sent_at is None


def test_a_file_is_taken_away(client, scene, meeting):
    sign_in(client, scene.leder)
    upload(client, meeting)
    row = stored(meeting).attachments.get()

    client.post(page("grunnlag_attachment_remove", meeting, row.pk), typed(client, meeting))

    assert not stored(meeting).attachments.kept().exists()
    assert client.get(page("grunnlag_attachment", meeting, row.pk)).status_code == 404


@pytest.mark.parametrize(("office", "status"), [("veileder", 404), ("udir", 404), ("styrer", 404)])
def test_a_file_of_a_draft_is_for_its_authors(client, scene, meeting, office, status):
    sign_in(client, scene.leder)
    upload(client, meeting)
    row = stored(meeting).attachments.get()
    sign_in(client, getattr(scene, office))

    assert client.get(page("grunnlag_attachment", meeting, row.pk)).status_code == status
