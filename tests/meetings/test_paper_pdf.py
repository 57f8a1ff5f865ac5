"""A sent paper as PDF and as a page to print."""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from django.test.utils import override_settings
from django.urls import reverse
from django.utils import timezone
from kombu.exceptions import OperationalError

from actors.models import Opening
from cohorts.actions.pdf import make_pdf
from cohorts.models import PdfFile, PdfStatus
from lmp.lib.pdf import PdfUnavailable
from meetings.models import Addendum
from tests.factories.meetings import make_meeting, make_scene
from tests.factories.papers import (
    SECRET,
    held_meeting,
    make_grunnlag,
    make_referat,
    point,
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


@pytest.fixture
def tasks(monkeypatch):
    """The keys that workers were told of; nobody is there to take them."""
    sent = []
    monkeypatch.setattr(
        "cohorts.views.pdf_response.current_app.send_task",
        lambda name, args: sent.append((name, *args)),
    )
    return sent


# As in production, but nobody waits for two seconds in a test.
WITH_WORKERS = override_settings(PDF_PATIENCE=15.0, PDF_WAIT=0.0)


@WITH_WORKERS
def test_while_a_worker_makes_it_a_calm_page_says_so_and_asks_again(
    client, scene, tasks, django_capture_on_commit_callbacks
):
    version = sent_grunnlag(scene)
    sign_in(client, scene.veileder)

    with django_capture_on_commit_callbacks(execute=True):
        response = client.get(address("grunnlag_pdf", version))
    with django_capture_on_commit_callbacks(execute=True):
        client.get(address("grunnlag_pdf", version))

    file = PdfFile.objects.get()
    assert response.status_code == 202
    assert response["Refresh"] == "3"
    assert "PDF-en blir laget" in response.content.decode()
    assert address("grunnlag_print", version) in response.content.decode()
    assert SECRET not in response.content.decode()
    assert tasks == [("cohorts.tasks.make_pdf_file", file.key)]


@WITH_WORKERS
def test_when_the_worker_is_done_the_same_address_gives_the_file(client, scene, tasks):
    version = sent_grunnlag(scene)
    sign_in(client, scene.veileder)
    client.get(address("grunnlag_pdf", version))
    make_pdf(key=PdfFile.objects.get().key, now=timezone.now())

    response = client.get(address("grunnlag_pdf", version))

    assert response.status_code == 200
    assert response["ETag"] == f'"{PdfFile.objects.get().key}"'
    assert response["Cache-Control"] == "private, no-store"
    again = client.get(
        address("grunnlag_pdf", version), headers={"If-None-Match": response["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


@WITH_WORKERS
def test_a_dead_worker_loses_nothing_after_fifteen_seconds_it_is_made_here(client, scene, tasks):
    version = sent_grunnlag(scene)
    sign_in(client, scene.veileder)
    assert client.get(address("grunnlag_pdf", version)).status_code == 202
    PdfFile.objects.update(asked_at=timezone.now() - timedelta(seconds=16))

    response = client.get(address("grunnlag_pdf", version))

    assert response.status_code == 200
    assert response.content.startswith(b"%PDF-1.7")


@WITH_WORKERS
def test_a_file_that_a_worker_has_taken_is_not_made_twice(client, scene, tasks):
    version = sent_grunnlag(scene)
    sign_in(client, scene.veileder)
    client.get(address("grunnlag_pdf", version))
    now = timezone.now()
    PdfFile.objects.update(asked_at=now - timedelta(seconds=60), claimed_at=now, attempts=1)

    assert client.get(address("grunnlag_pdf", version)).status_code == 202


@WITH_WORKERS
def test_a_queue_that_is_down_is_no_error(
    client, scene, monkeypatch, django_capture_on_commit_callbacks
):
    def down(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr("cohorts.views.pdf_response.current_app.send_task", down)
    version = sent_grunnlag(scene)
    sign_in(client, scene.veileder)

    with django_capture_on_commit_callbacks(execute=True):
        response = client.get(address("grunnlag_pdf", version))

    assert response.status_code == 202
    assert PdfFile.objects.get().status == PdfStatus.QUEUED


@WITH_WORKERS
def test_a_file_that_was_given_up_says_so_and_where_to_print(client, scene, tasks):
    version = sent_grunnlag(scene)
    sign_in(client, scene.veileder)
    client.get(address("grunnlag_pdf", version))
    PdfFile.objects.update(status=PdfStatus.FAILED, attempts=3, claimed_at=timezone.now())

    response = client.get(address("grunnlag_pdf", version))

    assert response.status_code == 503
    assert "PDF-en ble ikke laget" in response.content.decode()
    assert address("grunnlag_print", version) in response.content.decode()


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


def test_a_file_is_asked_for_as_soon_as_the_paper_is_sent(client, scene, tasks):
    version = sent_grunnlag(scene)
    sign_in(client, scene.leder)

    client.get(
        reverse("meetings:grunnlag_receipt", args=[version.paper.meeting_id, version.receipt])
    )

    assert PdfFile.objects.get().subject == f"grunnlagversion:{version.pk}"
    client.get(address("grunnlag_pdf", version))
    assert PdfFile.objects.count() == 1


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
