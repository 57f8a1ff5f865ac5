"""The folder of a meeting: everything that was sent and that the reader may read, as one file."""

from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse

from cohorts.models import PdfFile
from tests.factories.meetings import make_meeting
from tests.factories.papers import (
    SECRET,
    held_meeting,
    make_grunnlag,
    make_referat,
    send_grunnlag,
    send_referat,
)
from tests.factories.people import sign_in
from tests.pdf_text import pdf_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(scene):
    """A meeting that was held, with a grunnlag and a referat."""
    held = held_meeting(scene)
    send_grunnlag(scene, make_grunnlag(scene, held))
    send_referat(scene, make_referat(scene, held))
    return held


def address(meeting, name="bundle_pdf"):
    return reverse(f"meetings:{name}", args=[meeting.pk])


def titles(document):
    with document.open_outline() as outline:
        return [item.title for item in outline.root]


def test_the_folder_holds_every_paper_in_order_with_bookmarks(client, scene, meeting):
    sign_in(client, scene.veileder)

    response = client.get(address(meeting))

    text = pdf_text(response.content)
    assert SECRET.replace(" ", "") in text
    with pikepdf.open(BytesIO(response.content)) as document:
        assert titles(document)[1:] == ["Veiledningsgrunnlag", "Saksliste", "Referat", "Oppmøte"]
        assert str(document.docinfo["/Title"]) == f"Møtemappe 17.11.2026, {scene.skole.unit.name}"
    receipt = meeting.referat_set.get().versions.get().receipt
    assert f"moetemappe-{receipt}.pdf" in response["Content-Disposition"]


def test_the_cover_says_what_is_with_it_and_attendance_who_was_there(client, scene, meeting):
    sign_in(client, scene.leder)

    body = client.get(address(meeting, "bundle_print")).content.decode()

    assert "Dette er med" in body
    for version in (
        meeting.veiledningsgrunnlag_set.get().versions.get(),
        meeting.referat_set.get().versions.get(),
    ):
        assert f"kvittering {version.receipt}" in body
    for person in meeting.referat_set.get().versions.get().content["attendance"]["away"]:
        assert person["name"] in body


def test_before_the_meeting_the_folder_is_the_grunnlag_and_saksliste(client, scene):
    meeting = make_meeting(scene)
    send_grunnlag(scene, make_grunnlag(scene, meeting))
    sign_in(client, scene.veileder)

    with pikepdf.open(BytesIO(client.get(address(meeting)).content)) as document:
        assert titles(document)[1:] == ["Veiledningsgrunnlag", "Saksliste"]


def test_a_draft_is_not_in_the_folder_not_even_for_its_author(client, scene):
    meeting = make_meeting(scene)
    make_grunnlag(scene, meeting)
    sign_in(client, scene.leder)

    assert client.get(address(meeting)).status_code == 404


def test_a_hidden_text_is_not_in_the_folder_not_even_for_its_author(client, scene, meeting):
    meeting.veiledningsgrunnlag_set.get().versions.update(hidden_at=meeting.start)
    sign_in(client, scene.leder)

    with pikepdf.open(BytesIO(client.get(address(meeting)).content)) as document:
        assert titles(document)[1:] == ["Referat", "Oppmøte"]
    grunnlag = meeting.veiledningsgrunnlag_set.get().versions.get()
    assert f"grunnlagversion:{grunnlag.pk}" not in PdfFile.objects.get().subject.split()


def test_the_stored_file_knows_every_text_it_shows(client, scene, meeting):
    sign_in(client, scene.leder)

    client.get(address(meeting))

    grunnlag, referat = meeting.veiledningsgrunnlag_set.get(), meeting.referat_set.get()
    assert PdfFile.objects.get().subject.split() == [
        f"grunnlagversion:{grunnlag.versions.get().pk}",
        f"referatversion:{referat.versions.get().pk}",
    ]


@pytest.mark.parametrize(
    ("office", "status"),
    [
        ("leder", 200),
        ("arbeidsgruppe", 200),
        ("veileder", 200),
        ("koordinator", 200),
        ("eier", 200),
        ("ppt", 200),
        ("udir", 403),
        ("statsforvalter", 403),
        ("styrer", 404),
    ],
)
@pytest.mark.parametrize("name", ["bundle_pdf", "bundle_print"])
def test_who_may_open_the_folder(client, scene, meeting, monkeypatch, office, status, name):
    monkeypatch.setattr("cohorts.actions.pdf.render_pdf", lambda *page: b"%PDF")
    sign_in(client, getattr(scene, office))

    response = client.get(address(meeting, name))

    assert response.status_code == status
    if name == "bundle_print":
        assert (SECRET in response.content.decode()) is (status == 200)


def test_of_a_joint_meeting_each_unit_has_its_own_folder(client, scene):
    meeting = make_meeting(scene, units=[scene.skole, scene.barnehage])
    send_grunnlag(scene, make_grunnlag(scene, meeting))
    sign_in(client, scene.veileder)

    own = client.get(address(meeting, "bundle_print"), {"enhet": scene.skole.pk})
    other = client.get(address(meeting, "bundle_print"), {"enhet": scene.barnehage.pk})

    assert SECRET in own.content.decode()
    assert other.status_code == 404


def test_pdfua_finds_nothing_to_complain_of(client, scene, meeting, tmp_path):
    from pdfua.cli import main

    sign_in(client, scene.leder)
    file = tmp_path / "folder.pdf"
    file.write_bytes(client.get(address(meeting)).content)

    assert main(["check", str(file)]) == 0


def test_the_meeting_page_links_to_the_folder_for_those_who_may_read(client, scene, meeting):
    sign_in(client, scene.veileder)
    assert address(meeting) in client.get(meeting.get_absolute_url()).content.decode()

    sign_in(client, scene.udir)
    assert address(meeting) not in client.get(meeting.get_absolute_url()).content.decode()
