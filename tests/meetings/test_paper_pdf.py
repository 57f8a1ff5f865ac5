"""A sent paper as PDF and as a page to print."""

from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse

from lmp.lib.pdf import PdfUnavailable
from tests.factories.meetings import make_meeting, make_scene
from tests.factories.papers import (
    SECRET,
    held_meeting,
    make_grunnlag,
    make_referat,
    send_grunnlag,
    send_referat,
)
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return make_scene()


def sent_grunnlag(scene, **changes):
    return send_grunnlag(scene, make_grunnlag(scene, make_meeting(scene)), **changes)


def address(name, version):
    return reverse(f"meetings:{name}", args=[version.paper.meeting_id, version.pk])


def test_a_grunnlag_as_pdf_has_a_neutral_name_and_a_title(client, scene):
    version = sent_grunnlag(scene)
    sign_in(client, scene.veileder)

    response = client.get(address("grunnlag_pdf", version))

    assert response["Content-Type"] == "application/pdf"
    disposition = f'attachment; filename="grunnlag-{version.receipt}.pdf"'
    assert response["Content-Disposition"] == disposition
    with pikepdf.open(BytesIO(response.content)) as document:
        title = f"Veiledningsgrunnlag 03.12.2026, {version.receipt}"
        assert str(document.docinfo["/Title"]) == title
        assert str(document.Root.Lang) == "nb-NO"


def test_a_referat_as_pdf_follows_the_kommune_and_not_the_reader(client, scene):
    kommune = scene.deltakelse.owner.kommune
    kommune.maalform = "nynorsk"
    kommune.save()
    version = send_referat(scene, make_referat(scene, held_meeting(scene)))
    sign_in(client, scene.veileder)

    response = client.get(address("referat_pdf", version))

    with pikepdf.open(BytesIO(response.content)) as document:
        assert str(document.Root.Lang) == "nn-NO"


def test_markup_in_a_text_is_text_in_the_pdf_too(client, scene, tmp_path):
    version = sent_grunnlag(scene, tried="<script>alert(1)</script><img src=x>")
    sign_in(client, scene.veileder)
    printed = client.get(address("grunnlag_print", version)).content.decode()

    response = client.get(address("grunnlag_pdf", version))

    assert "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x&gt;" in printed
    with pikepdf.open(BytesIO(response.content)) as document:
        figures = [
            each
            for each in document.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"
        ]
        assert "/JavaScript" not in str(document.Root.keys())
    assert len(figures) <= 1


@pytest.mark.parametrize("name", ["grunnlag_pdf", "referat_pdf"])
def test_pdfua_finds_nothing_to_complain_of(client, scene, tmp_path, name):
    version = (
        sent_grunnlag(scene)
        if name == "grunnlag_pdf"
        else send_referat(scene, make_referat(scene, held_meeting(scene)))
    )
    sign_in(client, scene.leder)
    file = tmp_path / "paper.pdf"
    file.write_bytes(client.get(address(name, version)).content)

    from pdfua.cli import main

    assert main(["check", str(file)]) == 0


def test_the_print_page_carries_receipt_and_checksum(client, scene):
    version = send_referat(scene, make_referat(scene, held_meeting(scene)))
    sign_in(client, scene.eier)

    body = client.get(address("referat_print", version)).content.decode()

    assert SECRET in body
    assert f"kvittering {version.receipt}" in body
    assert f"kontrollsum {version.sha256[:4]} {version.sha256[4:8]}" in body


def test_without_pango_the_page_says_what_to_install_and_where_to_print(client, scene, monkeypatch):
    def unavailable(*args):
        raise PdfUnavailable

    version = sent_grunnlag(scene)
    sign_in(client, scene.leder)
    monkeypatch.setattr("cohorts.views.pdf_response.render_pdf", unavailable)

    response = client.get(address("grunnlag_pdf", version))

    body = response.content.decode()
    assert response.status_code == 503
    assert "libpango-1.0-0" in body
    assert address("grunnlag_print", version) in body
