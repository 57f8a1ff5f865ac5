"""A sent paper as PDF and as a page to print."""

from io import BytesIO

import pikepdf
import pytest
from django.utils import timezone

from actors.models import Opening
from cohorts.models import PdfFile
from lmp.lib.pdf import PdfUnavailable
from meetings.models import Addendum
from tests.factories.pages import address
from tests.factories.papers import (
    SECRET,
    held_meeting,
    make_referat,
    point,
    send_referat,
    sent_grunnlag,
)
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db


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


def test_the_points_from_before_stand_once(client, scene):
    earlier = make_referat(scene, held_meeting(scene, days_ago=10))
    send_referat(scene, earlier, agreed=[point("Observasjon")])
    asked = {"follow_up": earlier.follow_ups.get().pk, "outcome": "partly", "comment": ""}
    later = make_referat(scene, held_meeting(scene, days_ago=2))
    version = send_referat(scene, later, carried=[asked])
    sign_in(client, scene.leder)

    body = client.get(address("referat_print", version)).content.decode()

    assert body.count("<caption>Fra forrige gang</caption>") == 1


def test_without_pango_the_page_says_what_to_install_and_where_to_print(client, scene, monkeypatch):
    def unavailable(*args):
        raise PdfUnavailable

    version = sent_grunnlag(scene)
    sign_in(client, scene.leder)
    monkeypatch.setattr("cohorts.actions.pdf.render_pdf", unavailable)

    response = client.get(address("grunnlag_pdf", version))

    body = response.content.decode()
    assert response.status_code == 503
    assert "libpango-1.0-0" in body
    assert address("grunnlag_print", version) in body


def test_the_same_version_gives_the_same_file_to_all_its_readers(client, scene):
    version = sent_grunnlag(scene)
    files = []
    for role in (scene.leder, scene.veileder, scene.eier, scene.ppt):
        sign_in(client, role)
        files.append(client.get(address("grunnlag_pdf", version)).content)

    assert len(set(files)) == PdfFile.objects.count() == 1


@pytest.mark.parametrize(
    ("office", "status"), [("udir", 403), ("statsforvalter", 403), ("styrer", 404)]
)
def test_who_may_not_read_the_paper_gets_no_file_of_it_either(client, scene, office, status):
    version = sent_grunnlag(scene)
    sign_in(client, scene.leder)
    client.get(address("grunnlag_pdf", version))
    sign_in(client, getattr(scene, office))

    response = client.get(address("grunnlag_pdf", version))

    assert response.status_code == status
    assert SECRET not in response.content.decode()


def test_taking_the_file_is_opening_the_paper(client, scene):
    version = sent_grunnlag(scene)
    sign_in(client, scene.veileder)

    client.get(address("grunnlag_pdf", version))
    client.get(address("grunnlag_print", version))

    ways = Opening.objects.filter(subject=f"grunnlagversion:{version.pk}").values_list("way")
    assert sorted(ways) == [("pdf",), ("print",)]


@pytest.mark.parametrize("name", ["grunnlag_pdf", "grunnlag_print"])
def test_a_hidden_text_gives_no_file_not_for_its_author_either(client, scene, name):
    version = sent_grunnlag(scene)
    type(version).objects.update(hidden_at=timezone.now())
    sign_in(client, scene.leder)

    response = client.get(address(name, version))

    assert response.status_code == 403
    assert SECRET not in response.content.decode()
    assert PdfFile.objects.count() == 0


def test_a_hidden_addendum_is_not_in_the_file(client, scene):
    version = send_referat(scene, make_referat(scene, held_meeting(scene)))
    for number, hidden in ((1, None), (2, timezone.now())):
        Addendum.objects.create(
            referat=version.paper,
            version=version,
            number=number,
            text=f"Tillegg nummer {number} sier noe",
            reason="Feil dato",
            language="nb",
            sha256="0" * 64,
            receipt=f"TL-{number}",
            written_by=version.sent_by,
            written_as="Rektor",
            written_at=timezone.now(),
            hidden_at=hidden,
        )
    sign_in(client, scene.leder)

    body = client.get(address("referat_print", version)).content.decode()
    client.get(address("referat_pdf", version))

    assert "Tillegg nummer 1 sier noe" in body
    assert "Tillegg nummer 2 sier noe" not in body
    shown = version.paper.addenda.get(number=1)
    assert PdfFile.objects.get().subject == f"referatversion:{version.pk} addendum:{shown.pk}"
